/** Random bytes, of `bytes` length, from the system's secure source. */
export type Random = (bytes: number) => Uint8Array;

/** An id of 128 random bits, as hex. */
export function randomId(random: Random): string {
	return Array.from(random(16), byte => byte.toString(16).padStart(2, '0')).join('');
}
