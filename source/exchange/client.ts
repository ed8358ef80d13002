import type {Socket} from 'node:net';
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
import {mayBeCalled, sandboxSite, siteUrl, type AllowedHosts} from './sites.ts';
import {standardTiming, type Timing} from './timing.ts';
import {t} from '../language/translate.ts';

export type CallOptions = {
	readonly signal?: AbortSignal | undefined;
	/**
	 * On by default: a call refused for our clock (50102) is signed again with the exchange's time; safe for writes,
	 * which were refused unread. A live test turns it off to show what a bot on this machine would meet.
	 */
	readonly correctClock?: boolean;
	/** Called before each attempt; `tried` counts the earlier ones. */
	readonly onTurn?: ((tried: number) => void) | undefined;
};

export interface Exchange {
	/**
	 * Calls one endpoint and decodes all pages of its answer, within 15 s of the rate limiter letting it through.
	 * Throws AppError `exchange` with the failure in its details; an abort rejects with the signal's reason.
	 */
	call<Name extends EndpointName>(
		name: Name,
		parameters: EndpointParameters<Name>,
		target: Target,
		options?: CallOptions,
	): Promise<Answer<Name>>;
	readonly proxyFor?: ProxyFor | undefined;
	/** False for a host that the settings do not allow, or no more. */
	readonly mayBeCalled?: (site: string) => boolean;
	/**
	 * The site's current base URL: the first call starts the sandbox, whose URL changes with the injected fault. Throws
	 * `site-unknown` or `sandbox-only`.
	 */
	locate(site: string): Promise<URL>;
	/** Takes over an open connection to a host for the next call that reads; without it, the caller closes it. */
	readonly adopt?: (url: URL, connection: Socket) => void;
}

export type ExchangeOptions = {
	/**
	 * Starts the embedded exchange if needed and returns its current URL. Without it, the site `sandbox` is refused.
	 */
	readonly sandboxUrl?: () => Promise<URL>;
	/** The token for the sandbox's stand-in page (`pageHeader`); undefined until the sandbox runs. */
	readonly pageToken?: () => string | undefined;
	/** ms since 1970; calls are signed with it. */
	readonly clock: () => number;
	readonly userAgent?: string;
	readonly proxyFor?: ProxyFor;
	readonly timing?: Partial<Timing>;
	/** Asked at every call; none if not given. */
	readonly allowedHosts?: () => AllowedHosts;
};

const mostAtOnce = 32;

