import {hash} from 'node:crypto';

export const checksumLength = 3;

/** Tells a mistyped or cut key from a wrong one; 24 bits of a hash give nothing away of 256 random bits. */
export function checksum(what: 'recovery' | 'key file', key: Uint8Array): Buffer {
	const bytes = Buffer.concat([Buffer.from(['okx-keys/v1', what, 'checksum'].join(' ')), key]);
	try {
		return hash('sha256', bytes, 'buffer').subarray(0, checksumLength);
	} finally {
		bytes.fill(0);
	}
}
