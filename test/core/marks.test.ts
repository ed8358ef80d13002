import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {noneMarked, onlyMarked, withAllToggled, withToggled} from '../../source/core/key-list/marks.ts';
import {findKeys} from '../../source/core/key-list/filter.ts';
import {orders, sortKeys} from '../../source/core/key-list/order.ts';
import {arbitraryKeys} from '../helpers/arbitrary.ts';

const now = 1_800_000_000_000;
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const ids = fc.uniqueArray(id);

describe('marks', () => {
	test('marking a key twice leaves all as it was', () => {
		fc.assert(
			fc.property(ids, id, (some, id) => {
				const marked = new Set(some);
				expect(withToggled(withToggled(marked, id), id)).toEqual(marked);
				expect(withToggled(marked, id).has(id)).toBe(!marked.has(id));
			}),
		);
	});

	test('marking all that are shown marks them, and then unmarks them, and leaves the others as they are', () => {
		fc.assert(
			fc.property(ids, ids, (some, shown) => {
				const marked = new Set(some);
				const others = marked.difference(new Set(shown));
				const all = shown.every(id => marked.has(id)) ? marked : withAllToggled(marked, shown);
				expect(all).toEqual(marked.union(new Set(shown)));
				if (shown.length > 0) expect(withAllToggled(all, shown)).toEqual(others);
			}),
		);
	});

	test('are the same, however the list is filtered and sorted between', () => {
		fc.assert(
			fc.property(
				arbitraryKeys,
				fc.array(fc.record({filter: fc.constantFrom('', 'a', 'tag:eu', '键'), order: fc.nat(orders.length - 1)})),
				(keys, views) => {
					// Each view marks its first key; whatever is shown later, exactly these are marked.
					let marked = noneMarked;
					const expected = new Set<string>();
					for (const {filter, order} of views) {
						const facts = {now, siteNamed: () => undefined};
						const [first] = findKeys(sortKeys(keys, order, now), filter, facts).keys;
						if (!first || expected.has(first.id)) continue;
						marked = withToggled(marked, first.id);
						expected.add(first.id);
					}

					expect(onlyMarked(marked, new Set(keys.map(({id}) => id)))).toEqual(expected);
				},
			),
		);
	});

	test('of keys that have gone go, and nothing changes where none has', () => {
		const marked = new Set(['a', 'b']);
		expect(onlyMarked(marked, new Set(['b', 'c']))).toEqual(new Set(['b']));
		expect(onlyMarked(marked, new Set(['a', 'b', 'c']))).toBe(marked);
	});
});
