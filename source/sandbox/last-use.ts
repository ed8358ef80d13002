import {daysLeft} from '../core/rules.ts';
import {asState, type SandboxKey, type SandboxState} from './state.ts';
import type {SandboxStorage} from './storage.ts';

const writtenEveryMs = 3_600_000;

/**
 * When keys were last used, for the 14-day rule. Kept in memory and written down at most once an hour for each key, so
 * that a call that only reads does not save a vault each time. Keys that the rule does not cover are not kept at all.
 */
export function createLastUse(storage: SandboxStorage) {
	const used = new Map<string, number>();
	const written = new Map<string, number>();
	let writing: Promise<void> = Promise.resolve();

	function applied(state: SandboxState): SandboxState {
		if (used.size === 0) return state;
		return {...state, keys: state.keys.map(key => ({...key, lastUsedAt: used.get(key.apiKey) ?? key.lastUsedAt}))};
	}

	function note(key: SandboxKey, now: number): void {
		if (daysLeft(key, now) === null) return;
		const {apiKey} = key;
		const last = written.get(apiKey) ?? key.lastUsedAt ?? -Infinity;
		used.set(apiKey, now);
		if (now - last < writtenEveryMs) return;
		written.set(apiKey, now);
		// A vault that is locked or busy just now gets it with the next write, or with the next call.
		writing = writing.then(() => storage.update(stored => {
			const state = asState(stored);
			return state ? applied(state) : stored;
		})).catch(() => {
			written.delete(apiKey);
		});
	}

	return {
		note,
		/** A state with the uses that only memory knows. */
		applied,
		/** Resolves when nothing is being written any more. */
		settled: () => writing,
	};
}
