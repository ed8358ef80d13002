import {closeSync, constants, fstatSync, openSync, readSync, type BigIntStats} from 'node:fs';
import {t} from '../language/translate.ts';

export type ReadOptions = {
	/** Limit in bytes. */
	readonly most: number;
	/** Called after opening and before reading; it must throw for all but plain files. */
	readonly judge: (stats: BigIntStats, descriptor: number) => void;
	/** Without it, a link at the path fails with ELOOP. */
	readonly isLinkFollowed?: boolean;
};

/**
 * The file's bytes, for the caller to wipe if they are secret; undefined if there are more than `most`. Never waits for
 * a pipe, reads exactly the file that was judged, and throws system errors.
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

/** The reported size is only a first guess: files grow, and those of /proc report 0. */
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

/** Continues a sentence that begins with “it is”; undefined for a plain file. */
export function otherThanFile(stats: BigIntStats): string | undefined {
	if (stats.isFile()) return undefined;
	if (stats.isDirectory()) return t`a folder`;
	if (stats.isSymbolicLink()) return t`a symbolic link`;
	return stats.isFIFO() ? t`a pipe` : t`a socket or a device`;
}

function close(descriptor: number): void {
	try {
		closeSync(descriptor);
	} catch {}
}
