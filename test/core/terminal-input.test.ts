import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {escapeKey} from '../../source/core/terminal/key-sequences.ts';
import {withFunctionKeys} from '../../source/core/terminal/function-keys.ts';
import {createTerminalInput, type TerminalInputOptions} from '../../source/core/terminal/input.ts';

const start = '\u001B[200~';
const end = '\u001B[201~';

/** What comes out of these pieces when they come 1 ms apart, and nothing after them. */
function read(pieces: readonly string[], options?: TerminalInputOptions): string {
	const input = createTerminalInput(options);
	let now = 1000;
	let text = '';
	for (const piece of pieces) {
		text += input.feed(piece, now);
		now++;
		text += input.flush(now);
	}

	for (let due = input.due; due !== undefined; due = input.due) text += input.flush(Math.max(now, due));
	return text;
}

const replies = [
	'\u001B]11;rgb:1e1e/1e1e/1e1e\u0007',
	'\u001B]11;rgb:1e1e/1e1e/1e1e\u001B\\',
	'\u001BP>|tmux 3.4\u001B\\',
	'\u001BP1+r544e=787465726d\u001B\\',
	'\u001B_Gi=31;OK\u001B\\',
	'\u001B^private\u001B\\',
	'\u001BXstring\u001B\\',
];
const typed = ['a', 'é', '漢', '\r', '\u001B[A', '\u001B[1;5C', '\u001BOP', '\u0003', '\u007F'];
const pastes = [
	'',
	'secret',
	'two\rlines',
	'\u001B]0;title\u0007',
	'x\u001B[31m',
	'\u001B',
	'\u001BP1',
	`${start}nested`,
	'é漢👨‍👩‍👧',
].map(content => start + content + end);

function split(text: string, places: readonly number[]): string[] {
	const cuts = [...new Set(places.map(place => place % (text.length + 1)))].toSorted((a, b) => a - b);
	return [...cuts, text.length]
		.map((cut, index) => text.slice(cuts[index - 1] ?? 0, cut))
		.filter(piece => piece !== '');
}

test('answers of the terminal are swallowed, keys and pastes left as they are, wherever a link splits them', () => {
	const parts = fc.array(fc.constantFrom(...replies, ...typed, ...pastes), {maxLength: 8});
	fc.assert(
		fc.property(parts, fc.array(fc.nat(300), {maxLength: 6}), (all, places) => {
			const wanted = all.filter(part => !replies.includes(part)).join('');
			expect(read(split(all.join(''), places))).toBe(withFunctionKeys(wanted));
		}),
		{numRuns: 1000},
	);
});

test('an Escape alone comes within 60 ms, and nothing waits after it', () => {
	const input = createTerminalInput();
	expect(input.feed('\u001B', 0)).toBe('');
	expect(input.due).toBeLessThanOrEqual(60);
	expect(input.flush(60)).toBe(escapeKey);
	expect(input.due).toBeUndefined();
	expect(input.feed('a', 61)).toBe('a');
});

test('a paste ends an answer that never ended', () => {
	const input = createTerminalInput();
	expect(input.feed(`\u001B]11;rgb:${start}pasted${end}typed`, 0)).toBe(`${start}pasted${end}typed`);
});

test('a digit typed after Alt+] comes 100 ms later, or before what follows it', () => {
	const input = createTerminalInput();
	expect(input.feed('\u001B]', 0)).toBe('');
	expect(input.feed('1', 200)).toBe('');
	expect(input.due).toBe(300);
	expect(input.flush(300)).toBe('1');
	expect(input.due).toBeUndefined();
	expect(input.feed('\u001B]', 400) + input.feed('2', 600)).toBe('');
	expect(input.feed(`${start}pasted${end}`, 650)).toBe(`2${start}pasted${end}`);
	expect(input.feed('\u001B]', 700) + input.feed('3', 900)).toBe('');
	expect(input.feed('\u001B', 950) + input.flush(999)).toBe('');
	expect(input.flush(1000)).toBe(`3${escapeKey}`);
});

test('a paste comes in one piece, and nothing of it before its end', () => {
	const input = createTerminalInput();
	expect(input.feed(`a${start}one`, 0)).toBe('a');
	expect(input.feed('two\u001B[201', 1)).toBe('');
	expect(input.flush(5000)).toBe('');
	expect(input.feed('~b', 5001)).toBe(`${start}onetwo${end}b`);
});

test('a large text without brackets comes in one piece too, after a short pause', () => {
	const input = createTerminalInput();
	for (let piece = 0; piece < 20; piece++) expect(input.feed('x'.repeat(4000), piece)).toBe('');
	expect(input.flush(20)).toBe('');
	expect(input.flush(29)).toBe('x'.repeat(80_000));
	expect(input.feed('a', 40)).toBe('a');
});

test('a text that never pauses is passed on all the same', () => {
	const input = createTerminalInput();
	let given = 0;
	for (let now = 0; now < 1200; now++) given += (input.feed('x'.repeat(1000), now) + input.flush(now)).length;
	expect(given).toBeGreaterThan(900_000);
});

test('a paste whose end never comes does not swallow Ctrl+C for ever, and is dropped with it', () => {
	const input = createTerminalInput();
	expect(input.feed(`${start}half of a secret`, 0)).toBe('');
	expect(input.feed('\u0003', 2000)).toBe('\u0003');
	expect(input.feed('q', 2100)).toBe('q');
});

test('a Ctrl+C that was pasted along with other text ends nothing', () => {
	expect(read([start, 'a', '\u0003', 'b', end])).toBe(`${start}a\u0003b${end}`);
	const input = createTerminalInput();
	expect(input.feed(`${start}a`, 0) + input.feed('\u0003b', 2000) + input.feed(end, 4000)).toBe(
		`${start}a\u0003b${end}`,
	);
});

test('a paste whose end never comes is given up 5 s after its last piece, however steadily something is typed', () => {
	let lost = 0;
	const input = createTerminalInput({onPasteLost: () => lost++});
	expect(input.feed(`${start}half`, 0) + input.feed(' of a secret', 500)).toBe('');
	for (let now = 2000; now < 5500; now += 500) expect(input.feed('j', now) + input.flush(now)).toBe('');
	expect([lost, input.due, input.flush(5499)]).toEqual([0, 5500, '']);
	expect([input.flush(5500), lost, input.due]).toEqual(['', 1, undefined]);
	expect(input.feed('j', 5600)).toBe('j');
});

test('the rest of a paste that was given up presses no key, and its end ends that', () => {
	const input = createTerminalInput();
	input.feed(`${start}half`, 0);
	expect(input.flush(5000)).toBe('');
	expect(input.feed('yD', 6000) + input.feed('the rest', 9000)).toBe('');
	expect(input.feed('\u001B[B', 9500) + input.feed('漢', 9600)).toBe('\u001B[B漢');
	expect(input.feed(`of it${end}q`, 10_000) + input.feed('jj', 10_100)).toBe('qjj');
	const other = createTerminalInput();
	other.feed(`${start}half`, 0);
	expect(other.flush(5000) + other.feed('jj', 35_000)).toBe('jj');
});

test('a paste without an end is bounded', () => {
	const input = createTerminalInput({longestPaste: 300});
	input.feed(start, 0);
	for (let piece = 0; piece < 100; piece++) input.feed('x'.repeat(100), piece);
	expect(input.feed(end, 100)).toBe(start + 'x'.repeat(300) + end);
});
