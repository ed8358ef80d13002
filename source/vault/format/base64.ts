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

export function toBase64(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
