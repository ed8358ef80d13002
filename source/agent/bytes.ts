/**
 * Zeroed memory that stays where it is, so that wiping it leaves nothing behind: V8 keeps arrays of up to 64 bytes in
 * its own heap, where the garbage collector copies them about.
 */
export function fixedBytes(size: number): Buffer {
	return Buffer.from(new ArrayBuffer(size));
}

/** A copy in such memory. */
export function copied(bytes: Uint8Array): Buffer {
	const copy = fixedBytes(bytes.length);
	copy.set(bytes);
	return copy;
}

/** Bytes with a pad over them, and with the same pad over that the bytes again. */
export function padded(bytes: Uint8Array, pad: Uint8Array): Buffer {
	const result = copied(bytes);
	for (const [index, byte] of pad.entries()) result[index]! ^= byte;
	return result;
}
