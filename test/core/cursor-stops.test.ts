import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {insert, lineOf, pressKey, type LineState} from '../../source/core/text/editing/line-editor.ts';
import {beginningOf, graphemesBefore, graphemesFrom, stopsOf} from '../../source/core/text/editing/cursor-stops.ts';
import {graphemes} from '../../source/core/text/width.ts';

const piece = fc.constantFrom(
	'👨‍👩‍👧',
	'👍🏽',
	'🇩🇪',
	'e\u0301',
	'क्षि',
	'漢',
	'a',
	'word ',
	'\n',
	'x'.repeat(700),
	'漢'.repeat(700),
	'ab '.repeat(300),
);
const longText = fc.array(piece, {maxLength: 12}).map(parts => parts.join(''));

function allStops(text: string): number[] {
	const stops = [0];
	for (const grapheme of graphemes(text)) stops.push(stops.at(-1)! + grapheme.length);
	return stops;
}

test('the stops around a place are those of the whole text', () => {
	fc.assert(
		fc.property(longText, fc.array(fc.nat(4000), {minLength: 1, maxLength: 8}), (text, places) => {
			const all = allStops(text);
			const {before, after, floor, ceil} = stopsOf(text);
			for (const place of places.map(one => one % (text.length + 1))) {
				expect([before(place), after(place), floor(place), ceil(place)]).toEqual([
					all.findLast(stop => stop < place) ?? 0,
					all.find(stop => stop > place) ?? text.length,
					all.findLast(stop => stop <= place) ?? 0,
					all.find(stop => stop >= place) ?? text.length,
				]);
			}
		}),
		{numRuns: 200},
	);
});

test('a few characters from a place on, or before it, are those of the whole text', () => {
	fc.assert(
		fc.property(longText, fc.nat(), fc.integer({min: 1, max: 30}), (text, somewhere, most) => {
			const all = allStops(text);
			const place = all[somewhere % all.length]!;
			expect(graphemesFrom(text, place, text.length, most)).toEqual(graphemes(text.slice(place)).slice(0, most));
			expect(graphemesBefore(text, 0, place, most)).toEqual(graphemes(text.slice(0, place)).slice(-most));
		}),
		{numRuns: 200},
	);
});

test('what is cut at a limit ends with a whole character', () => {
	expect(beginningOf('ab👨‍👩‍👧', 4)).toBe('ab');
	expect(beginningOf('abc', 3)).toBe('abc');
	expect(insert(lineOf('abc'), '👨‍👩‍👧d', {most: 5})).toEqual(lineOf('abc'));
	expect(insert(lineOf('abc'), 'de', {most: 4})).toEqual(lineOf('abcd'));
	expect(insert(lineOf('abc'), 'd', {most: 2})).toEqual(lineOf('abc'));
});

/** Counts the UTF-16 units that are cut into graphemes. */
function segmented(act: () => void): number {
	const {segment} = Intl.Segmenter.prototype;
	let units = 0;
	Intl.Segmenter.prototype.segment = function (text) {
		units += text.length;
		return segment.call(this, text);
	};
	try {
		act();
	} finally {
		Intl.Segmenter.prototype.segment = segment;
	}

	return units;
}

test.each(['left', 'right', 'backspace', 'delete', 'up', 'down', 'home', 'end', 'ctrl+w', 'meta+f', 'x'])(
	'%s in a text of 10 MB looks at no more than its surroundings',
	key => {
		for (const text of ['one row of words '.repeat(600_000), 'short\n'.repeat(1_700_000), '漢字'.repeat(2_500_000)]) {
			for (const at of [0, 5_000_002, text.length]) {
				if (text.startsWith('漢') && (key === 'ctrl+w' || key === 'meta+f')) continue;
				expect(
					segmented(() => {
						pressKey({text, cursor: Math.min(at, text.length)}, key, {multiline: true});
					}),
				).toBeLessThan(20_000);
			}
		}
	},
);

test.each([
	['blank lines', '\n'],
	['spaces', ' '],
	['one word', 'a'],
])('a word that is cut or passed in %s without end costs no segmenting of all of it', (_, unit) => {
	const text = unit.repeat(200_000);
	for (const key of ['ctrl+w', 'ctrl+left', 'ctrl+right', 'meta+d']) {
		let line: LineState | undefined;
		expect(
			segmented(() => {
				line = pressKey({text, cursor: 100_000}, key, {multiline: true});
			}),
		).toBeLessThan(20_000);
		expect(line).toEqual({
			text: key === 'ctrl+left' || key === 'ctrl+right' ? text : unit.repeat(100_000),
			cursor: key === 'ctrl+right' ? 200_000 : key === 'meta+d' ? 100_000 : 0,
		});
	}
});
