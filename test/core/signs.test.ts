import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createSignFilter, inAscii} from '../../source/core/text/signs.ts';
import {shellQuote} from '../../source/core/text/shell.ts';
import {width} from '../../source/core/text/width.ts';

const ours = '› ✓ ✗ · … ● ○ ─ │ • “x” ’ → – − █ ░ ¦';

test('our signs have one column in ASCII too, and letters are left alone', () => {
	expect(inAscii(ours)).toMatch(/^[ -~]*$/);
	expect(width(inAscii(ours))).toBe(width(ours));
	expect(inAscii('‹漢› ñ')).toBe('‹漢> ñ');
});

describe('what is printed where only ASCII is shown', () => {
	test('has our signs in ASCII, and what a person wrote as it is', () => {
		const {shown, keep} = createSignFilter(true);
		keep(['grid…', 'bob’s']);
		expect(shown('It is the exchange’s grid…, “bob’s” → …')).toBe('It is the exchange\'s grid…, "bob’s" > ~');
	});

	test('keeps a name that begins with another, and one with signs of a regular expression', () => {
		const {shown, keep} = createSignFilter(true);
		keep(['a…', 'a…b…', '(…).*']);
		expect(shown('a…b… a… (…).* …')).toBe('a…b… a… (…).* ~');
	});

	test('keeps a text that becomes known later', () => {
		const {shown, keep} = createSignFilter(true);
		keep(['a…']);
		expect(shown('a… b…')).toBe('a… b~');
		keep(['b…']);
		expect(shown('a… b…')).toBe('a… b…');
	});

	test('keeps a name of any kind, also as a word of a suggested command', () => {
		fc.assert(
			fc.property(fc.string({unit: fc.constantFrom('…', '’', "'", 'a', ' ', '·', '$', '\\'), minLength: 1}), name => {
				const {shown, keep} = createSignFilter(true);
				keep([name]);
				expect(shown(`<${name}> <${shellQuote(name)}>`)).toBe(`<${name}> <${shellQuote(name)}>`);
			}),
		);
	});
});

test('where more than ASCII is shown, nothing is changed', () => {
	const {shown, keep} = createSignFilter(false);
	keep(['grid…']);
	expect(shown(ours)).toBe(ours);
});
