import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	emptyLine,
	insert,
	lineOf,
	normalizePaste,
	pressKey,
	type LineState,
} from '../../source/core/text/editing/line-editor.ts';
import {graphemes} from '../../source/core/text/width.ts';

const editing = [
	'left',
	'right',
	'home',
	'end',
	'ctrl+a',
	'ctrl+e',
	'backspace',
	'delete',
	'ctrl+u',
	'ctrl+k',
	'ctrl+w',
	'meta+b',
	'meta+f',
	'meta+d',
	'ctrl+left',
	'ctrl+right',
	'up',
	'down',
	'meta+return',
];
const nasty = fc.constantFrom(
	'👨‍👩‍👧',
	'👍🏽',
	'🇩🇪',
	'🇫',
	'é',
	'e\u0301',
	'\u0301',
	'\u200D',
	'漢',
	'a',
	' ',
	'ß',
	'한',
	'\u{1F468}',
	'क्षि',
);
const text = fc.oneof(
	fc.array(nasty).map(parts => parts.join('')),
	fc.string({unit: 'grapheme'}),
	fc.string({unit: 'binary'}),
);
const strokes = fc.array(
	fc.oneof(
		fc.constantFrom(...editing),
		text.map(typed => ({typed})),
	),
	{maxLength: 40},
);

function play(keys: readonly (string | {readonly typed: string})[], line: LineState = emptyLine): LineState {
	return keys.reduce<LineState>(
		(before, key) =>
			typeof key === 'string'
				? (pressKey(before, key, {multiline: true}) ?? before)
				: insert(before, key.typed, {multiline: true}),
		line,
	);
}

/** The line that `shown` describes: `|` is the cursor. */
function at(shown: string): LineState {
	return {text: shown.replace('|', ''), cursor: shown.indexOf('|')};
}

function show({text: whole, cursor: place}: LineState): string {
	return `${whole.slice(0, place)}|${whole.slice(place)}`;
}

describe('whatever is typed and pressed', () => {
	test('no character is ever cut in half and the cursor stays within the text', () => {
		fc.assert(
			fc.property(strokes, keys => {
				const line = play(keys);
				expect(line.text.isWellFormed()).toBe(true);
				expect(line.cursor).toBeGreaterThanOrEqual(0);
				expect(line.cursor).toBeLessThanOrEqual(line.text.length);
			}),
			{numRuns: 500},
		);
	});

	test('deleting takes whole graphemes and moving stops between them', () => {
		fc.assert(
			fc.property(strokes, fc.constantFrom(...editing.filter(key => key !== 'meta+return')), (keys, key) => {
				const before = play(keys);
				const after = pressKey(before, key, {multiline: true}) ?? before;
				const stops = [0];
				for (const grapheme of graphemes(before.text)) stops.push(stops.at(-1)! + grapheme.length);
				const gone = before.text.length - after.text.length;
				if (gone === 0) {
					if (after.cursor !== before.cursor && key !== 'up' && key !== 'down') expect(stops).toContain(after.cursor);
					return;
				}

				expect(stops).toContain(after.cursor);
				expect(stops).toContain(after.cursor + gone);
				expect(after.text).toBe(before.text.slice(0, after.cursor) + before.text.slice(after.cursor + gone));
			}),
			{numRuns: 500},
		);
	});

	test('typing in pieces equals typing at once, wherever the cursor is', () => {
		fc.assert(
			fc.property(strokes, fc.array(text), (keys, pieces) => {
				const start = play(keys);
				const apart = pieces.reduce((line, piece) => insert(line, piece, {multiline: true}), start);
				// A piece may end in half a character only here; a terminal's decoder never gives one.
				const whole = pieces.map(piece => piece.replaceAll(/\p{Cs}/gu, '')).join('');
				expect(apart).toEqual(insert(start, whole, {multiline: true}));
			}),
			{numRuns: 500},
		);
	});
});

describe('keys of a line', () => {
	test.each([
		['abc|', 'left', 'ab|c'],
		['|abc', 'left', '|abc'],
		['a|bc', 'right', 'ab|c'],
		['ab|c', 'home', '|abc'],
		['ab|c', 'ctrl+a', '|abc'],
		['a|bc', 'end', 'abc|'],
		['a|bc', 'ctrl+e', 'abc|'],
		['ab|c', 'backspace', 'a|c'],
		['ab|c', 'delete', 'ab|'],
		['one tw|o', 'ctrl+u', '|o'],
		['one t|wo', 'ctrl+k', 'one t|'],
		['one two  |three', 'ctrl+w', 'one |three'],
		['one two|', 'meta+b', 'one |two'],
		['one| two', 'meta+f', 'one two|'],
		['one two|', 'ctrl+left', 'one |two'],
		['|one two', 'ctrl+right', 'one| two'],
		['x👨‍👩‍👧|y', 'backspace', 'x|y'],
		['x|👨‍👩‍👧y', 'delete', 'x|y'],
		['x👨‍👩‍👧|y', 'left', 'x|👨‍👩‍👧y'],
	])('%s, %s gives %s', (before, key, after) => {
		expect(show(pressKey(at(before), key)!)).toBe(after);
	});

	test('ab, Backspace, cd gives acd', () => {
		expect(
			['a', 'b', 'backspace', 'c', 'd'].reduce<LineState>((line, key) => pressKey(line, key)!, emptyLine).text,
		).toBe('acd');
	});

	test.each(['up', 'down', 'return', 'tab', 'escape', 'pagedown', 'ctrl+x', 'meta+x'])('%s is left to others', key => {
		expect(pressKey(lineOf('abc'), key)).toBeUndefined();
	});

	test('a control character is not typed', () => {
		expect(insert(emptyLine, 'a\u001B[31mb\u0000c\u009Dd\ne').text).toBe('a[31mbcde');
	});
});

describe('several lines', () => {
	const options = {multiline: true};

	test('Alt+Enter breaks the line', () => {
		expect(show(pressKey(at('ab|c'), 'meta+return', options)!)).toBe('ab\n|c');
	});

	test.each([
		['one\ntwo\nth|ree', 'up', 'one\ntw|o\nthree'],
		['on|e\ntwo', 'down', 'one\ntw|o'],
		['on|e\n漢', 'down', 'one\n漢|'],
		['one\ntw|o', 'home', 'one\n|two'],
		['o|ne\ntwo', 'end', 'one|\ntwo'],
		['one\ntw|o', 'ctrl+u', 'one\n|o'],
		['o|ne\ntwo', 'ctrl+k', 'o|\ntwo'],
	])('%j, %s gives %j', (before, key, after) => {
		expect(show(pressKey(at(before), key, options)!)).toBe(after);
	});

	test('Up on the first row and Down on the last leave the field', () => {
		expect(pressKey(at('on|e\ntwo'), 'up', options)).toBeUndefined();
		expect(pressKey(at('one\nt|wo'), 'down', options)).toBeUndefined();
	});
});

describe('a paste', () => {
	test('loses the line breaks around it', () => {
		expect(normalizePaste('\r\nsecret\r\n')).toBe('secret');
	});

	test('of several lines is refused where one is wanted', () => {
		expect(normalizePaste('key\nsecret')).toBeUndefined();
	});

	test('of several lines is kept where several are wanted', () => {
		expect(normalizePaste('one\r\ntwo\rthree\n', {multiline: true})).toBe('one\ntwo\nthree');
	});
});
