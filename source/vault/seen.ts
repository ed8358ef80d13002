import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** One save of a vault. */
type Save = {readonly rev: number; readonly mac: string};

/**
 * What this machine remembers of the saves it has seen, so that an older copy in the vault's place is noticed: a backup
 * that somebody brought back, or a stale share. It holds no secret, and is no defence against somebody who can write
 * here too.
 */
export type Seen = {
	/** The newest save that was seen; undefined when none was, or when the memory cannot be read. */
	readonly of: (vaultId: string) => Save | undefined;
	/** Never throws: a memory that is lost costs only the warning. */
	readonly note: (vaultId: string, save: Save) => void;
};

/** The memory in `seen.json` of a folder, which is made when there is something to remember. */
export function seenIn(folder: string): Seen {
	const file = join(folder, 'seen.json');

	function all(): ReadonlyMap<string, Save> {
		try {
			const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
			return new Map(Object.entries(value as object).filter((entry): entry is [string, Save] => isSave(entry[1])));
		} catch {
			return new Map();
		}
	}

	return {
		of: vaultId => all().get(vaultId),
		note(vaultId, {rev, mac}) {
			const known = all();
			const before = known.get(vaultId);
			if (before?.rev === rev && before.mac === mac) return;
			const half = `${file}.tmp-${Math.random().toString(36).slice(2)}`;
			try {
				mkdirSync(folder, {recursive: true, mode: 0o700});
				writeFileSync(half, `${JSON.stringify(Object.fromEntries([...known, [vaultId, {rev, mac}]]), undefined, '\t')}\n`, {mode: 0o600, flag: 'wx'});
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
