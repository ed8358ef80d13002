/** An id of 128 random bits, as hex. */
export function randomId(random: (bytes: number) => Uint8Array): string {
	return Array.from(random(16), byte => byte.toString(16).padStart(2, '0')).join('');
}
