/** `pattern` is its index in the list; `at` is where it begins. */
export type OnMatch = (pattern: number, at: number) => void;

export type PatternFinder = {
	/** In bytes. */
	readonly longest: number;
	readonly lengthOf: (pattern: number) => number;
	/** Calls `onMatch` for every pattern at every place in the first `end` bytes. */
	readonly search: (bytes: Uint8Array, end: number, onMatch: OnMatch) => void;
	/** Overwrites the patterns; nothing is found afterwards. */
	readonly wipe: () => void;
};

const block = 4;
/** A longer window would skip more, but need more memory. */
const longestWindow = 24;

/**
 * Finds many patterns at once (Wu and Manber, 1994): the last four bytes of a window say how far the window can move
 * without missing the beginning of any pattern, so most bytes are never looked at. Each pattern is one character a
 * byte, and at least 4 bytes long.
 */
export function createPatternFinder(patterns: readonly string[]): PatternFinder {
	const lengths = Int32Array.from(patterns, ({length}) => length);
	const window = patterns.reduce((least, {length}) => Math.min(least, length), longestWindow);
	if (window < block) throw new RangeError('A pattern is too short.');
	const starts = new Int32Array(patterns.length);
	const pool = pooled(patterns, starts);

	// Sparse enough that a block of other text rarely has the place of one that a pattern has.
	const bits = Math.min(24, Math.max(12, Math.ceil(Math.log2(patterns.length * (window - block + 1) * 4 + 1))));
	const drop = 32 - bits;
	const hashAt = (bytes: Uint8Array, at: number) =>
		Math.imul(bytes[at - 3]! | (bytes[at - 2]! << 8) | (bytes[at - 1]! << 16) | (bytes[at]! << 24), 0x9e_37_79_b1) >>>
		drop;
	const shifts = new Uint8Array(2 ** bits).fill(window - block + 1);
	const bucketBits = Math.min(bits, Math.max(4, Math.ceil(Math.log2(patterns.length * 2 + 1))));
	const firsts = new Int32Array(2 ** bucketBits).fill(-1);
	const nexts = new Int32Array(patterns.length).fill(-1);
	for (const [pattern, start] of starts.entries()) {
		for (let at = block - 1; at < window; at++) {
			const hash = hashAt(pool, start + at);
			shifts[hash] = Math.min(shifts[hash]!, window - 1 - at);
		}

		const bucket = hashAt(pool, start + window - 1) >>> (bits - bucketBits);
		nexts[pattern] = firsts[bucket]!;
		firsts[bucket] = pattern;
	}

	function isAt(pattern: number, bytes: Uint8Array, at: number): boolean {
		const start = starts[pattern]!;
		for (let index = 0; index < lengths[pattern]!; index++) if (bytes[at + index] !== pool[start + index]) return false;
		return true;
	}

	return {
		longest: lengths.reduce((most, length) => Math.max(most, length), 0),
		lengthOf: pattern => lengths[pattern]!,
		search(bytes, end, onMatch) {
			if (patterns.length === 0) return;
			for (let at = window - 1; at < end;) {
				const hash =
					Math.imul(
						bytes[at - 3]! | (bytes[at - 2]! << 8) | (bytes[at - 1]! << 16) | (bytes[at]! << 24),
						0x9e_37_79_b1,
					) >>> drop;
				const shift = shifts[hash]!;
				if (shift > 0) {
					at += shift;
					continue;
				}

				const begin = at - window + 1;
				for (let pattern = firsts[hash >>> (bits - bucketBits)]!; pattern !== -1; pattern = nexts[pattern]!)
					if (begin + lengths[pattern]! <= end && isAt(pattern, bytes, begin)) onMatch(pattern, begin);
				at++;
			}
		},
		wipe() {
			pool.fill(0);
			lengths.fill(2 ** 31 - 1);
		},
	};
}

function pooled(patterns: readonly string[], starts: Int32Array): Uint8Array {
	const pool = new Uint8Array(patterns.reduce((total, {length}) => total + length, 0));
	let used = 0;
	for (const [index, pattern] of patterns.entries()) {
		starts[index] = used;
		for (let at = 0; at < pattern.length; at++) pool[used++] = pattern.charCodeAt(at);
	}

	return pool;
}
