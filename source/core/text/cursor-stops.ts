import {graphemes} from './width.ts';

/** How much of a text is cut into graphemes at a time, in UTF-16 units: a long text costs no more than a short one. */
const windowLength = 512;

/**
 * Characters that never join the one before or after them, if that is one of these too: ASCII and Chinese characters.
 */
const isPlain = (unit: number) => (unit >= 0x20 && unit < 0x7f) || unit === 0x0a || (unit >= 0x4e00 && unit < 0xa000);

/**
 * The last place at or before `at` between two graphemes. Looks for it at most so far back, so that in a longer text
 * of nothing but joining characters it may lie within a grapheme; never within a character.
 */
function boundaryBefore(text: string, at: number): number {
	for (let place = at; place > Math.max(0, at - windowLength); place--) {
		const isBoundary =
			text[place] === '\n' ||
			text[place - 1] === '\n' ||
			(isPlain(text.charCodeAt(place - 1)) && isPlain(text.charCodeAt(place)));
		if (isBoundary || place === text.length) return place;
	}

	return at <= windowLength ? 0 : betweenCharacters(text, at);
}

/** As `at`, but not between the halves of a character. */
function betweenCharacters(text: string, at: number): number {
	return (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at;
}

export type Stops = {
	/** The last stop before a place, the first after it, and the nearest at it or on either side. */
	readonly before: (at: number) => number;
	readonly after: (at: number) => number;
	readonly floor: (at: number) => number;
	readonly ceil: (at: number) => number;
};

/**
 * Where a cursor may stop in a text: between graphemes. Only the surroundings of a place that is asked for are looked
 * at.
 */
export function stopsOf(text: string): Stops {
	let start = 0;
	let end = 0;
	let stops: readonly number[] = [0];

	/** Has the stops around a place at hand, on both sides of it where there are any. */
	function load(at: number): readonly number[] {
		const isAtHand = (at > start || start === 0) && (at < end || end === text.length) && stops.length > 1;
		if (isAtHand) return stops;
		start = boundaryBefore(text, Math.max(0, at - windowLength));
		end = boundaryBefore(text, Math.min(text.length, at + 2 * windowLength));
		let stop = start;
		stops = [start, ...graphemes(text.slice(start, end)).map(grapheme => (stop += grapheme.length))];
		return stops;
	}

	/** Whether two plain characters meet here, where there is a stop without a look at more of the text. */
	const isPlainStop = (at: number) => isPlain(text.charCodeAt(at - 1)) && isPlain(text.charCodeAt(at));
	return {
		before: at => (isPlainStop(at - 1) ? at - 1 : (load(at)[countBelow(stops, at) - 1] ?? 0)),
		after: at => (isPlainStop(at + 1) ? at + 1 : (load(at)[countBelow(stops, at + 1)] ?? text.length)),
		floor: at => load(at)[countBelow(stops, at + 1) - 1] ?? 0,
		ceil: at => load(at)[countBelow(stops, at)] ?? text.length,
	};
}

/** How many of some rising numbers are smaller than a limit. */
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

/** The graphemes of a text that begin in `from` to `to`, at most `most` of them, and all that is before the cut. */
export function graphemesFrom(text: string, from: number, to: number, most: number): string[] {
	const far = from + most * 8 + windowLength;
	return graphemes(text.slice(from, far < to ? boundaryBefore(text, far) : to)).slice(0, most);
}

/** The last graphemes of a text between `from` and `to`, at most `most` of them. */
export function graphemesBefore(text: string, from: number, to: number, most: number): string[] {
	const far = to - most * 8 - windowLength;
	return graphemes(text.slice(far > from ? Math.max(from, boundaryBefore(text, far)) : from, to)).slice(-most);
}

/** The longest beginning of a text of at most `most` UTF-16 units that ends between two graphemes. */
export function beginningOf(text: string, most: number): string {
	return text.length <= most ? text : text.slice(0, stopsOf(text).floor(most));
}
