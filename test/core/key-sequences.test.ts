import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {withFunctionKeys} from '../../source/core/terminal/function-keys.ts';
import {createTerminalInput} from '../../source/core/terminal/input.ts';
import {escapeKey} from '../../source/core/terminal/key-sequences.ts';
import {workOf} from '../helpers/time.ts';

const esc = '\u001B';

/** What comes out of these pieces, each so many ms after the one before, and nothing after them. */
function through(pieces: readonly string[], apartMs: number): string {
	const input = createTerminalInput({escapeMs: 100, sequenceMs: 500});
	let now = 0;
	let text = '';
	for (const piece of pieces) {
		for (let due = input.due; due !== undefined && due <= now; due = input.due) text += input.flush(due);
		text += input.feed(piece, now);
		now += apartMs;
	}

	for (let due = input.due; due !== undefined; due = input.due) text += input.flush(due);
	return text;
}

const keys = {
	Up: `${esc}[A`,
	'Up in application mode': `${esc}OA`,
	'Ctrl+Right': `${esc}[1;5C`,
	'Alt+Left': `${esc}[1;3D`,
	Delete: `${esc}[3~`,
	'Ctrl+Delete': `${esc}[3;5~`,
	'Shift+Tab': `${esc}[Z`,
	F1: `${esc}OP`,
	'F1 of the Linux console': `${esc}[[A`,
	F5: `${esc}[15~`,
	'Ctrl+F1': `${esc}[1;5P`,
	'Shift+F1 of VT': `${esc}O2P`,
	'Shift+Delete of rxvt': `${esc}[3$`,
	'Alt+Up of rxvt': `${esc}${esc}[A`,
	'j of kitty': `${esc}[106;1:1u`,
	'Ctrl+j of modifyOtherKeys': `${esc}[27;5;106~`,
};

describe.each(Object.entries(keys))('%s', (_, key) => {
	test('arrives whole, wherever it is torn in two', () => {
		// A torn Alt is two keys: nobody can tell it from Escape and an arrow.
		for (let at = key.startsWith(esc + esc) ? 3 : 1; at < key.length; at++)
			for (const apartMs of [1, 40, 90])
				expect(through(['a', key.slice(0, at), key.slice(at), 'b'], apartMs)).toBe(withFunctionKeys(`a${key}b`));
	});

	test('arrives whole, character by character', () => {
		if (!key.startsWith(esc + esc))
			expect(through(['a', ...Array.from(key), 'b'], 40)).toBe(withFunctionKeys(`a${key}b`));
	});
});

test('the rest of a key whose ESC came long before it types nothing', () => {
	for (const rest of ['[A', 'OA', '[1;5C', '[3~', '[Z', 'OP']) {
		expect(through([esc, rest, 'b'], 400)).toBe(`${escapeKey}b`);
		expect(through([esc, `${rest}b`], 400)).toBe(`${escapeKey}b`);
	}

	expect(through([esc, '[', 'A', 'b'], 90)).toBe(`${keys.Up}b`);
	expect(through([esc, ...Array.from('[1;5C'), 'b'], 101)).toBe(`${escapeKey}b`);
});

describe('what terminals answer in CSI', () => {
	test.each([
		['a mouse report of X10', `${esc}[M !!`, ''],
		['one far to the right', `${esc}[M#\u00FF\u00E9`, ''],
		['one as UTF-8 cannot tell it', `${esc}[M\uFFFD\uFFFD\uFFFD`, ''],
		['one with the C1 character', '\u009BM !!', ''],
		['a mouse report of SGR', `${esc}[<0;10;20M`, `${esc}[<0;10;20M`],
		['a mouse report of urxvt', `${esc}[32;10;20M`, `${esc}[32;10;20M`],
		['DA1 with the C1 character', '\u009B?62;22c', `${esc}[?62;22c`],
		['DECRPM', `${esc}[?2026;2$y`, `${esc}[?2026;2$y`],
	])('%s is whole for the parser of keys or gone, wherever it is torn', (_, report, wanted) => {
		expect(through([`a${report}b`], 0)).toBe(`a${wanted}b`);
		for (let at = 1; at < report.length; at++)
			expect(through(['a', report.slice(0, at), report.slice(at), 'b'], 40)).toBe(`a${wanted}b`);
		expect(through(['a', ...Array.from(report), 'b'], 40)).toBe(`a${wanted}b`);
	});

	test('a report that never ends is dropped, and what is typed later arrives', () => {
		expect(through([`${esc}[<0;10`, 'a'], 600)).toBe('a');
		expect(through([`${esc}[M `, 'a'], 600)).toBe('a');
	});
});

