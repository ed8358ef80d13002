import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {workOf} from '../helpers/time.ts';
import {createReplyFilter} from '../../source/core/terminal/reply-filter.ts';

const esc = '\u001B';
const st = `${esc}\\`;

/** What terminals have been seen to answer, each as one control string. */
const replies = {
	'OSC 11 with BEL': `${esc}]11;rgb:1e1e/1e1e/1e1e\u0007`,
	'OSC 11 with ST': `${esc}]11;rgb:1e1e/1e1e/1e1e${st}`,
	'OSC 52': `${esc}]52;c;Y29ycmVjdA==${st}`,
	'XTVERSION of tmux': `${esc}P>|tmux 3.4${st}`,
	XTGETTCAP: `${esc}P1+r544e=787465726d${st}`,
	DECRQSS: `${esc}P1$r0m${st}`,
	'APC of kitty': `${esc}_Gi=31;OK${st}`,
	PM: `${esc}^private${st}`,
	SOS: `${esc}Xsome string\u0007`,
	'OSC as one C1 character': '\u009D11;rgb:1e1e/1e1e/1e1e\u009C',
	'DCS as one C1 character': '\u0090>|XTerm(370)\u009C',
	'SOS, PM and APC as C1 characters': `\u0098a\u009C\u009Eb${st}\u009Fc\u0007`,
} as const;

/** All that a filter lets through of some pieces, each so many ms after the one before. */
function through(pieces: readonly string[], apartMs = 10, filter = createReplyFilter()): string {
	let now = 0;
	let text = '';
	for (const piece of pieces) {
		text += filter.flush(now) + filter.feed(piece, now);
		now += apartMs;
	}

	return text + filter.flush(now + 20_000);
}

describe.each(Object.entries(replies))('%s', (_, reply) => {
	test('is swallowed between two letters, in one piece', () => {
		expect(through([`a${reply}b`])).toBe('ab');
	});

	test('is swallowed wherever it is torn in two', () => {
		for (let at = 1; at < reply.length; at++)
			expect(through(['a', reply.slice(0, at), reply.slice(at), 'b'])).toBe('ab');
	});

	test('is swallowed wherever it is torn by a pause as long as ESCDELAY allows', () => {
		for (let at = 1; at < reply.length; at++) {
			const slow = createReplyFilter({escapeMs: 10_000, pauseMs: 10_000});
			expect(through(['a', reply.slice(0, at), reply.slice(at), 'b'], 8000, slow)).toBe('ab');
		}
	});

	test('is swallowed character by character', () => {
		expect(through(['a', ...reply.split(''), 'b'])).toBe('ab');
	});
});

test('a reply that is torn after its ESC by a slow link types nothing', () => {
	expect(through([esc, replies['OSC 11 with BEL'].slice(1), 'b'], 200)).toBe(`${esc}b`);
	expect(through([esc, replies['XTVERSION of tmux'].slice(1), 'b'], 200)).toBe(`${esc}b`);
});

test('several replies with text between them leave the text', () => {
	expect(through([`1${replies['OSC 11 with BEL']}2${replies['APC of kitty']}${replies['DECRQSS']}3`])).toBe('123');
});

describe('what a person types passes', () => {
	test.each([
		['letters and line ends', 'two words\r\nżółć 👨‍👩‍👧\n'],
		['arrows and other CSI', `${esc}[A${esc}[1;5C${esc}[200~pasted${esc}[201~`],
		['answers in CSI, which others take care of', `${esc}[24;80R${esc}[?62;4c${esc}[I`],
		['F1 to F4, whose ESC O P is no DCS', `${esc}OP${esc}OQ`],
		['Alt with a letter', `${esc}b${esc}${esc}[A`],
		['brackets and the letters of the introducers without ESC', ']P_^X\\'],
		['control characters', '\u0003\u0004\u001A\u007F\u0015'],
	])('%s', (_, text) => {
		expect(through([text])).toBe(text);
		expect(through(text.split(''))).toBe(text);
	});

	test('ESC alone, once nothing has followed it', () => {
		const filter = createReplyFilter({escapeMs: 50});
		expect([filter.due, filter.feed(esc, 100)]).toEqual([undefined, '']);
		expect([filter.due, filter.flush(149), filter.flush(150), filter.due, filter.flush(999)]).toEqual([
			150,
			'',
			esc,
			undefined,
			'',
		]);
	});

	test.each([']', 'P', '_', '^', 'X'])('what is typed after Alt+%s, which begins a string as well', introducer => {
		expect(through([`${esc}${introducer}`, 'd', '\r', 'y'], 40)).toBe('d\ry');
	});

	test.each([']1', ']42', 'P1', 'P>', 'P=', '_G'])(
		'Alt+%s, which begins as an answer does, once it does not go on as one',
		([introducer = '', ...typed]) => {
			for (const apartMs of [40, 90, 150, 400])
				expect(through([`${esc}${introducer}`, ...typed, 'd', '\r'], apartMs)).toBe(`${typed.join('')}d\r`);
		},
	);

	test('a digit after Alt+], 100 ms later', () => {
		const filter = createReplyFilter();
		expect(filter.feed(`${esc}]`, 0) + filter.feed('1', 200)).toBe('');
		expect([filter.due, filter.flush(299), filter.flush(300), filter.due]).toEqual([300, '', '1', undefined]);
		expect(filter.feed('2', 310)).toBe('2');
	});

	test('digits after Alt+], where flush comes too late', () => {
		const filter = createReplyFilter();
		expect(filter.feed(`${esc}]`, 0) + filter.feed('1', 200) + filter.feed('2', 500)).toBe('12');
	});

	test('Ctrl+C after Alt+] and a digit, and both arrive', () => {
		expect(through([`${esc}]`, '1', '\u0003'], 40)).toBe('1\u0003');
	});

	test('ESC and then a letter of an introducer, in a person’s time', () => {
		expect(through([esc, 'P', 'X', ']'], 200)).toBe(`${esc}PX]`);
	});
});

