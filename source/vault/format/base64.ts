/**
 * Decodes standard base64 with padding; null for any other spelling or length. Node's decoder skips unknown characters,
 * so many texts would mean the same file.
 */
export function fromBase64(text: unknown, length?: number): Buffer | null {
	if (typeof text !== 'string') return null;
	const bytes = Buffer.from(text, 'base64');
	if (length !== undefined && bytes.length !== length) return null;
	return toBase64(bytes) === text ? bytes : null;
}

/** Some megabytes are decoded and encoded in pieces of so many bytes, which stay in the processor's cache. */
const piece = 48 * 1024;
const pieceText = (piece / 3) * 4;

/** As `fromBase64`, of a text in Latin-1 that is not a string yet. */
export function decodeBase64(text: Uint8Array): Buffer | null {
	const source = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
	const bytes = Buffer.allocUnsafeSlow(Math.ceil(text.length / 4) * 3);
	let length = 0;
	for (let at = 0; at < text.length; at += pieceText) {
		// Padding in the midst, which a piece for itself may have, leaves it short.
		if (length !== (at / 4) * 3) return null;
		const part = source.toString('latin1', at, at + pieceText);
		const end = length + bytes.write(part, length, 'base64');
		if (bytes.toString('base64', length, end) !== part) return null;
		length = end;
	}

	return bytes.subarray(0, length);
}

/** As `toBase64`, as text in Latin-1 that is to be no string. */
export function encodeBase64(bytes: Uint8Array): Buffer {
	const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const text = Buffer.allocUnsafeSlow(Math.ceil(bytes.length / 3) * 4);
	for (let at = 0; at < bytes.length; at += piece)
		text.write(source.toString('base64', at, at + piece), (at / 3) * 4, 'latin1');
	return text;
}

export function toBase64(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
