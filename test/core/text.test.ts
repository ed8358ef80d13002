import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {sanitize} from '../../source/core/text/sanitize.ts';
import {ago} from '../../source/core/text/time.ts';
import {mask} from '../../source/core/text/mask.ts';
import {shellQuotePath} from '../../source/core/text/shell.ts';
import {padToWidth, graphemes, truncate, width} from '../../source/core/text/width.ts';

// eslint-disable-next-line no-control-regex
const raw =
	/[\u{0}-\u{1F}\u{7F}-\u{9F}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{2069}\u{FEFF}\u{E0000}-\u{E007F}\u{D800}-\u{DFFF}]/u;

describe('clean', () => {
	test.each([
		['an OSC 52 clipboard write', '\u001B]52;c;aGk=\u0007'],
		['a clear screen', '\u001B[2J'],
		['a hidden text', '\u001B[8msecret\u001B[0m'],
		['a hyperlink', '\u001B]8;;https://evil.example\u0007click\u001B]8;;\u0007'],
		['a C1 control', '\u009D0;title\u009C'],
		['a right-to-left override', 'abc\u202Etxt.exe'],
		['an isolate', '\u2066abc\u2069'],
		['a zero-width space', 'a\u200Bb'],
		['a joiner that joins nothing', 'a\u200Db'],
		['a line separator', 'a\u2028b'],
		['tag characters', 'a\u{E0041}b'],
		['a lone surrogate', 'a\uD83Db'],
		['a byte-order mark', '\uFEFFa'],
		['a Hangul filler', 'a\u3164b'],
		['a newline', 'a\r\nb'],
	])('makes %s visible', (_, text) => {
		expect(sanitize(text)).not.toMatch(raw);
		expect(sanitize(text)).toContain(String.raw`\u{`);
	});

	test('leaves ordinary texts of any script as they are', () => {
		for (const text of ['grid-bot', 'Grüße', '机器人', 'бот', 'ボット', '한국', '👨‍👩‍👧', '❤️', '👩🏽‍🚀', 'e\u0301'])
			expect(sanitize(text)).toBe(text);
	});

	test('marks-without-end: cuts six million marks in a row, by work that grows with their number', () => {
		const marks = '\u0301';
		expect(sanitize(`e${marks.repeat(6_000_000)}x`)).toBe(`e${marks.repeat(4)}…x`);
		expect(sanitize(`${marks.repeat(6_000_000)} e${marks.repeat(5)}`)).toBe(
			`${String.raw`\u{301}`.repeat(4)}… e${marks.repeat(4)}…`,
		);
	});

	test('leaves nothing raw of any text, and cleans only once', () => {
		fc.assert(
			fc.property(
				fc.string({unit: 'binary'}),
				text => !raw.test(sanitize(text)) && sanitize(sanitize(text)) === sanitize(text),
			),
		);
	});
});

describe('truncate and fit', () => {
	test('never take more columns than they may, whatever the script', () => {
		fc.assert(
			fc.property(fc.string({unit: 'grapheme'}), fc.nat(40), (text, columns) => {
				const cleaned = sanitize(text);
				return width(truncate(cleaned, columns)) <= columns && width(padToWidth(cleaned, columns)) === columns;
			}),
		);
	});

	test('cut wide characters whole and say so', () => {
		expect(truncate('机器人一号', 6)).toBe('机器…');
		expect(padToWidth('机器', 6)).toBe('机器  ');
		expect(truncate('👨‍👩‍👧👨‍👩‍👧', 3)).toBe('👨‍👩‍👧…');
		expect(graphemes('👨‍👩‍👧e\u0301')).toHaveLength(2);
	});
});

test.each([
	[0, 'now'],
	[4999, 'now'],
	[5000, '5s'],
	[60_000, '1m'],
	[3 * 3_600_000, '3h'],
	[12 * 86_400_000, '12d'],
	[-5000, 'now'],
])('%d ms ago reads as %s', (passed, words) => {
	expect(ago(1_000_000, 1_000_000 + passed)).toBe(words);
});

test('a mask never shows the whole, not even of a short text', () => {
	expect(mask('7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6')).toBe('7e5f••••e5f6');
	expect(mask('short')).toBe('••••');
	expect(mask('')).toBe('');
});

describe('a path in a command that a person is to type', () => {
	test.each([
		['/home/a/.config/vault.json', '/home/a/.config/vault.json'],
		['/tmp/a b/p', "'/tmp/a b/p'"],
		['~/p', "'~/p'"],
		['-rf', './-rf'],
		["it's", String.raw`'it'\''s'`],
		['$(id)', "'$(id)'"],
		['a\u202Eb', String.raw`$'a\xe2\x80\xaeb'`],
		["a\n'\\b", String.raw`$'a\x0a\'\\b'`],
		['a;reboot', "'a;reboot'"],
		['!x', "'!x'"],
		['1.2.3.4,::1/64', '1.2.3.4,::1/64'],
		['=ls', "'=ls'"],
		['', "''"],
	])('%j is %s', (path, wanted) => {
		expect(shellQuotePath(path)).toBe(wanted);
	});
});
