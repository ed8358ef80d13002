import {exits} from '../core/exit-status.ts';
import {bindingOf} from '../core/health/binding.ts';
import {driftOf} from '../core/health/drift.ts';
import {storedCause} from '../core/key/test-cause.ts';
import type {Drift, LiveKey, StoredKey} from '../core/key/key.ts';
import {daysLeft} from '../core/health/idle.ts';
import type {Diagnosis} from '../core/diagnosis/types.ts';
import type {WireFailure} from '../core/failures/wire-failure.ts';
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
import {t} from '../language/translate.ts';

export type TestMode = {
	/** Sends nothing signed: checks only that the exchange is reached, and its clock. */
	readonly noTouch?: boolean | undefined;
	/** Proves Trade by a call that needs it and does nothing (docs/okx-api.md §3.3). */
	readonly proveTrade?: boolean | undefined;
	/** The keys that are tested together: their known accounts keep the calls within the rate limits. */
	readonly among?: readonly StoredKey[];
};

export type TestProgress = {
	readonly signal?: AbortSignal | undefined;
	readonly onLayer?: ((layer: ProbeStep) => void) | undefined;
};

export type Tester = {
	/**
	 * `adopt` completes an undeclared key with the exchange's values before the comparison. A failing key is a
	 * result; rejects only on an abort or for an unknown site.
	 */
	readonly test: (
		draft: StoredKey,
		attention?: TestProgress,
		adopt?: (live: LiveKey) => StoredKey,
	) => Promise<TestResult>;
};

/** How long the probe of a site is reused, ms. */
const groundLastsMs = 20_000;
const noticesMs = 3000;
const keyLayers = probeStepNames.slice(4);

/**
 * Reuses the probe of each site for a while, because the exchange limits how often one address may ask for the
 * time. Once a site asks for a long wait, its other keys are not tried.
 */
export function testerFor(context: Context, {noTouch = false, proveTrade = false, among = []}: TestMode = {}): Tester {
	const {exchange, clock} = context;
	const grounds = new Map<string, {readonly ground: Promise<SiteProbe>; readonly until: number}>();
	const closed = new Map<string, WireFailure>();
	const notices = new Map<string, Promise<readonly Notice[] | null>>();

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
				detail: shut ? t`not asked: the exchange asked us to wait` : t`not asked`,
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

	/** Asked once per site; its failure does not fail the test. */
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
			const judge = () =>
				placed(context, key, verdictOf(key, probe, drift, {noTouch, clockService: context.clockService}));
			const verdict = judge();
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
				stored: storedCause(() => judge().cause),
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

/** A key of the other environment is known to differ in that, even when nothing else can be asked. */
function driftOfProbe(key: StoredKey, {live, failure}: Probe): readonly Drift[] {
	if (live) return driftOf(key, live);
	if (failure?.exchangeCode !== '50101') return [];
	return [
		{field: 'environment', declared: key.environment, live: key.environment === 'live' ? 'demo' : 'live', alarm: false},
	];
}

/** Adds where the allow-list can be changed, and the page's link where only the page can. */
function placed(context: Context, key: StoredKey, verdict: Diagnosis): Diagnosis {
	if (verdict.offer?.act !== 'add-ip') return verdict;
	if (authorityOver(context, key).by !== 'none') return {...verdict, offer: {...verdict.offer, where: 'exchange'}};
	return {
		...verdict,
		fix: t`${verdict.fix} Only the page of the exchange can change the list: ${apiPage(key)}`,
		offer: {...verdict.offer, where: 'declared'},
	};
}

/** No order has this id: the prefix is used by no other program, and the rest cannot be guessed. */
function newOrderId({random}: Context): string {
	return `okxkeys${Buffer.from(random(12)).toString('hex')}`;
}
