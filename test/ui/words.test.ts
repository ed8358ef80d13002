import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {graphemes, width} from '../../source/core/text/width.ts';
import {countdown} from '../../source/ui/frame/header.tsx';
import {shortenCrumbs} from '../../source/ui/frame/crumbs.ts';
import {footerItems, footerRows} from '../../source/ui/frame/footer-rows.ts';
import {windowStart} from '../../source/ui/key-view/list-selection.ts';
import {strengthOf} from '../../source/ui/forms/strength.ts';
import {wrap} from '../../source/ui/drawing/wrap.ts';

describe('wrapping', () => {
	test('loses no letter, cuts no grapheme and never exceeds the columns', () => {
		fc.assert(
			fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 2, max: 40}), (text, columns) => {
				const rows = wrap(text, columns);
				const squeezed = (some: string) => some.replaceAll(/[ \n]/g, '');
				expect(squeezed(rows.join(''))).toBe(squeezed(text));
				// Some symbols of music are wider than two columns; one that is wider than the room stands alone.
				for (const row of rows) expect(width(row) <= columns || graphemes(row).length === 1).toBe(true);
				expect(rows.flatMap(row => graphemes(row)).filter(grapheme => grapheme !== ' ').length).toBe(
					graphemes(text.replaceAll('\n', ' ')).filter(grapheme => grapheme !== ' ').length,
				);
			}),
		);
	});

	test('breaks between words', () => {
		expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
	});
});

test('the window of a list always shows the selected row and never leaves the list', () => {
	fc.assert(
		fc.property(
			fc.integer({min: 0, max: 500}),
			fc.integer({min: 1, max: 600}),
			fc.integer({min: 1, max: 40}),
			fc.integer({min: 0, max: 599}),
			(start, count, height, selected) => {
				const at = Math.min(selected, count - 1);
				const first = windowStart(start, at, count, height);
				expect(first).toBeGreaterThanOrEqual(0);
				expect(first).toBeLessThanOrEqual(Math.max(0, count - height));
				expect(at).toBeGreaterThanOrEqual(first);
				expect(at).toBeLessThan(first + height);
			},
		),
	);
});

test.each([
	['password', 'weak'],
	['aaaaaaaaaaaaaaaa', 'weak'],
	['12345678901234', 'weak'],
	['Qwerty123', 'weak'],
	['hunter42', 'fair'],
	['correct horse battery', 'strong'],
	['kT9#vQ2!xL', 'good'],
])('%s is %s', (passphrase, word) => {
	expect(strengthOf(passphrase).word).toBe(word);
});

describe('the breadcrumb', () => {
	const crumbs = ['OKX', 'API & Web Trading', 'API Keys Management', 'bot1'];

	test('is whole where there is room', () => {
		expect(shortenCrumbs(crumbs, 80)).toBe('OKX › API & Web Trading › API Keys Management › bot1');
	});

	test('loses its beginning first, never its end', () => {
		expect(shortenCrumbs(crumbs, 40)).toBe('… › API Keys Management › bot1');
		expect(shortenCrumbs(crumbs, 5)).toBe('bot1');
	});

	test.each([
		[600_000, 'lock 10m'],
		[60_001, 'lock 2m'],
		[60_000, 'lock 60s'],
		[1, 'lock 1s'],
		[-5, 'lock 0s'],
	])('%i ms are %s', (ms, text) => {
		expect(countdown(ms)).toBe(text);
	});
});

describe('the footer', () => {
	const offers = [
		{scope: 'filteredList', action: 'clear'},
		{scope: 'keyList', action: 'create', disabled: 'no'},
		{scope: 'frame', action: 'back'},
		{scope: 'frame', action: 'quit'},
	] as const;

	test('shows each key once, and nothing that cannot be done', () => {
		expect(footerItems(offers, false)).toEqual([
			{key: 'Esc', label: 'all keys'},
			{key: 'q', label: 'quit'},
		]);
	});

	test('shows no letter while letters are typed', () => {
		expect(footerItems(offers, true)).toEqual([
			{key: 'Esc', label: 'all keys'},
			{key: 'Ctrl+C', label: 'quit'},
		]);
	});

	test('shows Esc before the keys of the frame, however late its screen asked for it', () => {
		const later = [
			{scope: 'markedKeys', action: 'clear'},
			{scope: 'keyList', action: 'open'},
			{scope: 'key', action: 'copy'},
			{scope: 'frame', action: 'palette'},
			{scope: 'frame', action: 'quit'},
		] as const;
		const marked = ['open', 'actions', 'copy', 'unmark', 'quit'];
		expect(footerItems(later, false).map(({label}) => label)).toEqual(marked);
		expect(footerItems([...later.slice(1, 3), later[0], ...later.slice(3)], false).map(({label}) => label)).toEqual(
			marked,
		);
		expect(footerItems(later.slice(1), false).map(({label}) => label)).toEqual(['open', 'copy', 'actions', 'quit']);
	});

	test('goes on in the next row, and leaves the rest to help', () => {
		const items = Array.from({length: 9}, (_, index) => ({key: String(index), label: 'something'}));
		expect(footerRows(items, 25, 2)).toHaveLength(2);
		expect(footerRows(items, 200, 2)).toHaveLength(1);
	});
});
