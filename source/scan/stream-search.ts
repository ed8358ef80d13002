import {createLineJoiner, longestName, unfinishedName} from './line-joins.ts';
import type {PatternFinder} from './pattern-finder.ts';

export type Match = {
	readonly pattern: number;
	/** The first is 1; null in what is no text. */
	readonly line: number | null;
	/** Whether the pattern goes over the end of a line. */
	readonly isSplit: boolean;
};

/** Searches one stream of bytes after the other. */
export type StreamSearch = {
	readonly begin: (onMatch: (match: Match) => void) => void;
	/** Where the next bytes of the stream are to be put, as many as there is room for. */
	readonly room: () => Uint8Array;
	/** Searches the first `length` bytes of `room()`, together with the end of those before. */
	readonly take: (length: number) => void;
	/** Searches what was left until the bytes after it are known. */
	readonly finish: () => void;
	/** Overwrites what is left of the streams. */
	readonly wipe: () => void;
};

/** What is searched at once, in bytes. */
export const chunkSize = 1024 * 1024;
/** As git does: a file is no text when a zero byte is among its first ones. */
const firstBytes = 8000;
/** What may stand between the parts of a split pattern, beside the parts. */
const gap = 1024;

/** Takes constant memory, about 15 MiB for everything. */
export function createStreamSearch(finder: PatternFinder, size = chunkSize): StreamSearch {
	const overlap = 2 * finder.longest + gap;
	const work = new Uint8Array(overlap + longestName + size);
	const joiner = createLineJoiner(work.length);
	let onMatch: (match: Match) => void = () => {};
	/** The bytes of `work` that are there, and those that were searched: matches that end in them are known. */
	let carried = 0;
	let known = 0;
	let linesBefore = 0;
	let isText: boolean | undefined;

	function search(end: number): number {
		const {breaks} = joiner;
		const joined = isText ? joiner.join(work, end) : undefined;
		const lineOf = (at: number) => (joined ? linesBefore + upTo(breaks, joined.joins, at) + 1 : null);
		finder.search(work, end, (pattern, at) => {
			if (at + finder.lengthOf(pattern) > known) onMatch({pattern, line: lineOf(at), isSplit: false});
		});
		if (!joined || joined.joins === 0) return 0;
		const {joins, joinedAt, rawAfter} = joined;
		finder.search(joined.bytes, joined.length, (pattern, at) => {
			const last = at + finder.lengthOf(pattern);
			// The joins before the match, and those before its last byte.
			const [first, after] = [upTo(joinedAt, joins, at + 1), upTo(joinedAt, joins, last)];
			if (first === after) return;
			const rawEnd = rawAfter[after - 1]! + last - joinedAt[after - 1]!;
			if (rawEnd > known) onMatch({pattern, line: linesBefore + first + 1, isSplit: true});
		});
		return joins;
	}

	return {
		begin(listener) {
			onMatch = listener;
			carried = 0;
			known = 0;
			linesBefore = 0;
			isText = undefined;
		},
		room: () => work.subarray(carried, carried + size),
		take(length) {
			if (length === 0) return;
			const end = carried + length;
			isText ??= !work.subarray(0, Math.min(end, firstBytes)).includes(0);
			const held = unfinishedName(work, end);
			const joins = search(end - held);
			const kept = Math.min(overlap + held, end);
			linesBefore += upTo(joiner.breaks, joins, end - kept);
			work.copyWithin(0, end - kept, end);
			carried = kept;
			known = kept - held;
		},
		finish() {
			if (known < carried) search(carried);
			known = carried;
		},
		wipe() {
			work.fill(0);
		},
	};
}

/** How many of the first `count` ascending numbers are less than `limit`. */
function upTo(numbers: Int32Array, count: number, limit: number): number {
	let [low, high] = [0, count];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (numbers[middle]! < limit) low = middle + 1;
		else high = middle;
	}

	return low;
}
