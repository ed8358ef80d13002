import {createHash} from 'node:crypto';
import {readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {makeFolder} from '../files/folders.ts';

/** One save of a vault. */
export type Save = {readonly rev: number; readonly mac: string};

/** Whether one save comes before another, or claims its place. */
export function isOlder(save: Save, than: Save): boolean {
	return save.rev < than.rev || (save.rev === than.rev && save.mac !== than.mac);
}

/**
 * What this machine remembers of the saves it has seen, so that an older copy in the vault's place is noticed: a backup
 * that somebody brought back, or a stale share. It holds no secret, and is no defence against somebody who can write
 * here too.
 */
export type Seen = {
	/** The newest save that was seen of a vault at a place; undefined when none was, or when the memory cannot be read. A copy elsewhere is a vault by itself. */
	readonly of: (place: string, vaultId: string) => Save | undefined;
	/** Never throws: a memory that is lost costs only the warning. */
	readonly note: (place: string, vaultId: string, save: Save) => void;
};

/** The memory in a folder that is made when there is something to remember: a file for each vault, so that two programs with two vaults do not meet. Only below `base`, if there is one. */
export function seenIn(folder: string, base?: string): Seen {
	function fileOf(place: string, vaultId: string): string {
		return join(folder, `${createHash('sha256').update(`${vaultId} ${place}`).digest('hex')}.json`);
	}

	function of(place: string, vaultId: string): Save | undefined {
		try {
			const value: unknown = JSON.parse(readFileSync(fileOf(place, vaultId), 'utf8'));
			return isSave(value) ? value : undefined;
		} catch {
			return undefined;
		}
	}

	return {
		of,
		note(place, vaultId, {rev, mac}) {
			const before = of(place, vaultId);
			if (before?.rev === rev && before.mac === mac) return;
			const file = fileOf(place, vaultId);
			const half = `${file}.tmp-${Math.random().toString(36).slice(2)}`;
			try {
				makeFolder(folder, base);
				writeFileSync(half, `${JSON.stringify({rev, mac})}\n`, {mode: 0o600, flag: 'wx'});
				renameSync(half, file);
			} catch {
				// A read-only home or a full disk must not keep anybody from his keys.
				try {
					rmSync(half, {force: true});
				} catch {}
			}
		},
	};
}

function isSave(value: unknown): value is Save {
	return typeof value === 'object' && value !== null && 'rev' in value && Number.isSafeInteger(value.rev) && 'mac' in value && typeof value.mac === 'string';
}