export function createExchange({
	sandboxUrl,
	pageToken,
	clock,
	userAgent = 'okx-keys',
	proxyFor,
	timing,
	allowedHosts = () => [],
}: ExchangeOptions): Exchange {
	const {attemptMs, totalMs, pauses} = {...standardTiming, ...timing};
	const sender = createSender({clock, userAgent, proxyFor, pageToken, attemptMs, allowedHosts});
	const rateLimiter = createRateLimiter(() => performance.now());
	const semaphore = createSemaphore(mostAtOnce);

	async function locate(site: string): Promise<URL> {
		if (site !== sandboxSite) return siteUrl(site, 'any');
		if (!sandboxUrl) throw new AppError('sandbox-only', {what: t`This key`});
		return sandboxUrl();
	}

	async function acquireTurn(
		{route: {path, limit}, url, target}: PreparedRequest,
		signal: AbortSignal | undefined,
	): Promise<Release> {
		const released: Release[] = [];
		if (limit) released.push(await rateLimiter.acquire(callersOf(path, limit, url, target), limit, signal));
		try {
			released.push(await semaphore(signal));
		} catch (error) {
			released[0]?.();
			throw error;
		}

		return () => {
			for (const release of released) release();
		};
	}

	async function sendOnce(
		request: PreparedRequest,
		context: CallContext,
		clockOffset: number,
		turn: Release,
		tried: number,
	): Promise<AnswerOutcome> {
		const {
			route: {path, limit},
			url,
			target,
		} = request;
		let outcome: AnswerOutcome;
		try {
			context.onTurn?.(tried);
			outcome = await sender.send(request, context, clockOffset);
		} finally {
			turn();
		}

		const hold =
			outcome.failure && limit && isThrottled(outcome.failure)
				? backOffAfter(outcome.failure, limit.windowMs)
				: undefined;
		if (hold !== undefined) rateLimiter.backOff(callersOf(path, limit!, url, target), hold);
		return outcome;
	}

	/** Repeats reads at most twice. A write is sent once, since a lost answer may mean that it was applied. */
	async function sendWithRetries(
		request: PreparedRequest,
		context: CallContext,
		clockOffset = 0,
		first?: Release,
	): Promise<AnswerOutcome> {
		let outcome: AnswerOutcome | undefined;
		for (let tried = 0; ; tried++) {
			let turn: Release;
			try {
				turn = tried === 0 && first ? first : await acquireTurn(request, context.signal);
			} catch (error) {
				context.caller?.throwIfAborted();
				return outcome ?? {failure: connectionFailure(error, request.url.host)};
			}

			outcome = await sendOnce(request, context, clockOffset, turn, tried);
			const pause = outcome.failure && !request.route.writes ? pauseAfter(outcome.failure, tried, pauses) : undefined;
			if (pause === undefined) return outcome;
			// If the deadline cuts this short, the next `acquireTurn` rejects.
			await sleep(pause, undefined, {signal: context.signal}).catch(() => undefined);
		}
	}

	/** The exchange's clock minus ours, ms; undefined if the exchange does not tell its time. */
	async function clockOffsetTo(base: URL, target: Target, context: CallContext): Promise<number | undefined> {
		let asked = clock();
		const outcome = await sendWithRetries(prepareRequest('time', {}, target, base), {
			...context,
			onTurn() {
				asked = clock();
			},
		});
		return outcome.failure ? undefined : decode('time', outcome.data, base.host).serverTime - (asked + clock()) / 2;
	}

	async function page<Name extends EndpointName>(
		name: Name,
		request: PreparedRequest,
		context: CallContext,
		correctClock: boolean,
		first: Release | undefined,
	): Promise<Answer<Name>> {
		const {target, url} = request;
		let outcome = await sendWithRetries(request, context, 0, first);
		let offset: number | undefined;
		if (outcome.failure?.exchangeCode === '50102' && correctClock) {
			offset = await clockOffsetTo(url, target, context);
			if (offset !== undefined) outcome = await sendWithRetries(request, context, offset);
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
		let request = prepareRequest(name, parameters, target, base);
		await sender.ready();
		// The deadline starts when the rate limiter lets the call through, not when it was requested.
		let first: Release | undefined = await acquireTurn(request, caller);
		const {signal, clear} = deadline(totalMs, caller);
		const {next} = endpoints[name];
		const pages: Answer<Name>[] = [];
		try {
			for (let asked: EndpointParameters<Name> | undefined = parameters; asked;) {
				if (asked !== parameters) request = prepareRequest(name, asked, target, base);
				const answer: Answer<Name> = await page(name, request, {caller, signal, onTurn}, correctClock, first);
				first = undefined;
				pages.push(answer);
				asked = next?.(answer, asked);
			}
		} finally {
			clear();
		}

		return (pages.length === 1 ? pages[0] : pages.flat()) as Answer<Name>;
	}

	return {call, locate, proxyFor, mayBeCalled: site => mayBeCalled(site, allowedHosts()), adopt: sender.adopt};
}

/** What the limit counts: this address, or each account that the credential may belong to. */
function callersOf(path: string, {per}: RateLimit, {host}: URL, {accounts, credential}: Target): readonly string[] {
	const callers = per === 'ip' ? [''] : (accounts ?? [credential?.apiKey ?? '']);
	return callers.map(caller => `${path} ${host} ${caller}`);
}
