import {prepare, single, type Prepared} from 'fuzzysort';

/** A text without case, accents and the width of letters, to compare. */
export function folded(text: string): string {
	// Most texts are ASCII, where only the case differs.
	return (/^[\0-\x7F]*$/.test(text) ? text : text.normalize('NFKD').replaceAll(/\p{M}/gu, '')).toLowerCase();
}

export function wordsOf(text: string): string[] {
	return folded(text)
		.split(/\s+/)
		.filter(word => word !== '');
}

/** Below it, the letters of a word stand too far apart in a name to mean it. */
const leastSimilarity = 0.3;

export type Searchable = {
	/** Folded, and searched for words as they are. */
	readonly text: string;
	/** Searched for similar words too. */
	readonly names: () => readonly Prepared[];
};

/** `names` are parts of the text; sentences have no place among them, for they resemble any word. */
export function searchable(text: string, names: readonly string[]): Searchable {
	let prepared: readonly Prepared[] | undefined;
	return {
		text: folded(text),
		names: () => (prepared ??= names.filter(name => name !== '').map(name => prepare(name))),
	};
}

export function hasWords({text}: Searchable, words: readonly string[]): boolean {
	return words.every(word => text.includes(word));
}

/**
 * The items that resemble every folded word, the most similar first: the letters of a word stand in one of the names,
 * in their order. An item that has all words as they are is not among them.
 */
export function similarItems<Item>(
	items: readonly Item[],
	words: readonly string[],
	searchableOf: (item: Item) => Searchable,
): readonly Item[] {
	const similarities = words.map(word => similarityTo(word));
	const ranked: {readonly item: Item; readonly rank: number}[] = [];
	for (const item of items) {
		const {text, names} = searchableOf(item);
		let rank = Infinity;
		for (const [index, word] of words.entries())
			if (rank > 0 && !text.includes(word)) rank = Math.min(rank, similarities[index]!(names()));
		if (rank > 0 && rank < Infinity) ranked.push({item, rank});
	}

	return ranked.toSorted((left, right) => right.rank - left.rank).map(({item}) => item);
}

/** From 0 to 1, for the best of several names. Many items share names, such as tags. */
function similarityTo(word: string): (names: readonly Prepared[]) => number {
	const known = new Map<string, number>();
	const similarity = (name: Prepared) => {
		const found = single(word, name)?.score ?? 0;
		return found < leastSimilarity ? 0 : found;
	};
	return names => {
		let best = 0;
		for (const name of names) {
			let found = known.get(name.target);
			if (found === undefined) known.set(name.target, (found = similarity(name)));
			best = Math.max(best, found);
		}

		return best;
	};
}
