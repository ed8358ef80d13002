/** A fast path for most names: other names need the collator, which takes 9 ms to load. */
const plain = /^[\w-]*$/;

let collator: Intl.Collator | undefined;

/** Compares names for `sort`: numbers by value, letters without case, the same on every machine. */
export function byName(left: string, right: string): number {
	if (plain.test(left) && plain.test(right)) return compareRanks(rankOf(left), rankOf(right));
	collator ??= new Intl.Collator('en', {numeric: true, sensitivity: 'base'});
	return collator.compare(left, right);
}

/** As sorting with `byName`, which would look at each name many times. */
export function sortedByName<Item>(items: readonly Item[], nameOf: (item: Item) => string): Item[] {
	if (!items.every(item => plain.test(nameOf(item))))
		return items.toSorted((left, right) => byName(nameOf(left), nameOf(right)));
	return items
		.map(item => ({item, rank: rankOf(nameOf(item))}))
		.toSorted((left, right) => compareRanks(left.rank, right.rank))
		.map(({item}) => item);
}

function compareRanks(left: string, right: string): number {
	return left === right ? 0 : left < right ? -1 : 1;
}

/** A text whose plain order is that of plain names: `_`, `-`, numbers by length and then by digits, letters. */
function rankOf(name: string): string {
	return name.toLowerCase().replaceAll(/_|-|0*(\d+)/g, (sign, digits: string | undefined) => {
		if (digits !== undefined) return `0${String.fromCharCode(digits.length)}${digits}`;
		return sign === '_' ? '\u0000' : '\u0001';
	});
}
