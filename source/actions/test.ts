import type {TestResult} from './test-result.ts';
import type {StoredKey, TestRecord, TestSummary} from '../core/key/key.ts';
import {limits} from '../core/limits.ts';
import type {ProbeStep} from '../exchange/probe/probe-step.ts';
import type {Context} from './context.ts';
import {keyInUse, withChangedKey} from './keys.ts';
import {testerFor, type TestMode} from './tester.ts';

export type TestOptions = Omit<TestMode, 'among'> & {
	readonly signal?: AbortSignal | undefined;
	readonly onLayer?: ((layer: ProbeStep) => void) | undefined;
	/** Told why a result could not be kept in the vault; without it that is thrown, and the result with it lost. */
	readonly onNotStored?: (error: unknown) => void;
	/** Told when the result is being stored, which is not called off any more. */
	readonly onSaving?: () => void;
};

/**
 * Tests a key live and keeps the result with it (not under --readonly, and not when the key was not touched). A
 * failing key is an answer, not an error; an abort rejects. Throws as `keyInUse` does.
 */
export async function testKey(
	context: Context,
	id: string,
	{signal, onLayer, onNotStored, onSaving, ...manner}: TestOptions = {},
): Promise<TestResult> {
	const key = keyInUse(context.vault.read(), id);
	const result = await testerFor(context, manner).test(key, {signal, onLayer});
	// Whoever has called it off is told that nothing was stored.
	signal?.throwIfAborted();
	if (context.readonly || manner.noTouch) return result;
	onSaving?.();
	try {
		await context.vault.change(content => withChangedKey(content, id, fresh => withResult(fresh, result)), {
			routine: true,
		});
	} catch (error) {
		// The answer is worth having even where it cannot be kept.
		if (!onNotStored) throw error;
		onNotStored(error);
	}

	return result;
}

/** How many addresses are enough to see that they change. */
const mostRefused = 3;

/** The addresses that were refused, this one last. */
function refusedAddresses(before: TestSummary | null, {offer}: TestResult): Pick<TestSummary, 'refusedAddresses'> {
	const known = before?.refusedAddresses ?? [];
	if (offer?.act !== 'add-ip') return known.length === 0 ? {} : {refusedAddresses: known};
	return {refusedAddresses: [...known.filter(address => address !== offer.address), offer.address].slice(-mostRefused)};
}

/** The key with what a test has taught: its result, its account once known, and that it was used. */
export function withResult(key: StoredKey, result: TestResult): StoredKey {
	const {live, testedAt: at, code, ok, cause, latencyMs, exchangeCode} = result;
	const before = key.lastTest;
	const lastTest = {
		at,
		ok,
		code,
		cause,
		latencyMs,
		exchangeCode,
		// An alarm does not end because the network does.
		live: live ?? before?.live ?? null,
		since: before?.code === code ? (before.since ?? before.at) : at,
		goodAt: ok ? at : (before?.goodAt ?? (before?.ok ? before.at : null)),
		...refusedAddresses(before, result),
	};
	const record: TestRecord = [at, code, latencyMs === null ? null : Math.round(latencyMs)];
	const tested = {...key, lastTest, history: [...(key.history ?? []), record].slice(-limits.history)};
	if (!live) return tested;
	return {
		...tested,
		lastUsedAt: at,
		label: key.label ?? live.label,
		// An account that turned out to be another stays as declared, so that the drift is seen until somebody
		// accepts it.
		account: key.account.uid === undefined ? {uid: live.uid, mainUid: live.mainUid, ...key.account} : key.account,
	};
}
