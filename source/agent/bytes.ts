/**
 * Zeroed memory that never moves, so that wiping it leaves no copy: V8 keeps arrays of up to 64 bytes in its own heap,
 * where the garbage collector copies them about.
 */
export function fixedBytes(size: number): Buffer {
	return Buffer.from(new ArrayBuffer(size));
}

export function copied(bytes: Uint8Array): Buffer {
	const copy = fixedBytes(bytes.length);
	copy.set(bytes);
	return copy;
}

/** XORs with a pad; the same pad restores the bytes. */
export function padded(bytes: Uint8Array, pad: Uint8Array): Buffer {
	const result = copied(bytes);
	for (const [index, byte] of pad.entries()) result[index]! ^= byte;
	return result;
}
