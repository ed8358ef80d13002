import {accessSync, constants, writeFileSync} from 'node:fs';
import {DatabaseSync} from 'node:sqlite';
import {setTimeout as sleep} from 'node:timers/promises';
import {codeOf} from '../../core/system-error.ts';

/** SQLite's answer when another connection holds the lock. */
const busy = 5;

/**
 * Takes a lock that one holder at a time can have, over all programs and within this one. Gives what ends it, or null
 * when it could not be had within `waitMs`. Waits without blocking.
 *
 * SQLite takes a real lock of the kernel on the file, so a holder that is killed has let go: there are no stale locks
 * to judge. The file stays empty and is never removed, because a lock on a removed file keeps nobody out. System
 * errors pass through.
 */
export async function takeLock(path: string, waitMs: number): Promise<(() => void) | null> {
	const end = performance.now() + waitMs;
	for (;;) {
		const release = take(path);
		if (release) return release;
		const left = end - performance.now();
		if (left <= 0) return null;
		// Unequal waits, so that two that met once do not meet for ever.
		await sleep(Math.min(left, 5 + Math.random() * 20));
	}
}

function take(path: string): (() => void) | null {
	try {
		// Made here for its mode. One that is there is not opened: closing it would end this process's locks on it.
		writeFileSync(path, '', {flag: 'wx', mode: 0o600});
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
		// SQLite would not say why it cannot write.
		accessSync(path, constants.W_OK);
	}

	const database = new DatabaseSync(path, {timeout: 0});
	try {
		// The journal in memory, so that nothing appears beside the lock and it works on a full disk.
		database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
		return () => database.close();
	} catch (error) {
		database.close();
		if (error instanceof Error && 'errcode' in error && error.errcode === busy) return null;
		throw error;
	}
}
