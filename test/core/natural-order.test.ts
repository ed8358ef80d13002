import fc from 'fast-check';
import {expect, test} from 'vitest';
import {byName, sortedByName} from '../../source/core/text/natural-order.ts';

test('names come as a person looks for them: numbers by their value, letters whatever their case', () => {
	expect(
		['bot10', 'Bot2', 'bot-1', 'alpha', 'ÄRGER', '網格', 'bot_1', 'bot02b', '9', '10', ''].toSorted(byName),
	).toEqual(['', '9', '10', 'alpha', 'ÄRGER', 'bot_1', 'bot-1', 'Bot2', 'bot02b', 'bot10', '網格']);
});

test('plain names are in the very order of the collator that all others have, so that any mixture has one', () => {
	const collator = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});
	const name = fc.stringMatching(/^[_\-0-249abABzZ]{0,10}$/);
	fc.assert(
		fc.property(name, name, (left, right) => {
			expect(Math.sign(byName(left, right))).toBe(Math.sign(collator.compare(left, right)));
		}),
		{numRuns: 5000},
	);
});

test('a list is sorted as its names compare, equal ones in the order in which they were', () => {
	const name = fc.stringMatching(/^[_\-0-249abABzZÄ ]{0,6}$/);
	fc.assert(
		fc.property(fc.array(name), names => {
			const items = names.map((word, at) => ({word, at}));
			const expected = items.toSorted((left, right) => byName(left.word, right.word));
			expect(sortedByName(items, ({word}) => word)).toEqual(expected);
		}),
	);
});
