import {writeSync} from 'node:fs';

/** Writes at once what the descriptor takes. Gives the rest, and why it could not be written. */
export function writeNow(descriptor: number, bytes: Buffer): {readonly rest: Buffer; readonly error?: unknown} {
	let written = 0;
	try {
		while (written < bytes.length) written += writeSync(descriptor, bytes, written);
		return {rest: bytes.subarray(written)};
	} catch (error) {
		return {rest: bytes.subarray(written), error};
	}
}
