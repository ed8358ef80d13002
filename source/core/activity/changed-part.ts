/**
 * What is left of two lists without the items that both begin with and both end with. Most changes touch few items of
 * many, so the rest need not be looked up. It begins at `start` in both.
 */
export function changedPart<Item>(
	before: readonly Item[],
	after: readonly Item[],
): {readonly start: number; readonly before: readonly Item[]; readonly after: readonly Item[]} {
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before[start] === after[start]) start++;
	let ending = 0;
	while (ending < shorter - start && before[before.length - 1 - ending] === after[after.length - 1 - ending]) ending++;
	return {
		start,
		before: before.slice(start, before.length - ending),
		after: after.slice(start, after.length - ending),
	};
}
