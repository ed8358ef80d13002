import {graphemes} from '../width.ts';

/** Length of the pieces that are segmented, in UTF-16 units, so that a long text costs no more than a short one. */
const windowLength = 512;

/** ASCII and Chinese characters: two of these in a row never join into one grapheme. */
const isPlain = (unit: number) => (unit >= 0x20 && unit < 0x7f) || unit === 0x0a || (unit >= 0x4e00 && unit < 0xa000);

/**
 * The last grapheme boundary at or before `at`, searched over `windowLength` units. In a longer run of joining
 * characters it may lie inside a grapheme, but never inside a character.
 */
function boundaryBefore(text: string, at: number): number {
	for (let index = at; index > Math.max(0, at - windowLength); index--) {
		const isBoundary =
			text[index] === '\n' ||
			text[index - 1] === '\n' ||
			(isPlain(text.charCodeAt(index - 1)) && isPlain(text.charCodeAt(index)));
		if (isBoundary || index === text.length) return index;
	}

	return at <= windowLength ? 0 : betweenCharacters(text, at);
}

/** Moves back from the middle of a surrogate pair. */
function betweenCharacters(text: string, at: number): number {
	return (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at;
}

export type CursorStops = {
	/** The last stop before an index and the first one after it; `floor` and `ceil` also accept the index itself. */
	readonly before: (at: number) => number;
	readonly after: (at: number) => number;
	readonly floor: (at: number) => number;
	readonly ceil: (at: number) => number;
};

/** Places where a cursor may stop: between graphemes. Only the text around a requested index is segmented. */
export function stopsOf(text: string): CursorStops {
	let start = 0;
	let end = 0;
	let stops: readonly number[] = [0];

	function load(at: number): readonly number[] {
		const isAtHand = (at > start || start === 0) && (at < end || end === text.length) && stops.length > 1;
		if (isAtHand) return stops;
		start = boundaryBefore(text, Math.max(0, at - windowLength));
		end = boundaryBefore(text, Math.min(text.length, at + 2 * windowLength));
		let stop = start;
		stops = [start, ...graphemes(text.slice(start, end)).map(grapheme => (stop += grapheme.length))];
		return stops;
	}

	/** Two plain characters always have a stop between them, so no text needs segmenting. */
	const isPlainStop = (at: number) => isPlain(text.charCodeAt(at - 1)) && isPlain(text.charCodeAt(at));
	return {
		before: at => (isPlainStop(at - 1) ? at - 1 : (load(at)[countBelow(stops, at) - 1] ?? 0)),
		after: at => (isPlainStop(at + 1) ? at + 1 : (load(at)[countBelow(stops, at + 1)] ?? text.length)),
		floor: at => load(at)[countBelow(stops, at + 1) - 1] ?? 0,
		ceil: at => load(at)[countBelow(stops, at)] ?? text.length,
	};
}

function countBelow(rising: readonly number[], limit: number): number {
	let low = 0;
	let high = rising.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (rising[middle]! < limit) low = middle + 1;
		else high = middle;
	}

	return low;
}

export function graphemesFrom(text: string, from: number, to: number, most: number): string[] {
	const far = from + most * 8 + windowLength;
	return graphemes(text.slice(from, far < to ? boundaryBefore(text, far) : to)).slice(0, most);
}

export function graphemesBefore(text: string, from: number, to: number, most: number): string[] {
	const far = to - most * 8 - windowLength;
	return graphemes(text.slice(far > from ? Math.max(from, boundaryBefore(text, far)) : from, to)).slice(-most);
}

/** Cuts at a grapheme boundary, to at most `most` UTF-16 units. */
export function beginningOf(text: string, most: number): string {
	return text.length <= most ? text : text.slice(0, stopsOf(text).floor(most));
}
