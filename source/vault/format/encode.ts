import type {StoredKey} from '../../core/key/key.ts';
import {changedPart} from '../../core/activity/changed-part.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {AppError} from '../../core/errors.ts';
import {isKey, isOperation} from './content-shape.ts';
import type {VaultContent} from './content.ts';
import {t} from '../../language/translate.ts';

/** Where the JSON of each key lies in the bytes of a content: its start and its end, in the order of the keys. */
export type Spans = Uint32Array;

/** A content and its bytes, of which the keys that are still there are copied. */
export type EncodedContent = {
	readonly keys: readonly StoredKey[];
	readonly bytes: Buffer;
	readonly spans: Spans;
};

/** The bytes of content in a vault of so many bytes: base64 makes four of three, and the header needs room. */
export function largestContent(largest: number): number {
	return Math.floor((largest - 64 * 1024) / 4) * 3;
}

/**
 * The content as it is encrypted, for the caller to wipe. Unknown members are written as they were read, so that an
 * edit here loses no data of a newer program. Throws `not-saved` for what `decodeContent` would refuse, and
 * `vault-too-large` for more than fits into a vault of `largest` bytes.
 */
export function encodeContent(
	content: VaultContent,
	path: string,
	largest: number,
	earlier?: EncodedContent,
): {readonly bytes: Buffer; readonly spans: Spans} {
	if (!(content.operations ?? []).every(operation => isOperation(operation)))
		throw notSaved(path, t`a note of unfinished work has a form that could not be read again`);
	const tooLarge = () => new AppError('vault-too-large', {path: sanitize(path), mebibytes: largest / 1024 / 1024});
	const output = growingBuffer(largestContent(largest), (earlier?.bytes.length ?? 0) + 8 * 1024, tooLarge);
	try {
		let spans: Spans = new Uint32Array();
		let separator = '{';
		for (const [name, value] of Object.entries(content)) {
			const text = name === 'keys' ? '' : (JSON.stringify(value) as string | undefined);
			if (text === undefined) continue;
			output.write(`${separator}${JSON.stringify(name)}:${text}`);
			separator = ',';
			if (name === 'keys') spans = writeKeys(content.keys, output, path, earlier);
		}

		output.write('}');
		return {bytes: output.written(), spans};
	} catch (error) {
		output.wipe();
		// The bound of the JavaScript engine for a string, far beyond that of a vault.
		throw error instanceof RangeError ? tooLarge() : error;
	}
}

function writeKeys(
	keys: readonly StoredKey[],
	output: GrowingBuffer,
	path: string,
	earlier: EncodedContent | undefined,
): Spans {
	const spans = new Uint32Array(keys.length * 2);
	const placeOf = placesIn(earlier?.keys ?? [], keys);
	output.write('[');
	for (let index = 0; index < keys.length;) {
		if (index > 0) output.write(',');
		const place = placeOf(index);
		if (!earlier || place === -1) {
			spans[index * 2] = output.length();
			output.write(textOf(keys[index]!, path));
			spans[index * 2 + 1] = output.length();
			index++;
			continue;
		}

		// Neighbours are copied at once, with what is between them.
		let count = 1;
		while (index + count < keys.length && placeOf(index + count) === place + count) count++;
		const start = earlier.spans[place * 2]!;
		const moved = output.length() - start;
		output.copy(earlier.bytes.subarray(start, earlier.spans[(place + count) * 2 - 1]));
		for (let at = 0; at < count * 2; at++) spans[index * 2 + at] = earlier.spans[place * 2 + at]! + moved;
		index += count;
	}

	output.write(']');
	return spans;
}

/** Gives the place at which each key of a list was before, by its index; -1 for one that was not there. */
function placesIn(before: readonly StoredKey[], keys: readonly StoredKey[]): (index: number) => number {
	const changed = changedPart(before, keys);
	const end = changed.start + changed.after.length;
	const known = new Map(changed.before.map((key, index) => [key, changed.start + index]));
	return index => {
		if (index < changed.start) return index;
		return index < end ? (known.get(keys[index]!) ?? -1) : index + before.length - keys.length;
	};
}

function textOf(key: StoredKey, path: string): string {
	const {secretKey, passphrase} = key.credential;
	const plain = {
		...key,
		credential: {...key.credential, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()},
	};
	if (!isKey(plain)) throw notSaved(path, t`one of its keys has a form that could not be read again`);
	return JSON.stringify(plain);
}

function notSaved(path: string, reason: string): AppError {
	return new AppError('not-saved', {path: sanitize(path), reason});
}

type GrowingBuffer = ReturnType<typeof growingBuffer>;

/** Bytes that grow as they are written, up to `most`; what they have outgrown is wiped. */
function growingBuffer(most: number, expected: number, tooLarge: () => AppError) {
	let bytes = Buffer.allocUnsafeSlow(Math.min(expected, most));
	let length = 0;
	const reserve = (count: number) => {
		if (length + count > most) throw tooLarge();
		if (length + count <= bytes.length) return;
		const before = bytes;
		bytes = Buffer.allocUnsafeSlow(Math.min(Math.max(before.length * 2, length + count), most));
		bytes.set(before.subarray(0, length));
		before.fill(0);
	};

	return {
		length: () => length,
		write(text: string) {
			// Most texts have room for the longest form; counting the bytes of each would cost as much as writing it.
			if (text.length * 3 > bytes.length - length) reserve(Buffer.byteLength(text));
			length += bytes.write(text, length);
		},
		copy(from: Uint8Array) {
			reserve(from.length);
			bytes.set(from, length);
			length += from.length;
		},
		written: () => bytes.subarray(0, length),
		wipe() {
			bytes.fill(0);
		},
	};
}
