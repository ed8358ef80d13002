import {hash} from 'node:crypto';
import {lstatSync, renameSync, rmSync, writeFileSync, type BigIntStats} from 'node:fs';
import {join} from 'node:path';
import {geteuid} from 'node:process';
import {sanitize} from '../core/text/sanitize.ts';
import {shellQuotePath} from '../core/text/shell.ts';
import type {Problem} from '../core/problem.ts';
import {codeOf} from '../core/system-error.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {makeFolder} from '../files/folders.ts';
import {otherThanFile, readBounded} from '../files/read.ts';
import {refuseForeign, refuseObstacle, refuseUnsafePath} from './store/file-guard.ts';
import {isObject} from '../core/is-object.ts';
import {t} from '../language/translate.ts';

const most = 4096;

export type Save = {readonly rev: number; readonly mac: string};

export function isOlder(save: Save, than: Save): boolean {
	return save.rev < than.rev || (save.rev === than.rev && save.mac !== than.mac);
}

/**
 * Remembers the saves that this machine has seen, so that an older copy in the vault's place is noticed. It holds no
 * secret, and is no defence against an attacker who can write here too.
 */
export type SeenRevisions = {
	/**
	 * The newest save seen of a vault in a store; undefined when none was seen or the memory is damaged. A copy
	 * elsewhere counts as another vault. Throws `vault-unsafe` when another user could have changed the memory.
	 */
	readonly of: (storeId: string, vaultId: string) => Save | undefined;
	/** Never throws: a lost memory costs only the warning. */
	readonly note: (storeId: string, vaultId: string, save: Save) => void;
	/** Reports each damaged file once and starts it anew; undefined when nothing is left to report. */
	readonly takeDamage: () => Problem | undefined;
};

const damaged = (): Problem => ({
	problem: t`The record of the saves of this vault that this machine has seen was damaged; it starts again
		with this one.`,
	fix: t`Check that your latest changes are there: an older copy would not have been noticed.`,
});

/**
 * Keeps the memory in a folder that is made when needed, only below `base` if there is one; one file for each vault, so
 * that two programs with two vaults do not meet.
 */
export function seenRevisionsIn(folder: string, base?: string): SeenRevisions {
	const owner = geteuid?.();
	const told = new Set<string>();
	const untold: string[] = [];
	/** What was found in each file since a save was noted. */
	const found = new Map<string, Save>();

	function noteDamage(file: string): undefined {
		if (told.has(file)) return;
		told.add(file);
		untold.push(file);
	}

	function fileOf(storeId: string, vaultId: string): string {
		return join(folder, `${hash('sha256', `${vaultId} ${storeId}`)}.json`);
	}

	function judge(file: string, stats: BigIntStats): void {
		const what = otherThanFile(stats);
		if (what !== undefined)
			throw unsafe(
				file,
				t`is ${what}`,
				t`Check what it is, and move it away: this machine keeps its record of seen saves there.`,
			);
		refuseForeign(file, stats, owner);
		if ((stats.mode & 0o022n) !== 0n)
			throw unsafe(
				file,
				t`can be written by other users`,
				t`Run chmod 600 ${shellQuotePath(file)}; this machine keeps its record of seen saves there.`,
			);
	}

	function of(storeId: string, vaultId: string): Save | undefined {
		const file = fileOf(storeId, vaultId);
		found.delete(file);
		try {
			const stats = lstatSync(folder, {bigint: true, throwIfNoEntry: false});
			if (!stats) return undefined;
			if (!stats.isSymbolicLink()) refuseForeign(folder, stats, owner);
			refuseUnsafePath(folder, owner);
			const present = lstatSync(file, {bigint: true, throwIfNoEntry: false});
			if (!present) return undefined;
			judge(file, present);
			const value: unknown = JSON.parse(
				readBounded(file, {
					most,
					judge: stats => {
						judge(file, stats);
					},
				}).bytes?.toString() ?? '',
			);
			if (!isSave(value)) return noteDamage(file);
			found.set(file, value);
			return value;
		} catch (error) {
			if (isAppError(error, 'vault-unsafe')) throw error;
			refuseObstacle(file, owner, error);
			// Where the folder cannot be, no memory was lost.
			return ['ENOENT', 'ENOTDIR'].includes(codeOf(error)) ? undefined : noteDamage(file);
		}
	}

	return {
		of,
		takeDamage: () => (untold.shift() === undefined ? undefined : damaged()),
		note(storeId, vaultId, {rev, mac}) {
			const file = fileOf(storeId, vaultId);
			const half = `${file}.tmp-${Math.random().toString(36).slice(2)}`;
			const isSame = (save: Save | undefined) => save?.rev === rev && save.mac === mac;
			try {
				// Most vaults are opened as they were seen last, which has just been read.
				if (isSame(found.get(file)) || isSame(of(storeId, vaultId))) return;
				makeFolder(folder, base);
				writeFileSync(half, `${JSON.stringify({rev, mac})}\n`, {mode: 0o600, flag: 'wx'});
				renameSync(half, file);
			} catch {
				// A read-only home or a full disk must not keep the vault closed.
				try {
					rmSync(half, {force: true});
				} catch {}
			} finally {
				found.delete(file);
			}
		},
	};
}

function unsafe(path: string, problem: string, fix: string): AppError {
	return new AppError('vault-unsafe', {path: sanitize(path), problem, fix});
}

function isSave(value: unknown): value is Save {
	return isObject(value) && Number.isSafeInteger(value['rev']) && typeof value['mac'] === 'string';
}
