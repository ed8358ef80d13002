import {closeSync, constants, fstatSync, openSync, readSync, type BigIntStats} from 'node:fs';

export type ReadOptions = {
	/** Bytes that are read at most. */
	readonly most: number;
	/**
	 * Sees what was opened, before any of it is read, and throws for what is not wanted: at least for all but plain
	 * files.
	 */
	readonly judge: (stats: BigIntStats, descriptor: number) => void;
	/** Whether a link in the place of the file is followed; without it, the system says ELOOP. */
	readonly isLinkFollowed?: boolean;
};

/**
 * The bytes of a file, which the caller wipes if they are secret; undefined when there are more than `most`, whatever
 * the file said of its size. Waits for no pipe. What was judged is what is read, whatever takes its place meanwhile.
 * System errors pass through.
 */
export function readBounded(
	path: string,
	{most, judge, isLinkFollowed = false}: ReadOptions,
): {readonly bytes: Buffer | undefined; readonly stats: BigIntStats} {
	const descriptor = openSync(
		path,
		constants.O_RDONLY | constants.O_NONBLOCK | (isLinkFollowed ? 0 : constants.O_NOFOLLOW),
	);
	try {
		const stats = fstatSync(descriptor, {bigint: true});
		judge(stats, descriptor);
		return {bytes: stats.size > most ? undefined : readToEnd(descriptor, Number(stats.size), most), stats};
	} finally {
		close(descriptor);
	}
}

/** The size that a file says is only where to begin: it may grow, and those of /proc say 0. */
function readToEnd(descriptor: number, expected: number, most: number): Buffer | undefined {
	let bytes = Buffer.alloc(Math.min(expected, most) + 1);
	let length = 0;
	for (;;) {
		const read = readSync(descriptor, bytes, length, bytes.length - length, null);
		if (read === 0) return bytes.subarray(0, length);
		length += read;
		if (length <= most && length < bytes.length) continue;
		const before = bytes;
		if (length <= most) {
			bytes = Buffer.alloc(Math.min(before.length * 2, most + 1));
			bytes.set(before);
		}

		before.fill(0);
		if (length > most) return undefined;
	}
}

/** What a path leads to, for a sentence that begins with "it is"; undefined for a plain file. */
export function otherThanFile(stats: BigIntStats): string | undefined {
	if (stats.isFile()) return undefined;
	if (stats.isDirectory()) return 'a folder';
	if (stats.isSymbolicLink()) return 'a symbolic link';
	return stats.isFIFO() ? 'a pipe' : 'a socket or a device';
}

/** Of a file that was only read, nothing can be lost when closing it fails. */
function close(descriptor: number): void {
	try {
		closeSync(descriptor);
	} catch {}
}
