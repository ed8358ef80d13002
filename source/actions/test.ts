import {AppError} from '../core/errors.ts';
import type {Binding} from '../core/health/binding.ts';
import type {Offer} from '../core/diagnosis/diagnose.ts';
import type {Drift, Environment, LiveKey, PermissionWord, StoredKey, TestRecord, TestSummary} from '../core/key.ts';
import {limits} from '../core/rules.ts';
import type {Notice} from '../exchange/endpoints.ts';
import type {Layer} from '../exchange/probe/key-probe.ts';
import type {Context} from './context.ts';
import {keyInUse, withChangedKey} from './keys.ts';
import {testerFor, type Manner} from './tester.ts';

/** The answer to "does this key work from here, and what can it do": `test --json` prints it as it is (product.md). */
export type TestResult = {
	readonly name: string;
	/** Whether all is well: the key works and is what it is declared to be. */
	readonly ok: boolean;
	/** The exit status that goes with the answer. */
	readonly code: number;
	readonly cause: string;
	readonly fix: string;
	readonly exchangeCode: string | null;
	readonly httpStatus: number | null;
	readonly host: string;
	readonly environment: Environment;
	readonly latencyMs: number | null;
	/** Our clock minus the exchange's, ms. */
	readonly skewMs: number | null;
	readonly layers: readonly Layer[];
	readonly declared: {readonly permissions: readonly PermissionWord[]; readonly ip: readonly string[]};
	readonly live: LiveKey | null;
	readonly drift: readonly Omit<Drift, 'alarm'>[];
	/** Whether only chosen addresses may use the key, as far as the exchange's list and the purpose of the key tell. */
	readonly binding: Binding;
	/** Of the exchange's 14 days; null where they do not apply, or are not known to. */
	readonly daysLeft: number | null;
	/** Whether the exchange counts this as a use of the key, so that its 14 days begin anew. */
	readonly touched: boolean;
	/** What the program can do about it; null where there is nothing. */
	readonly offer: Offer | null;
	/**
	 * What the exchange announces of itself, asked only when it is the exchange that fails; null when it was not
	 * asked or did not say.
	 */
	readonly notices: readonly Notice[] | null;
	/** ms since 1970. */
	readonly testedAt: number;
};

export type TestOptions = Omit<Manner, 'among'> & {
	readonly signal?: AbortSignal;
	readonly onLayer?: (layer: Layer) => void;
	/** Told why a result could not be kept in the vault; without it that is thrown, and the result with it lost. */
	readonly onNotStored?: (error: unknown) => void;
	/** Told when the result is being stored, which is not called off any more. */
	readonly onSaving?: () => void;
};

/**
 * Tests a key live and keeps the result with it (not under --readonly, and not when the key was not touched). A
 * failing key is an answer, not an error; an abort rejects.
 */
export async function testKey(
	context: Context,
	id: string,
	{signal, onLayer, onNotStored, onSaving, ...manner}: TestOptions = {},
): Promise<TestResult> {
	const key = testable(keyInUse(context.vault.read(), id));
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

/** The key, unless it has nothing yet to be tested with; throws `unfinished`. */
export function testable(key: StoredKey): StoredKey {
	if (key.status === 'creating') throw new AppError('unfinished', {name: key.name});
	return key;
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
