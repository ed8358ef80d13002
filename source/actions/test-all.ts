import {setTimeout as delay} from 'node:timers/promises';
import type {StoredKey} from '../core/key.ts';
import type {Context} from './context.ts';
import {testKey, type TestResult} from './test.ts';

type Options = {
	readonly signal?: AbortSignal;
	readonly onNotStored?: (error: unknown) => void;
	/** Called after each test with its result and how many are done. */
	readonly onResult?: (result: TestResult, done: number) => void;
};

// 5 calls in 2 s for each account, 10 in 2 s for each address (okx/api.md §3.1, §3.2), and a little to spare.
export const accountPauseMs = 420;
const addressPauseMs = 210;

/** Tests keys one after another, slowly enough for the exchange's limits. An abort rejects; what was tested until then is stored. */
export async function testKeys(context: Context, keys: readonly StoredKey[], {signal, onResult, onNotStored}: Options = {}): Promise<TestResult[]> {
	const results: TestResult[] = [];
	for (const key of keys) {
		const pause = results.length === 0 ? 0 : sharesAccount(key, keys[results.length - 1]!) ? accountPauseMs : addressPauseMs;
		if (pause > 0) await delay(pause, undefined, signal ? {signal} : {}).catch(() => signal?.throwIfAborted());
		const result = await testKey(context, key.id, {...(signal && {signal}), ...(onNotStored && {onNotStored})});
		results.push(result);
		onResult?.(result, results.length);
	}

	return results;
}

/** Unknown accounts may be the same. */
function sharesAccount(one: StoredKey, other: StoredKey): boolean {
	return one.account.uid === undefined || other.account.uid === undefined || one.account.uid === other.account.uid;
}
