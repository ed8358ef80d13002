import {exits} from '../core/exit-status.ts';
import {bindingOf} from '../core/health/binding.ts';
import {driftOf} from '../core/health/drift.ts';
import type {Drift, LiveKey, StoredKey} from '../core/key/key.ts';
import {daysLeft} from '../core/health/idle.ts';
import type {Diagnosis} from '../core/diagnosis/types.ts';
import type {WireFailure} from '../core/wire-failure.ts';
import type {Notice} from '../exchange/endpoint.ts';
import {within} from '../exchange/http/deadline.ts';
import {probeKey, type Probe} from '../exchange/probe/key-probe.ts';
import {probeStepNames, type ProbeStep} from '../exchange/probe/probe-step.ts';
import {reachSite, type SiteProbe} from '../exchange/probe/site-probe.ts';
import {asksToWait} from '../exchange/http/retry.ts';
import {accountsOf} from './accounts.ts';
import {authorityOver} from './authority.ts';
import type {Context} from './context.ts';
import {apiPage} from '../exchange/sites.ts';
import type {TestResult} from './test-result.ts';
import {verdictOf} from './verdict.ts';

/** How a tester goes about it; the same for all keys it is given. */
export type TestMode = {
	/** Sends nothing that is signed: only looks whether the exchange is reached and what its clock says. */
	readonly noTouch?: boolean | undefined;
	/** Proves Trade by a call that needs it and does nothing (docs/okx-api.md §3.3). */
	readonly proveTrade?: boolean | undefined;
	/** The keys that are tested together: what is known of their accounts keeps them within the limits. */
	readonly among?: readonly StoredKey[];
};

export type TestProgress = {
	readonly signal?: AbortSignal | undefined;
	readonly onLayer?: ((layer: ProbeStep) => void) | undefined;
};

/** Tests keys, and stores nothing. */
export type Tester = {
	/**
	 * `adopt` completes a key that nobody has declared yet with what the exchange says, before the two are compared.
	 * A failing key is an answer; rejects only on an abort, or a site that is none.
	 */
	readonly test: (
		draft: StoredKey,
		attention?: TestProgress,
		adopt?: (live: LiveKey) => StoredKey,
	) => Promise<TestResult>;
};

/** For how long the way to a site is taken for the same; ms. */
const groundLastsMs = 20_000;
/** How long the exchange is given to say what is wrong with it; ms. */
const noticesMs = 3000;
const keyLayers = probeStepNames.slice(4);

/**
 * Tests several keys as one would be tested, but tries the way to each site and its clock only now and then: the
 * exchange limits how often one address may ask the time. Once a site says to come back later than anybody waits, its
 * other keys are not tried.
 */
