import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {isVisible, looksLike, normalizeName} from '../../source/core/text/name.ts';
import {nameProblem, tagsProblem} from '../../source/core/validate.ts';
import {sanitize, sanitizeLines, isPrintable} from '../../source/core/text/sanitize.ts';

describe('two names', () => {
	test.each([
		['main', 'main\u{FE0F}'],
		['main', 'main\u{FE0E}'],
		['main', 'main\u{2800}'],
		['main', '\u{A0}main'],
		['a b', 'a\u{A0}b'],
		['a b', 'a\u{3000}b'],
		['a b', 'a  b'],
		['é', 'e\u{301}'],
		['main', 'ma\u{200B}in'],
		['main', 'main\u{3164}'],
		['main', 'ｍain'],
		['❤', '❤\u{FE0F}'],
	])('look-alike: %j and %j look the same', (one, other) => {
		expect(looksLike(one)(other)).toBe(true);
		expect(looksLike(other)(one)).toBe(true);
	});

	test.each([
		['main', 'Main'],
		['bot1', 'bot2'],
		['a b', 'ab'],
		['é', 'e'],
		['机器人', '機器人'],
		['👩', '👨'],
	])('%j and %j do not', (one, other) => {
		expect(looksLike(one)(other)).toBe(false);
	});
});

describe('a name', () => {
	test.each([
		['variation selector', 'main\u{FE0F}', /invisible or control/],
		['digit with one', 'bot1\u{FE0F}', /invisible or control/],
		['only blank braille', '\u{2800}', /needs a name/],
		['Hangul filler', '\u{3164}', /can be seen/],
		['Hangul filler among letters', 'a\u{115F}b', /invisible or control/],
		['lone mark', '\u{301}', /can be seen/],
		['mark before a letter', '\u{301}a', /invisible or control/],
		['mark on a blank', 'a \u{301}b', /invisible or control/],
		['1,000 marks', `a${'\u{301}'.repeat(1000)}`, /more than four marks/],
		['five marks', `a${'\u{30D}'.repeat(5)}`, /more than four marks/],
		['no-break space at its end', 'main\u{A0}', /begins or ends with a space/],
	])('unseen-name: with a %s is refused', (_, name, sentence) => {
		const problem = nameProblem(name)?.problem;
		expect(problem).toMatch(sentence);
		expect(problem!.length).toBeLessThan(200);
	});

	test.each([
		'main',
		'é',
		'e\u{301}',
		'Việt',
		'ไทย',
		'हिन्दी',
		'机器人',
		'👨‍👩‍👧',
		'❤\u{FE0F}',
		'1\u{FE0F}\u{20E3}',
		'☁️ bot',
		'a\u{A0}b',
		'🔥',
		'٣',
		'नि',
	])('%j is as good as any', name => {
		expect(nameProblem(name)).toBe(undefined);
	});

	test('is stored composed, and with plain spaces', () => {
		expect(normalizeName('Cafe\u{301}\u{A0}1\u{3000}x')).toBe('Café 1 x');
		fc.assert(
			fc.property(fc.string({unit: 'grapheme'}), name => normalizeName(normalizeName(name)) === normalizeName(name)),
		);
	});

	test('that passes can be seen, and is shown as it is', () => {
		fc.assert(
			fc.property(fc.string({unit: 'grapheme', maxLength: 10}), name => {
				if (nameProblem(name) !== undefined) return;
				const stored = normalizeName(name);
				expect([isVisible(stored), isPrintable(stored), nameProblem(stored)]).toEqual([true, true, undefined]);
			}),
		);
	});
});

describe('a name that a vault holds already', () => {
	test.each([
		['main\u{FE0F}', String.raw`main\u{fe0f}`],
		['main\u{2800}', String.raw`main\u{2800}`],
		['\u{301}', String.raw`\u{301}`],
		['a\u{A0}b', String.raw`a\u{a0}b`],
		['a\u{3000}b', String.raw`a\u{3000}b`],
		[`a${'\u{301}'.repeat(1000)}b`, `a${'\u{301}'.repeat(4)}…b`],
		['\u{301}'.repeat(1000), `${String.raw`\u{301}`.repeat(4)}…`],
		['❤\u{FE0F}\u{FE0F}', `❤\u{FE0F}${String.raw`\u{fe0f}`}`],
	])('look-alike: is shown so that it can be told apart: %j', (name, shown) => {
		expect(sanitize(name)).toBe(shown);
		expect(sanitize(shown)).toBe(shown);
	});

	test('stacked-marks: in a description takes four marks a letter, and any blank is a space', () => {
		expect(sanitizeLines(`a\u{A0}b\u{2800}c\n\u{3000}z${'\u{489}'.repeat(1000)}`)).toEqual([
			'a b c',
			` z${'\u{489}'.repeat(4)}…`,
		]);
		expect(tagsProblem([`z${'\u{489}'.repeat(20)}`])).toBeDefined();
	});
});
