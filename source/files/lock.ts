import {accessSync, constants, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {setTimeout as sleep} from 'node:timers/promises';
import {codeOf} from '../core/system-error.ts';

const busy = 5;

/** The lock file beside a vault. */
export function lockOf(vault: string): string {
	return join(dirname(vault), `.${basename(vault)}.lock`);
}

/**
 * Takes a lock that one holder at a time can have, across all programs and within this one; gives its release, or
 * null after `waitMs`, and throws system errors. SQLite uses a kernel lock, which ends with its holder, so no lock
 * is ever stale; the file is never removed, because a lock on a removed file excludes no other program.
 */
export async function takeLock(path: string, waitMs: number): Promise<(() => void) | null> {
	const end = performance.now() + waitMs;
	for (;;) {
		const release = take(path);
		if (release) return release;
		const left = end - performance.now();
		if (left <= 0) return null;
		// Unequal waits, so that two programs do not meet again and again.
		await sleep(Math.min(left, 5 + Math.random() * 20));
	}
}

function take(path: string): (() => void) | null {
	try {
		// Made here for its mode. A present file is not opened: closing it would end this process's locks on it.
		writeFileSync(path, '', {flag: 'wx', mode: 0o600});
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
		// SQLite would not say why it cannot write.
		accessSync(path, constants.W_OK);
	}

	const database = new DatabaseSync(path, {timeout: 0});
	try {
		// With its journal in memory, it needs no file beside the lock and works on a full disk.
		database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
		return () => database.close();
	} catch (error) {
		database.close();
		if (error instanceof Error && 'errcode' in error && error.errcode === busy) return null;
		throw error;
	}
}
