/** The ids of marked keys. */
export type Marked = ReadonlySet<string>;

export const noneMarked: Marked = new Set();

export function withToggled(marked: Marked, id: string): Marked {
	const next = new Set(marked);
	if (!next.delete(id)) next.add(id);
	return next;
}

/** Marks all of these keys, or unmarks them where all are marked; other marks stay. */
export function withAllToggled(marked: Marked, ids: readonly string[]): Marked {
	return ids.every(id => marked.has(id)) ? marked.difference(new Set(ids)) : marked.union(new Set(ids));
}

/** Only the marks of these keys. The same object where nothing goes. */
export function onlyMarked(marked: Marked, ids: ReadonlySet<string>): Marked {
	return marked.isSubsetOf(ids) ? marked : marked.intersection(ids);
}