describe('Escape', () => {
	test('and a letter are two keys in two pieces, and Alt in one', () => {
		for (const letter of ['j', 'é', 'q', 'O', 'P', 'X', '[', ']', '_', '\r', '\u007F', '\u0003']) {
			expect(through([esc, letter], 1)).toBe(escapeKey + letter);
			expect(through([esc, letter], 400)).toBe(escapeKey + letter);
		}

		for (const letter of ['j', 'é', '\r', '\u007F']) expect(through([esc + letter], 1)).toBe(esc + letter);
		expect(through([`${esc}[`], 1)).toBe(`${esc}[91;3u`);
		expect(through([`${esc}O`], 1)).toBe(`${esc}[79;3u`);
	});

	test('comes once its time is over, and no sooner', () => {
		const input = createTerminalInput({escapeMs: 100});
		expect([input.feed(esc, 0), input.due, input.flush(99)]).toEqual(['', 100, '']);
		expect([input.flush(100), input.due]).toEqual([escapeKey, undefined]);
	});

	test('twice is two, in one piece and in two, and before a key or an answer it is one', () => {
		expect(through([esc + esc], 1)).toBe(escapeKey + escapeKey);
		expect(through([esc, esc], 1)).toBe(escapeKey + escapeKey);
		expect(through([esc + esc + esc], 1)).toBe(escapeKey.repeat(3));
		expect(through([esc, keys.Up], 1)).toBe(escapeKey + keys.Up);
		expect(through([`${esc}${esc}]11;rgb:0/0/0\u0007`], 1)).toBe(escapeKey);
		expect(through([`${esc}${esc}[200~x${esc}[201~`], 1)).toBe(`${escapeKey}${esc}[200~x${esc}[201~`);
	});

	test('does not begin an answer whose ESC came long before the rest', () => {
		for (const reply of [']11;rgb:1e1e/1e1e/1e1e\u0007', 'P>|tmux 3.4\u001B\\', '_Gi=31;OK\u001B\\'])
			expect(through([esc, reply, 'b'], 400)).toBe(`${escapeKey}b`);
	});
});

test('keys that come in any pieces arrive as they were pressed, but for Escape and Alt', () => {
	const part = fc.constantFrom(...Object.values(keys).filter(key => !key.startsWith(esc + esc)), 'a', 'é', '\r', '7');
	fc.assert(
		fc.property(fc.array(part), fc.array(fc.nat(200)), fc.integer({min: 0, max: 90}), (parts, cuts, apartMs) => {
			const text = parts.join('');
			const at = [...new Set([0, ...cuts.filter(cut => cut < text.length), text.length])].toSorted((a, b) => a - b);
			const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
			expect(through(pieces, apartMs)).toBe(withFunctionKeys(text));
		}),
		{numRuns: 1000},
	);
});

test('megabytes of sequences that never end are taken at once, and little of them is kept', async () => {
	const input = createTerminalInput();
	const work = await workOf(() => {
		for (let piece = 0; piece < 10; piece++) {
			input.feed(`${esc}[${'1;'.repeat(50_000)}`, piece);
			input.feed(esc.repeat(50_000), piece);
		}
	});
	expect(work).toBeLessThan(5000);
});
