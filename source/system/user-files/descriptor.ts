import fs from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {decodeText, type Decoded} from '../../core/text/reading/decode.ts';
import {codeOf} from '../../core/system-error.ts';

const againMs = 20;

/**
 * Reads a descriptor that was handed to this process; waits for a pipe that is not ready, and a signal can still
 * end the program. Undefined for more than `most` bytes; throws the system's error.
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

/** 0 at the end, undefined when no byte is there yet. */
function readNow(descriptor: number, bytes: Buffer, offset: number): number | undefined {
	try {
		return fs.readSync(descriptor, bytes, offset, bytes.length - offset, null);
	} catch (error) {
		if (codeOf(error) === 'EAGAIN') return undefined;
		throw error;
	}
}

/**
 * Opens the same pipe again without blocking, because a blocking read would delay every signal listener, and
 * changing the given descriptor would change it for the programs that share it. Undefined where that is not
 * possible.
 */
function ownOf(descriptor: number): number | undefined {
	if (!fs.fstatSync(descriptor).isFIFO()) return undefined;
	try {
		return fs.openSync(`/proc/self/fd/${descriptor}`, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
	} catch {
		return undefined;
	}
}
