import {readdirSync, unlinkSync, type BigIntStats} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {geteuid} from 'node:process';
import {reasonOf, remedyOf} from '../../core/system-error.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {AppError, isAppError} from '../../core/errors.ts';
import {makeFolder, nearest} from '../../files/folders.ts';
import {lockOf, takeLock} from '../../files/lock.ts';
import {loadConf, replacerOf} from '../../files/replace-file.ts';
import {backupsOf, detach, putBack, sync} from './backups.ts';
import {
	largest,
	readGuarded,
	refuseObstacle,
	refuseUnsafeFolder,
	refuseUnsafePath,
	statOf,
	versionOf,
} from './file-guard.ts';
import type {SealedStore, Stored} from './store.ts';
import {watchFile} from './watch.ts';
import {t} from '../../language/translate.ts';

export type FileOptions = {
	readonly path: string;
	/** Folders are made below this one only; anywhere without it. */
	readonly base?: string | undefined;
	readonly clock: () => number;
	/** How long a change waits for another program's. */
	readonly lockWaitMs?: number | undefined;
};

const leftoverAgeMs = 60_000;

export function fileStoreAt({path, base, clock, lockWaitMs = 5000}: FileOptions): SealedStore {
	const folder = dirname(path);
	const name = basename(path);
	const owner = geteuid?.();
	const backups = backupsOf(path, owner);
	/** What was read under the lock that is held, so that a save does not read it twice. */
	let underLock: Stored | undefined;
	let isLocked = false;
	let replace: Awaited<ReturnType<typeof replacerOf>> | undefined;

	function read(): Stored {
		return readGuarded(path, owner);
	}

	function version(): string | null {
		const stats = statOf(path, owner);
		return stats ? versionOf(stats) : null;
	}

	function current(expected: string): Stored {
		const present = version();
		if (present === null) throw new AppError('vault-vanished', {path: sanitize(path)});
		const stored = underLock?.version === present ? underLock : read();
		if (stored.version !== expected) throw notSaved(t`another program wrote to it without asking for its lock`);
		return stored;
	}

	return {
		id: path,
		description: path,
		largest,
		former: 'backups/former-1',
		version: async () => version(),
		watch: (onChange, onLost) => watchFile(path, onChange, onLost),
		async read() {
			if (version() !== null) refuseUnsafeFolder(folder, owner);
			const stored = read();
			if (isLocked) underLock = stored;
			return stored;
		},
		earlier: async () => backups.list(),
		async archive() {
			attempt(() => backups.retire());
		},
		checkBackupTarget(file) {
			if (backups.holds(file))
				throw new AppError('invalid', {
					problem: t`The folder backups is for the saves that the program itself keeps.`,
					fix: t`Choose another place, best on another disk.`,
				});
		},
		async write(bytes, expected, {aside = false, replacesRoutine = false} = {}) {
			refuseUnsafeFolder(folder, owner);
			if (expected === null && version() !== null) throw new AppError('vault-exists', {path: sanitize(path)});
			const before = expected === null ? null : current(expected);
			let backup: string | undefined;
			let saved: Stored;
			try {
				replace ??= await replacerOf(path);
				if (before) backup = aside ? backups.keepAside() : backups.keep();
				replace(bytes);
				saved = readBack();
				// conf does not check how much of its text the disk took.
				if (!saved.bytes.equals(bytes))
					throw notSaved(t`what was read back is not what was written; the disk may be full`);
				// A power cut could lose the name of a new file, and the vault behind its recovery key with it.
				if (!before) sync(folder);
			} catch (cause) {
				undo(before, backup);
				throw isAppError(cause) ? cause : notSaved(reasonOf(cause), cause);
			}

			try {
				if (before && backup !== undefined) detach(path, backup, before.bytes);
				// A power cut could bring the earlier file back after the new one was said to be saved.
				sync(folder);
			} catch (cause) {
				throw new AppError(
					'saved-not-durable',
					{
						path: sanitize(path),
						reason: reasonOf(cause),
						fix: t`A power cut now could undo it: check the disk, then check whether the change is still there.`,
					},
					{cause},
				);
			}

			attempt(() => {
				if (replacesRoutine && !aside && backup !== undefined) backups.markRoutine(backup);
				else if (before) backups.prune();
			});
			return {version: saved.version, ...(aside && backup !== undefined && {keptAs: backup})};
		},
		async exclusively(work) {
			refuseUnsafeFolder(folder, owner);
			// Before the lock is taken, so that no other program waits for it.
			await loadConf();
			const lock = lockOf(path);
			const release = await takeLock(lock, lockWaitMs).catch((error: unknown) => {
				refuseObstacle(lock, owner, error);
				throw notSaved(reasonOf(error), error, lock);
			});
			if (!release) throw new AppError('vault-busy', {path: sanitize(path)});
			isLocked = true;
			try {
				return await work();
			} finally {
				isLocked = false;
				underLock = undefined;
				release();
			}
		},
		async preload() {
			replace ??= await replacerOf(path);
		},
		async initialize() {
			refuseUnsafePath(nearest(folder), owner);
			try {
				for (const made of makeFolder(folder, base)) sync(dirname(made));
			} catch (cause) {
				refuseObstacle(folder, owner, cause);
				throw notSaved(reasonOf(cause), cause);
			}
		},
		async cleanUp() {
			const cut = clock() - leftoverAgeMs;
			attempt(() => {
				for (const entry of readdirSync(folder)) {
					if (entry.startsWith(`${name}.tmp-`) && isLeftover(statOf(join(folder, entry)), cut))
						attempt(() => unlinkSync(join(folder, entry)));
				}
			});
		},
	};

	function notSaved(reason: string, cause?: unknown, about?: string): AppError {
		const fix = remedyOf(cause, about) ?? t`Free some space or repair the disk, then repeat the change.`;
		return new AppError('not-saved', {path: sanitize(path), reason, fix}, {cause});
	}

	function readBack(): Stored {
		try {
			return read();
		} catch (cause) {
			throw notSaved(
				isAppError(cause, 'vault-unreadable')
					? t`what was written cannot be read back: ${cause.details.reason}`
					: t`what was written cannot be read back`,
				cause,
			);
		}
	}

	function undo(before: Stored | null, backup: string | undefined): void {
		try {
			if (!before) {
				attempt(() => unlinkSync(path));
			} else if (backup !== undefined) {
				// The new file has not taken its place: leave it untouched.
				if (version() === before.version) attempt(() => unlinkSync(backup));
				else putBack(path, backup, before.bytes);
			}
		} catch (cause) {
			throw new AppError(
				'save-state-unknown',
				{
					path: sanitize(path),
					backup: sanitize(backup ?? ''),
					fix: t`Repair the disk, then check whether the change is there.`,
				},
				{cause},
			);
		}
	}
}

function isLeftover(stats: BigIntStats | undefined, cut: number): boolean {
	return stats !== undefined && stats.isFile() && Number(stats.mtimeMs) < cut;
}

function attempt(work: () => void): void {
	try {
		work();
	} catch {}
}
