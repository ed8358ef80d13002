import {setTimeout as sleep} from 'node:timers/promises';
import {parseSandboxState, lifeOf, type SandboxKey, type SandboxState} from './state.ts';
import type {SandboxStorage} from './storage.ts';

const writtenEveryMs = 3_600_000;
/** Collects uses, so that a test of a thousand keys is not a thousand saves. */
const gatheredMs = 20;

/**
 * Last uses, for the 14-day rule of keys that it covers. Kept in memory and saved in batches, at most hourly for each
 * key, so that reads do not save a vault each time.
 */
export function createLastUse(storage: SandboxStorage) {
	const used = new Map<string, number>();
	const written = new Map<string, number>();
	let due: string[] = [];
	let writing: Promise<void> | undefined;

	function applied(state: SandboxState): SandboxState {
		if (used.size === 0) return state;
		return {...state, keys: state.keys.map(key => ({...key, lastUsedAt: used.get(key.apiKey) ?? key.lastUsedAt}))};
	}

	async function write(): Promise<void> {
		while (due.length > 0) {
			await sleep(gatheredMs);
			const gathered = due;
			due = [];
			try {
				await storage.update(
					stored => {
						const state = parseSandboxState(stored);
						return state ? applied(state) : stored;
					},
					{routine: true},
				);
			} catch {
				// If the vault is locked or busy now, the next write or call brings it along.
				for (const apiKey of gathered) written.delete(apiKey);
			}
		}

		writing = undefined;
	}

	function note(key: SandboxKey, now: number): void {
		if (lifeOf(key, now) === null) return;
		const {apiKey} = key;
		const last = written.get(apiKey) ?? key.lastUsedAt ?? -Infinity;
		used.set(apiKey, now);
		if (now - last < writtenEveryMs) return;
		written.set(apiKey, now);
		due.push(apiKey);
		writing ??= write();
	}

	return {
		note,
		applied,
		settled: async () => {
			await writing;
		},
	};
}
