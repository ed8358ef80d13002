/** `bytes` random bytes from the system's secure source. */
export type Random = (bytes: number) => Uint8Array;

/** 128 random bits as hex. */
export function randomId(random: Random): string {
	return Array.from(random(16), byte => byte.toString(16).padStart(2, '0')).join('');
}
