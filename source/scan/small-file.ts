import {closeSync, constants, fstatSync, openSync, readSync} from 'node:fs';

/** The beginning of a plain file, in so many bytes; undefined for anything else. Follows no link, waits for no pipe. */
export function beginningOfFile(path: string, most: number): string | undefined {
	let descriptor: number;
	try {
		descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
	} catch {
		return undefined;
	}

	try {
		if (!fstatSync(descriptor).isFile()) return undefined;
		const bytes = Buffer.alloc(most);
		return bytes.toString('utf8', 0, readSync(descriptor, bytes));
	} catch {
		return undefined;
	} finally {
		closeSync(descriptor);
	}
}
