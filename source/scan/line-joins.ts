const [lineFeed, return_, blank, tab, backslash, plus, dot] = [10, 13, 32, 9, 92, 43, 46];

const isBlank = (byte: number | undefined) => byte === blank || byte === tab;
const isQuote = (byte: number | undefined) => byte === 34 || byte === 39 || byte === 96;
const isCapital = (byte: number | undefined) => byte !== undefined && byte >= 65 && byte <= 90;
const isNameByte = (byte: number | undefined) =>
	isCapital(byte) || byte === 95 || (byte !== undefined && byte >= 48 && byte <= 57);

/** Longer names are no variables. */
export const longestName = 64;

/**
 * Where a value that goes on in the next line stops before the line break at `at`, and where it goes on: without the
 * backslash of a continuation, an indentation, the quotes of texts that are put together, and the name of a second
 * variable.
 */
export function joinAt(bytes: Uint8Array, at: number, end: number): {readonly stop: number; readonly next: number} {
	let stop = at;
	if (bytes[stop - 1] === return_) stop--;
	while (isBlank(bytes[stop - 1])) stop--;
	if (bytes[stop - 1] === backslash) stop--;
	while (isBlank(bytes[stop - 1])) stop--;
	const beforeSign = bytes[stop - 1] === plus || bytes[stop - 1] === dot ? withoutBlanks(bytes, stop - 1) : stop;
	const isQuoted = isQuote(bytes[beforeSign - 1]);
	if (isQuoted) stop = beforeSign - 1;

	let next = at + 1;
	while (isBlank(bytes[next])) next++;
	if (isQuoted && (bytes[next] === plus || bytes[next] === dot)) next++;
	while (isBlank(bytes[next])) next++;
	next = afterName(bytes, next, end);
	if (isQuote(bytes[next])) next++;
	return {stop: Math.max(0, stop), next: Math.min(next, end)};
}

function withoutBlanks(bytes: Uint8Array, end: number): number {
	let at = end;
	while (isBlank(bytes[at - 1])) at--;
	return at;
}

/** `OKX_SECRET_2=`, perhaps after `export `. Base64 has no underscore before its `=`. */
function afterName(bytes: Uint8Array, at: number, end: number): number {
	const start = startsWith(bytes, at, 'export ') ? at + 7 : at;
	if (!isCapital(bytes[start])) return at;
	let name = start;
	let hasUnderscore = false;
	while (name < end && name - start < longestName && isNameByte(bytes[name])) {
		if (bytes[name] === 95) hasUnderscore = true;
		name++;
	}

	return hasUnderscore && bytes[name] === 61 ? name + 1 : at;
}

/** How many of the last bytes may begin the name of a variable that goes on after `end`. */
export function unfinishedName(bytes: Uint8Array, end: number): number {
	let start = end;
	while (start > 0 && isNameByte(bytes[start - 1])) {
		start--;
		if (end - start > longestName) return 0;
	}

	return end - start;
}

function startsWith(bytes: Uint8Array, at: number, word: string): boolean {
	for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word.charCodeAt(index)) return false;
	return true;
}

/** The text of some bytes with the lines joined, and where the joins are. */
export type Joined = {
	readonly bytes: Uint8Array;
	readonly length: number;
	readonly joins: number;
	/** For each join, its place in the joined bytes, and the place in the others of the byte after it. */
	readonly joinedAt: Int32Array;
	readonly rawAfter: Int32Array;
};

/** Joins texts of at most `room` bytes one after the other; the result is valid until the next call. */
export function createLineJoiner(room: number): {
	readonly join: (bytes: Uint8Array, end: number) => Joined;
	/** The places of the line breaks in the bytes of the last call. */
	readonly breaks: Int32Array;
} {
	const joined = new Uint8Array(room);
	const breaks = new Int32Array(room);
	const joinedAt = new Int32Array(room);
	const rawAfter = new Int32Array(room);
	return {
		breaks,
		join(bytes, end) {
			let length = 0;
			let joins = 0;
			let from = 0;
			for (;;) {
				const found = bytes.indexOf(lineFeed, from);
				const at = found === -1 || found >= end ? end : found;
				if (at === end) break;
				breaks[joins] = at;
				const {stop, next} = joinAt(bytes, at, end);
				length = copied(bytes, from, stop, joined, length);

				joinedAt[joins] = length;
				rawAfter[joins] = next;
				joins++;
				from = next;
			}

			return {bytes: joined, length: copied(bytes, from, end, joined, length), joins, joinedAt, rawAfter};
		},
	};
}

/** From here on, the time that `set` takes to begin is worth it, bytes. */
const longCopy = 200;

/** The place after the copy. */
function copied(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
	if (to - from >= longCopy) {
		target.set(bytes.subarray(from, to), at);
		return at + to - from;
	}

	let next = at;
	for (let index = from; index < to; index++) target[next++] = bytes[index]!;
	return next;
}