export function testerFor(context: Context, {noTouch = false, proveTrade = false, among = []}: TestMode = {}): Tester {
	const {exchange, clock} = context;
	const grounds = new Map<string, {readonly ground: Promise<SiteProbe>; readonly until: number}>();
	const closed = new Map<string, WireFailure>();
	const notices = new Map<string, Promise<readonly Notice[] | null>>();

	/** The way to a site; the layers of one that was tried a moment ago are told at once. */
	async function groundOf({site, environment}: StoredKey, {signal, onLayer}: TestProgress): Promise<SiteProbe> {
		const known = grounds.get(site);
		if (known && known.until > performance.now()) {
			const ground = await known.ground.catch(() => undefined);
			signal?.throwIfAborted();
			if (ground) {
				for (const layer of ground.layers) onLayer?.(layer);
				return ground;
			}
		}

		const ground = reachSite(exchange, {site, environment}, {clock, signal, onLayer});
		grounds.set(site, {ground, until: performance.now() + groundLastsMs});
		return ground;
	}

	async function probed(draft: StoredKey, attention: TestProgress): Promise<Probe> {
		const {signal, onLayer} = attention;
		const ground = await groundOf(draft, attention);
		const shut = closed.get(draft.site);
		if (noTouch || shut) {
			const left = keyLayers.map((name): ProbeStep => ({
				name,
				ok: null,
				ms: null,
				detail: shut ? 'not asked: the exchange wants to be left alone' : 'not asked',
			}));
			for (const layer of left) onLayer?.(layer);
			return {
				...ground,
				failure: ground.failure ?? shut ?? null,
				layers: [...ground.layers, ...left],
				latencyMs: null,
				live: null,
			};
		}

		const asked = await probeKey(
			exchange,
			{
				site: draft.site,
				environment: draft.environment,
				credential: draft.credential,
				accounts: accountsOf(draft, among),
			},
			ground,
			{
				clock,
				signal,
				onLayer,
				...(proveTrade && {proofId: newOrderId(context)}),
			},
		);
		if (asked.failure && asksToWait(asked.failure)) closed.set(draft.site, asked.failure);
		return asked;
	}

	/** What the exchange announces of itself now; asked once for each site, and no failure of the test. */
	async function noticesOf(
		{site, environment}: StoredKey,
		caller: AbortSignal | undefined,
	): Promise<readonly Notice[] | null> {
		const known =
			notices.get(site) ??
			within(noticesMs, caller, async signal => exchange.call('status', {}, {site, environment}, {signal})).catch(
				() => null,
			);
		notices.set(site, known);
		return known;
	}

	return {
		async test(draft, attention = {}, adopt = () => draft) {
			const probe = await probed(draft, attention);
			const key = probe.live ? adopt(probe.live) : draft;
			const drift = driftOfProbe(key, probe);
			const verdict = placed(context, key, verdictOf(key, probe, drift, {noTouch, clockService: context.clockService}));
			const isTheirFault = verdict.exit === 'exchangeDown' && !noTouch;
			const announced = isTheirFault ? await noticesOf(draft, attention.signal) : null;
			attention.signal?.throwIfAborted();
			const testedAt = clock();
			const used = probe.live ? {...key, lastTest: {live: probe.live}, lastUsedAt: testedAt} : key;
			return {
				name: key.name,
				ok: verdict.exit === 'ok',
				code: exits[verdict.exit].status,
				cause: verdict.cause,
				fix: verdict.fix,
				exchangeCode: probe.failure?.exchangeCode ?? null,
				httpStatus: probe.failure?.httpStatus ?? null,
				host: probe.host,
				environment: key.environment,
				latencyMs: probe.latencyMs,
				skewMs: probe.skewMs,
				layers: probe.layers,
				declared: {permissions: key.permissions, ip: key.ip},
				live: probe.live,
				drift: drift.map(({field, declared, live}) => ({field, declared, live})),
				binding: bindingOf(used),
				daysLeft: daysLeft(used, testedAt),
				touched: probe.live !== null,
				offer: verdict.offer ?? null,
				notices: announced,
				testedAt,
			};
		},
	};
}

/** A key that the exchange has in its other environment differs in that, even if nothing else can be asked of it. */
function driftOfProbe(key: StoredKey, {live, failure}: Probe): readonly Drift[] {
	if (live) return driftOf(key, live);
	if (failure?.exchangeCode !== '50101') return [];
	return [
		{field: 'environment', declared: key.environment, live: key.environment === 'live' ? 'demo' : 'live', alarm: false},
	];
}

/**
 * An offer to change the allow-list, with where that can be done: of what only the page can change, the advice is the
 * page's.
 */
function placed(context: Context, key: StoredKey, verdict: Diagnosis): Diagnosis {
	if (verdict.offer?.act !== 'add-ip') return verdict;
	if (authorityOver(context, key).by !== 'nobody') return {...verdict, offer: {...verdict.offer, where: 'exchange'}};
	return {
		...verdict,
		fix: `${verdict.fix} Only the page of the exchange can change the list: ${apiPage(key)}`,
		offer: {...verdict.offer, where: 'declared'},
	};
}

/** An id that no order has: nobody else uses this beginning, and nobody guesses the rest. */
function newOrderId({random}: Context): string {
	return `okxkeys${Buffer.from(random(12)).toString('hex')}`;
}
