import type {Target} from './target.ts';
import {setTimeout as sleep} from 'node:timers/promises';
import {AppError} from '../core/errors.ts';
import {createSender, type CallContext} from './http/sender.ts';
import {deadline} from './http/deadline.ts';
import type {Answer, EndpointName, EndpointParameters, RateLimit} from './endpoint.ts';
import {endpoints} from './endpoints.ts';
import type {AnswerOutcome} from './http/envelope.ts';
import {connectionFailure, exchangeError} from './failure.ts';
import {createSemaphore} from './http/semaphore.ts';
import {createRateLimiter, type Release} from './http/rate-limiter.ts';
import {decode, prepareRequest, type PreparedRequest} from './http/request.ts';
import type {ProxyFor} from './http/proxy.ts';
import {backOffAfter, isThrottled, pauseAfter} from './http/retry.ts';
import {sandboxSite, siteUrl} from './sites.ts';
import {standardTiming, type Timing} from './timing.ts';

export type CallOptions = {
	readonly signal?: AbortSignal | undefined;
	/**
	 * When the exchange refuses our clock (50102), ask its time and sign once more with that: so by default. Safe for
	 * writes, since such a call was refused before it was looked at. Off in a live test, which is to tell what a bot
	 * on this machine would meet.
	 */
	readonly correctClock?: boolean;
	/**
	 * Called when the limits let the call go out, and again for each time that it is repeated: `tried` counts those
	 * before.
	 */
	readonly onTurn?: ((tried: number) => void) | undefined;
};

/** The one way to the exchange. */
export interface Exchange {
	/**
	 * Calls one endpoint and decodes its answer, all pages of it. Takes at most 15 s once it is its turn: calls are
	 * spaced out as the limits demand. Throws AppError `exchange`, with the failure in its details; an abort rejects
	 * with the signal's reason.
	 */
	call<Name extends EndpointName>(
		name: Name,
		parameters: EndpointParameters<Name>,
		target: Target,
		options?: CallOptions,
	): Promise<Answer<Name>>;
	/** The proxy that calls to a URL go through, if the environment names one. */
	readonly proxyFor?: ProxyFor | undefined;
	/**
	 * Where a site lies now; the sandbox is started by the first question, and moves when it is told to fail. Throws
	 * `site-unknown`.
	 */
	locate(site: string): Promise<URL>;
}

export type ExchangeOptions = {
	/** Starts the embedded exchange, if need be, and says where it lies now. Without it there is no site `sandbox`. */
	readonly sandboxUrl?: () => Promise<URL>;
	/** What the page of the embedded exchange must be shown, once it runs. */
	readonly pageToken?: () => string | undefined;
	/** Milliseconds since 1970: what calls are signed with. */
	readonly clock: () => number;
	readonly userAgent?: string;
	/** What the environment names for a URL; none without it. */
	readonly proxyFor?: ProxyFor;
	/** Whether Node was started so that its own fetch uses the proxies of the environment: then fetch is not used. */
	readonly isFetchProxied?: boolean;
	/** What differs from the standard timing. */
	readonly timing?: Partial<Timing>;
};

/** Calls that are under way at once, to all hosts. */
const mostAtOnce = 32;

