import {setTimeout as sleep} from 'node:timers/promises';
import {asState, lifeOf, type SandboxKey, type SandboxState} from './state.ts';
import type {SandboxStorage} from './storage.ts';

const writtenEveryMs = 3_600_000;
/** How long others are waited for, so that a test of a thousand keys is not a thousand saves. */
const gatheredMs = 20;

/**
 * When keys were last used, for the 14-day rule. Kept in memory and written down at most once an hour for each key,
 * many with one save, so that a call that only reads does not save a vault each time. Keys that the rule does not
 * cover are not kept at all.
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
						const state = asState(stored);
						return state ? applied(state) : stored;
					},
					{routine: true},
				);
			} catch {
				// A vault that is locked or busy just now gets it with the next write, or with the next call.
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
		/** A state with the uses that only memory knows. */
		applied,
		/** Resolves when nothing is being written any more. */
		settled: async () => {
			await writing;
		},
	};
}
