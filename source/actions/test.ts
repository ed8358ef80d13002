import type {TestResult} from './test-result.ts';
import type {StoredKey, TestRecord, TestSummary} from '../core/key/key.ts';
import {limits} from '../core/limits.ts';
import type {ProbeStep} from '../exchange/probe/probe-step.ts';
import type {Context} from './context.ts';
import {keyInUse, refuseFrozen, withChangedKey} from './keys.ts';
import {testerFor, type TestMode} from './tester.ts';

export type TestOptions = Omit<TestMode, 'among'> & {
	/** Without it a frozen key is refused. */
	readonly testsFrozen?: boolean | undefined;
	readonly signal?: AbortSignal | undefined;
	readonly onLayer?: ((layer: ProbeStep) => void) | undefined;
	/** Called when a result could not be stored; without it that error is thrown, and the result is lost. */
	readonly onNotStored?: (error: unknown) => void;
	/** Called when the save begins, which cannot be cancelled. */
	readonly onSaving?: () => void;
};

/**
 * Tests a key and stores the result, except under --readonly and with `noTouch`. A failing key is a result, not an
 * error; rejects on an abort, and throws `key-frozen`, and as `keyInUse`
 * does.
 */
export async function testKey(
	context: Context,
	id: string,
	{signal, onLayer, onNotStored, onSaving, testsFrozen = false, ...mode}: TestOptions = {},
): Promise<TestResult> {
	const key = keyInUse(context.vault.read(), id);
	if (!testsFrozen) refuseFrozen(key, {mayTest: true});
	const result = await testerFor(context, mode).test(key, {signal, onLayer});
	// An abort reports that nothing was stored.
	signal?.throwIfAborted();
	if (context.readonly || mode.noTouch) return result;
	onSaving?.();
	try {
		await context.vault.change(content => withChangedKey(content, id, fresh => withResult(fresh, result)), {
			routine: true,
		});
	} catch (error) {
		if (!onNotStored) throw error;
		onNotStored(error);
	}

	return result;
}

/** Enough to show that the address changes. */
const mostRefused = 3;

function refusedAddresses(before: TestSummary | null, {offer}: TestResult): Pick<TestSummary, 'refusedAddresses'> {
	const known = before?.refusedAddresses ?? [];
	if (offer?.act !== 'add-ip') return known.length === 0 ? {} : {refusedAddresses: known};
	return {refusedAddresses: [...known.filter(address => address !== offer.address), offer.address].slice(-mostRefused)};
}

export function withResult(key: StoredKey, result: TestResult): StoredKey {
	const {live, testedAt: at, code, ok, stored, latencyMs, exchangeCode} = result;
	const before = key.lastTest;
	const lastTest = {
		at,
		ok,
		code,
		...stored,
		latencyMs,
		exchangeCode,
		// A failing network does not end an alarm.
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
		// An account other than the declared one stays visible as drift until it is accepted.
		account: key.account.uid === undefined ? {uid: live.uid, mainUid: live.mainUid, ...key.account} : key.account,
	};
}
