import {closeSync, constants, fstatSync, openSync, readSync} from 'node:fs';
import {codeOf, reasonOf} from '../core/system-error.ts';
import {msg} from '../language/translate.ts';
import type {Tally, Unread} from './report.ts';
import type {Match, StreamSearch} from './stream-search.ts';

/** What is searched of a file that was not named itself, in bytes: a log may be larger than all else. */
export const mostOfFile = 256 * 1024 * 1024;

export type FileSearch = {
	/** Whether all of the file is searched, however large it is. */
	readonly isNamed: boolean;
	readonly search: StreamSearch;
	readonly tally: Tally;
	readonly onMatch: (match: Match, mode: number) => void;
	readonly onUnread: (unread: Unread) => void;
	/** Called between two pieces; it may throw, which ends the search. */
	readonly pause: () => Promise<void>;
};

/** Searches a plain file, and says nothing of any other kind; never waits for a pipe. */
export async function searchFile(path: string, options: FileSearch): Promise<void> {
	const {isNamed, onUnread} = options;
	let descriptor: number;
	try {
		descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
	} catch (error) {
		// It is gone, or a link or a socket has taken its place.
		if (!['ENOENT', 'ELOOP', 'ENXIO'].includes(codeOf(error))) onUnread({path, reason: () => reasonOf(error)});
		return;
	}

	try {
		const stats = fstatSync(descriptor);
		if (stats.isFile()) await searchOpen(path, descriptor, stats.mode & 0o777, options);
		else if (isNamed) onUnread({path, reason: msg`it is no plain file`});
	} finally {
		closeSync(descriptor);
	}
}

async function searchOpen(path: string, descriptor: number, mode: number, options: FileSearch): Promise<void> {
	const {isNamed, search, tally, onMatch, onUnread, pause} = options;
	const most = isNamed ? Infinity : mostOfFile;
	tally.files++;
	search.begin(match => {
		onMatch(match, mode);
	});
	for (let searched = 0; ;) {
		let length: number;
		try {
			length = readSync(descriptor, search.room());
		} catch (error) {
			onUnread({path, reason: () => reasonOf(error)});
			return;
		}

		if (length === 0) {
			search.finish();
			return;
		}

		search.take(length);
		searched += length;
		tally.bytes += length;
		if (searched >= most) {
			search.finish();
			onUnread({
				path,
				reason: msg`only its first ${most / 1024 / 1024} MiB were searched; name the file itself for all`,
			});
			return;
		}

		await pause();
	}
}
