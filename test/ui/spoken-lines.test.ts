import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {frameOf, linesToSay, typedChange} from '../../source/ui/screen-reader/spoken-lines.ts';

const list = (selected: string, ...more: readonly string[]) =>
	[
		'OKX, Keys, SANDBOX',
		'lock in 9 minutes',
		...['grid (1 of 2)', 'main (2 of 2)'].map(row => (row.startsWith(selected) ? `(selected) ${row}` : row)),
		...more,
	].join('\n');

function said(...frames: readonly string[]): string[] {
	const [before, frame] = frames.slice(-2).map(text => frameOf(text));
	return (frame === undefined ? linesToSay(undefined, before!) : linesToSay(before, frame)).map(({text}) => text);
}

describe('what a screen reader is told', () => {
	test('is all of a new screen, with what is selected at the end', () => {
		expect(said(list('grid'))).toEqual(['OKX, Keys, SANDBOX', 'lock in 9 minutes', 'main (2 of 2)', 'grid (1 of 2)']);
		expect(said(list('grid'), 'OKX, Help\nmain (2 of 2)')).toEqual(['OKX, Help', 'main (2 of 2)']);
	});

	test('is only what is selected, once that has changed', () => {
		expect(said(list('grid'), list('main'))).toEqual(['main (2 of 2)']);
		expect(said(list('grid'), list('grid'))).toEqual([]);
	});

	test('is what is new, and then what is selected again', () => {
		expect(said(list('grid'), list('grid', 'failed Wrong passphrase'))).toEqual([
			'failed Wrong passphrase',
			'grid (1 of 2)',
		]);
		expect(said(list('grid', 'failed Wrong passphrase'), list('grid'))).toEqual([]);
	});

	test('is no countdown', () => {
		expect(said(list('grid'), list('grid').replace('9 minutes', '8 minutes'))).toEqual([]);
	});

	test('is nothing of empty lines', () => {
		expect(frameOf('a\n \n\n(selected) b\ntextbox: (selected) Name: c\ntextbox: Name: d')).toEqual([
			{text: 'a', isSelected: false, isField: false},
			{text: 'b', isSelected: true, isField: false},
			{text: 'Name: c', isSelected: true, isField: true},
			{text: 'Name: d', isSelected: false, isField: true},
		]);
	});
});

describe('what is typed', () => {
	test.each([
		['Name:', 'Name: a', ' a'],
		['Name: a', 'Name: ab', 'b'],
		['Name: ab', 'Name: a', '\b \b'],
		['Name: 漢', 'Name:', undefined],
		['Name: ab', 'Name: xab', undefined],
		['', 'Name: a', 'Name: a'],
	])('%j becomes %j', (before, after, change) => {
		expect(typedChange(before, after)).toBe(change);
	});

	test('leaves the new line on the terminal, whatever was on it', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (before, after) => {
				let line = before;
				for (const character of typedChange(before, after)?.replaceAll('\b \b', '\b') ?? '')
					line = character === '\b' ? line.slice(0, -1) : line + character;
				expect(typedChange(before, after) === undefined || line === after).toBe(true);
			}),
		);
	});
});
