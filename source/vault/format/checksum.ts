import {createHash} from 'node:crypto';

export const checksumLength = 3;

/** Tells a mistyped or cut key from a wrong one; 24 bits of a hash give nothing away of 256 random bits. */
export function checksum(what: 'recovery' | 'key file', key: Uint8Array): Buffer {
	return createHash('sha256').update(`okx-keys/v1 ${what} checksum`).update(key).digest().subarray(0, checksumLength);
}