export function createExchange({
	sandboxUrl,
	pageToken,
	clock,
	userAgent = 'okx-keys',
	proxyFor,
	isFetchProxied = false,
	timing,
}: ExchangeOptions): Exchange {
	const {attemptMs, totalMs, pauses} = {...standardTiming, ...timing};
	const sender = createSender({clock, userAgent, proxyFor, isFetchProxied, pageToken, attemptMs});
	const pace = createRateLimiter(() => performance.now());
	const gate = createSemaphore(mostAtOnce);

	async function locate(site: string): Promise<URL> {
		if (site !== sandboxSite) return siteUrl(site);
		if (!sandboxUrl) throw new AppError('sandbox-only', {what: 'This key'});
		return sandboxUrl();
	}

	/** Waits until the limits let a call go out; what is given takes it back. */
	async function turnOf(
		{route: {path, limit}, url, target}: PreparedRequest,
		signal: AbortSignal | undefined,
	): Promise<Release> {
		const released: Release[] = [];
		if (limit) released.push(await pace.acquire(callersOf(path, limit, url, target), limit, signal));
		try {
			released.push(await gate(signal));
		} catch (error) {
			released[0]?.();
			throw error;
		}

		return () => {
			for (const release of released) release();
		};
	}

	/** Sends once, `turn` having been waited for; a call that came too soon all the same holds the next ones back. */
	async function inTurn(
		plan: PreparedRequest,
		patience: CallContext,
		clockOffset: number,
		turn: Release,
		tried: number,
	): Promise<AnswerOutcome> {
		const {
			route: {path, limit},
			url,
			target,
		} = plan;
		let outcome: AnswerOutcome;
		try {
			patience.onTurn?.(tried);
			outcome = await sender.send(plan, patience, clockOffset);
		} finally {
			turn();
		}

		const hold =
			outcome.failure && limit && isThrottled(outcome.failure)
				? backOffAfter(outcome.failure, limit.windowMs)
				: undefined;
		if (hold !== undefined) pace.backOff(callersOf(path, limit!, url, target), hold);
		return outcome;
	}

	/**
	 * Repeats what only reads, at most twice, when the exchange stumbled. What writes is sent once: nobody knows what
	 * a lost answer said.
	 */
	async function persist(
		plan: PreparedRequest,
		patience: CallContext,
		clockOffset = 0,
		first?: Release,
	): Promise<AnswerOutcome> {
		let outcome: AnswerOutcome | undefined;
		for (let tried = 0; ; tried++) {
			let turn: Release;
			try {
				turn = tried === 0 && first ? first : await turnOf(plan, patience.signal);
			} catch (error) {
				patience.caller?.throwIfAborted();
				return outcome ?? {failure: connectionFailure(error, plan.url.host)};
			}

			outcome = await inTurn(plan, patience, clockOffset, turn, tried);
			const pause = outcome.failure && !plan.route.writes ? pauseAfter(outcome.failure, tried, pauses) : undefined;
			if (pause === undefined) return outcome;
			// Cut short by the deadline, it is noticed when the next turn is waited for.
			await sleep(pause, undefined, {signal: patience.signal}).catch(() => undefined);
		}
	}

	/** The exchange's clock minus ours, ms, or undefined when it does not tell. */
	async function clockOffsetTo(base: URL, target: Target, patience: CallContext): Promise<number | undefined> {
		let asked = clock();
		const outcome = await persist(prepareRequest('time', {}, target, base), {
			...patience,
			onTurn() {
				asked = clock();
			},
		});
		return outcome.failure ? undefined : decode('time', outcome.data, base.host).serverTime - (asked + clock()) / 2;
	}

	async function page<Name extends EndpointName>(
		name: Name,
		plan: PreparedRequest,
		patience: CallContext,
		correctClock: boolean,
		first: Release | undefined,
	): Promise<Answer<Name>> {
		const {target, url} = plan;
		let outcome = await persist(plan, patience, 0, first);
		let offset: number | undefined;
		if (outcome.failure?.exchangeCode === '50102' && correctClock) {
			offset = await clockOffsetTo(url, target, patience);
			if (offset !== undefined) outcome = await persist(plan, patience, offset);
		}

		if (!outcome.failure) return decode(name, outcome.data, url.host);
		throw exchangeError(outcome.failure, {
			environment: target.environment,
			...(offset !== undefined && {skewMs: -offset}),
		});
	}

	async function call<Name extends EndpointName>(
		name: Name,
		parameters: EndpointParameters<Name>,
		target: Target,
		{signal: caller, correctClock = true, onTurn}: CallOptions = {},
	): Promise<Answer<Name>> {
		caller?.throwIfAborted();
		const base = await locate(target.site);
		let plan = prepareRequest(name, parameters, target, base);
		await sender.ready();
		// The time begins to count with the turn, however long the limits have held it back.
		let first: Release | undefined = await turnOf(plan, caller);
		const {signal, clear} = deadline(totalMs, caller);
		const {next} = endpoints[name];
		const pages: Answer<Name>[] = [];
		try {
			for (let asked: EndpointParameters<Name> | undefined = parameters; asked;) {
				if (asked !== parameters) plan = prepareRequest(name, asked, target, base);
				const answer: Answer<Name> = await page(name, plan, {caller, signal, onTurn}, correctClock, first);
				first = undefined;
				pages.push(answer);
				asked = next?.(answer, asked);
			}
		} finally {
			clear();
		}

		return (pages.length === 1 ? pages[0] : pages.flat()) as Answer<Name>;
	}

	return {call, locate, proxyFor};
}

/** Whom a call's limit counts: whoever sends to this host from here, or each account that the credential may be of. */
function callersOf(path: string, {per}: RateLimit, {host}: URL, {accounts, credential}: Target): readonly string[] {
	const callers = per === 'ip' ? [''] : (accounts ?? [credential?.apiKey ?? '']);
	return callers.map(caller => `${path} ${host} ${caller}`);
}
