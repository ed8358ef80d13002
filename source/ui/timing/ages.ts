import type {ShownKey} from '../../core/key/operation.ts';

/** The latest test of all keys, ms since 1970. */
export function latestTestOf(keys: readonly ShownKey[]): number {
	let latest = -Infinity;
	for (const {lastTest} of keys) if (lastTest && lastTest.at > latest) latest = lastTest.at;
	return latest;
}

/** The latest test or use of a key, ms since 1970. */
export function latestEventOf({lastTest, uses = []}: ShownKey): number {
	return Math.max(lastTest?.at ?? -Infinity, uses.at(-1)?.at ?? -Infinity);
}
