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

/** Some megabytes are worked on in pieces of so many bytes, which stay in the processor's cache. */
export const piece = 48 * 1024;
const pieceText = (piece / 3) * 4;

const [minus, underscore, equals] = ['-', '_', '='].map(sign => sign.charCodeAt(0));

/** As `fromBase64`, of a text in Latin-1 that is not a string yet. */
export function decodeBase64(text: Uint8Array): Buffer | null {
	const source = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
	// Node's decoder reads the alphabet of URLs too. Whatever else is no base64 it skips, so that bytes are missing.
	if (source.length % 4 !== 0 || source.includes(minus!) || source.includes(underscore!)) return null;
	const padding = source.at(-1) !== equals ? 0 : source.at(-2) === equals ? 2 : 1;
	const bytes = Buffer.allocUnsafeSlow((source.length / 4) * 3 - padding);
	let length = 0;
	for (let at = 0; at < source.length; at += pieceText) {
		length += bytes.write(source.toString('latin1', at, at + pieceText), length, 'base64');
		if (length !== Math.min(((at + pieceText) / 4) * 3, bytes.length)) return null;
	}

	// Padding leaves bits over, which only one spelling has as zeros.
	const group = Math.max(0, source.length - 4);
	return bytes.toString('base64', (group / 4) * 3) === source.toString('latin1', group) ? bytes : null;
}

export function base64Length(length: number): number {
	return Math.ceil(length / 3) * 4;
}

export function toBase64(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
