import {exits, AppError, type Exit} from '../errors.ts';
import {diagnose, type Offer} from '../core/diagnosis.ts';
import {driftOf} from '../core/drift.ts';
import type {Drift, Environment, LiveKey, Permission, StoredKey} from '../core/key.ts';
import {daysLeft, limits} from '../core/rules.ts';
import type {Notice} from '../exchange/endpoints.ts';
import {probe, type Layer, type Probe} from '../exchange/probe.ts';
import type {Context} from './context.ts';
import {keyInUse, withChangedKey} from './keys.ts';

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
	readonly declared: {readonly permissions: readonly Permission[]; readonly ip: readonly string[]};
	readonly live: LiveKey | null;
	readonly drift: readonly Omit<Drift, 'alarm'>[];
	readonly daysLeft: number | null;
	/** Whether the exchange counts this as a use of the key, so that its 14 days begin anew. */
	readonly touched: boolean;
	/** What the program can do about it; null where there is nothing. */
	readonly offer: Offer | null;
	/** What the exchange announces of itself, asked only when it is the exchange that fails; null when it was not asked or did not say. */
	readonly notices: readonly Notice[] | null;
	/** ms since 1970. */
	readonly testedAt: number;
};

export type TestOptions = {
	readonly signal?: AbortSignal;
	readonly onLayer?: (layer: Layer) => void;
	/** Sends nothing that is signed: only looks whether the exchange is reached and what its clock says. Nothing is stored. */
	readonly noTouch?: boolean;
	/** Proves Trade by a call that needs it and does nothing (okx/api.md §3.3). */
	readonly proveTrade?: boolean;
	/** Told why a result could not be kept in the vault; without it that is thrown, and the result with it lost. */
	readonly onNotStored?: (error: unknown) => void;
};

/** Tests a key live and keeps the result with it (not under --readonly). A failing key is an answer, not an error; an abort rejects. */
export async function testKey(context: Context, id: string, options: TestOptions = {}): Promise<TestResult> {
	const key = keyInUse(context.vault.read(), id);
	if (key.status === 'creating') throw new AppError('unfinished', {name: key.name});
	const result = await runTest(context, key, options);
	// Whoever has called it off is told that nothing was stored.
	options.signal?.throwIfAborted();
	if (context.readonly) return result;
	try {
		await context.vault.change(content => withChangedKey(content, id, fresh => withResult(fresh, result)));
	} catch (error) {
		// The answer is worth having even where it cannot be kept.
		if (!options.onNotStored) throw error;
		options.onNotStored(error);
	}

	return result;
}

/**
 * The test alone: nothing is stored. `adopt` completes a key that nobody has declared yet with what the exchange says,
 * before the two are compared.
 */
export async function runTest(context: Context, draft: StoredKey, {signal, onLayer}: TestOptions = {}, adopt: (live: LiveKey) => StoredKey = () => draft): Promise<TestResult> {
	const probed = await probe(context.exchange, {site: draft.site, environment: draft.environment, credential: draft.credential}, {
		clock: context.clock, ...(signal && {signal}), ...(onLayer && {onLayer}),
	});
	const key = probed.live ? adopt(probed.live) : draft;
	const drift = probed.live ? driftOf(key, probed.live) : [];
	const verdict = verdictOf(key, probed, drift);
	const testedAt = context.clock();
	const used = probed.live ? {...key, ...pickLive(probed.live), lastUsedAt: testedAt} : key;
	return {
		name: key.name, ok: verdict.exit === 'ok', code: exits[verdict.exit].status, cause: verdict.cause, fix: verdict.fix,
		exchangeCode: probed.failure?.exchangeCode ?? null, httpStatus: probed.failure?.httpStatus ?? null,
		host: probed.host, environment: key.environment, latencyMs: probed.latencyMs, skewMs: probed.skewMs, layers: probed.layers,
		declared: {permissions: key.permissions, ip: key.ip}, live: probed.live,
		drift: drift.map(({field, declared, live}) => ({field, declared, live})),
		daysLeft: daysLeft(used, testedAt), touched: probed.live !== null, offer: null, notices: null, testedAt,
	};
}

type Verdict = {readonly exit: Exit; readonly cause: string; readonly fix: string};

function verdictOf(key: StoredKey, {failure, live, skewMs}: Probe, drift: readonly Drift[]): Verdict {
	if (failure) return diagnose(failure, {skewMs, environment: key.environment});
	if (!live) return {exit: 'unexpected', cause: 'The exchange was not asked.', fix: 'Test again.'};
	if (skewMs !== null && Math.abs(skewMs) > limits.clockWindowMs) return diagnose({kind: 'code', exchangeCode: '50102', host: ''}, {skewMs});
	if (drift.length > 0) {
		const fields = drift.map(({field}) => field).join(' and ');
		const alarm = drift.some(one => one.alarm);
		return {
			exit: 'drift',
			cause: `The key works, but differs from what is declared here: ${fields}.`,
			fix: alarm ? 'If you did not change this on the exchange, revoke the key now.' : 'If you changed this on the exchange, edit the key here to match.',
		};
	}

	return {exit: 'ok', cause: `The key works: ${live.permissions.join(', ')}${live.ip.length === 0 ? ', from any address' : ''}.`, fix: ''};
}

function pickLive({permissions, ip}: LiveKey) {
	return {permissions, ip};
}

/** The key with what a test has taught: its result, its account once known, and that it was used. */
export function withResult(key: StoredKey, result: TestResult): StoredKey {
	const {live, testedAt: at} = result;
	const kept = {at, ok: result.ok, code: result.code, cause: result.cause, latencyMs: result.latencyMs, live};
	if (!live) return {...key, lastTest: kept};
	return {
		...key, lastTest: kept, lastUsedAt: at, label: key.label ?? live.label,
		// An account that turned out to be another stays as declared, so that the drift is seen until somebody accepts it.
		account: key.account.uid === undefined ? {...key.account, uid: live.uid, mainUid: live.mainUid} : key.account,
	};
}