test.each(['OSC 11 with BEL', 'OSC 11 with ST', 'XTVERSION of tmux', 'XTGETTCAP', 'DECRQSS', 'APC of kitty'] as const)(
	'%s that comes character by character over a slow link types nothing',
	name => {
		expect(through(['a', ...replies[name].split(''), 'b'], 40)).toBe('ab');
	},
);

test('a reply that is torn after its first digit types no more than that, however late its rest comes', () => {
	const {'OSC 11 with BEL': reply} = replies;
	expect(through(['a', reply.slice(0, 2), reply.slice(2, 3), reply.slice(3), 'b'], 90)).toBe('ab');
	expect(through(['a', reply.slice(0, 2), reply.slice(2, 3), reply.slice(3), 'b'], 200)).toBe('a1b');
	const stalled = createReplyFilter();
	expect(stalled.feed(`${esc}]`, 0) + stalled.feed('1', 200) + stalled.feed(reply.slice(3), 500)).toBe('');
});

test('a reply whose rest comes late after its introducer types nothing', () => {
	const torn = ['OSC 11 with BEL', 'XTVERSION of tmux', 'APC of kitty'] as const;
	for (const name of torn)
		expect(through(['a', replies[name].slice(0, 2), replies[name].slice(2), 'b'], 200)).toBe('ab');
});

describe('a string without an end', () => {
	test('is dropped after its time, and what is typed later arrives, however steadily it is typed', () => {
		const filter = createReplyFilter({timeoutMs: 1000});
		expect(filter.feed(`${esc}]11;rgb`, 0)).toBe('');
		expect(filter.feed('lost', 900)).toBe('');
		expect(filter.feed('kept', 1000)).toBe('kept');
		expect(filter.feed(' too', 1001)).toBe(' too');
	});

	test.each([
		['Ctrl+C', '\u0003'],
		['Ctrl+D', '\u0004'],
		['Ctrl+Z', '\u001A'],
		['Backspace', '\u007F'],
		['an arrow', `${esc}[A`],
	])('does not swallow %s', (_, key) => {
		expect(through([`${esc}]11;rgb`, `${key}b`])).toBe(`${key}b`);
	});

	test('is ended by the beginning of another', () => {
		expect(through([`${esc}]11;rgb${replies['XTVERSION of tmux']}b`])).toBe('b');
		expect(through([`\u009D11;rgb\u009011\u0007b`])).toBe('b');
	});

	test('keeps nothing of megabytes, and takes them at once', async () => {
		const filter = createReplyFilter();
		const work = await workOf(() => {
			filter.feed(`${esc}]52;c;`, 0);
			for (let piece = 0; piece < 100; piece++) expect(filter.feed('x'.repeat(100_000), 1)).toBe('');
			expect(filter.feed(`\u0007${`${esc}]0;\u0007a`.repeat(200_000)}`, 2)).toHaveLength(200_000);
		});
		expect(work).toBeLessThan(5000);
	});
});

test('whatever is typed between replies arrives, however all of it is torn', () => {
	const typed = fc.string({unit: fc.constantFrom('a', ']', 'P', '\\', '\r', '7', 'é')});
	fc.assert(
		fc.property(
			fc.array(fc.tuple(typed, fc.constantFrom(...Object.values(replies)))),
			fc.array(fc.nat({max: 300})),
			(parts, cuts) => {
				const text = parts.map(part => part.join('')).join('');
				const at = [0, ...cuts.filter(cut => cut < text.length).toSorted((a, b) => a - b), text.length];
				expect(
					through(
						at.slice(1).map((end, index) => text.slice(at[index], end)),
						1,
					),
				).toBe(parts.map(([person]) => person).join(''));
			},
		),
	);
});
