import fs from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {decodeText, type Decoded} from '../core/text/decode.ts';
import {codeOf} from '../core/system-error.ts';

/** How soon a pipe that has nothing yet is looked at again, ms. */
const againMs = 20;

/**
 * The text that a descriptor gives that was handed to us, or undefined when it is more than `most` bytes. Waits for a
 * pipe that is not ready, and a signal can still end the program. Throws what the system says.
 */
export async function readDescriptor(descriptor: number, most: number): Promise<Decoded | undefined> {
	const own = ownOf(descriptor);
	const bytes = Buffer.alloc(most + 1);
	try {
		let length = 0;
		while (length < bytes.length) {
			const read = readNow(own ?? descriptor, bytes, length);
			if (read === undefined) await delay(againMs);
			else if (read === 0) return decodeText(bytes.subarray(0, length));
			else length += read;
		}

		return undefined;
	} finally {
		bytes.fill(0);
		if (own !== undefined) fs.closeSync(own);
	}
}

/** How many bytes came; 0 at the end, undefined when there are none yet. */
function readNow(descriptor: number, bytes: Buffer, offset: number): number | undefined {
	try {
		return fs.readSync(descriptor, bytes, offset, bytes.length - offset, null);
	} catch (error) {
		if (codeOf(error) === 'EAGAIN') return undefined;
		throw error;
	}
}

/**
 * The same pipe once more, as one that never blocks: a read that blocks would keep every listener of a signal
 * waiting, and to change the descriptor itself would change it for the programs that share it. Undefined where that
 * cannot be had.
 */
function ownOf(descriptor: number): number | undefined {
	if (!fs.fstatSync(descriptor).isFIFO()) return undefined;
	try {
		return fs.openSync(`/proc/self/fd/${descriptor}`, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
	} catch {
		return undefined;
	}
}
