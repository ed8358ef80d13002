import {createHash, randomFillSync} from 'node:crypto';
import {
	closeSync,
	constants,
	fstatSync,
	fsyncSync,
	lstatSync,
	openSync,
	readSync,
	unlinkSync,
	writeSync,
} from 'node:fs';
import {dirname} from 'node:path';

const piece = 64 * 1024;

/** Why a file was left as it is. */
export type NotShredded = 'changed' | 'not-a-file' | 'linked';

/**
 * Overwrites a file with noise, waits for the disk, and removes it, if it still holds the content with this SHA-256.
 * Undefined when it is gone; throws system errors. A disk may keep the old blocks all the same.
 */
export function shredFile(path: string, sha256: string): NotShredded | undefined {
	if (!lstatSync(path).isFile()) return 'not-a-file';
	const descriptor = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
	try {
		const {size, nlink, dev, ino} = fstatSync(descriptor);
		if (nlink !== 1) return 'linked';
		if (digestOf(descriptor) !== sha256) return 'changed';
		const noise = Buffer.alloc(piece);
		for (let at = 0; at < size;) at += writeSync(descriptor, randomFillSync(noise), 0, Math.min(piece, size - at), at);
		fsyncSync(descriptor);
		const now = lstatSync(path);
		if (now.dev !== dev || now.ino !== ino) return 'changed';
		unlinkSync(path);
	} finally {
		closeSync(descriptor);
	}

	syncFolder(dirname(path));
	return undefined;
}

function digestOf(descriptor: number): string {
	const hash = createHash('sha256');
	const bytes = Buffer.alloc(piece);
	try {
		for (let at = 0; ;) {
			const read = readSync(descriptor, bytes, 0, piece, at);
			if (read === 0) return hash.digest('hex');
			hash.update(bytes.subarray(0, read));
			at += read;
		}
	} finally {
		bytes.fill(0);
	}
}

function syncFolder(folder: string): void {
	const descriptor = openSync(folder, constants.O_RDONLY);
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
