import {setTimeout as sleep} from 'node:timers/promises';
import type {KyInstance} from 'ky';
import {AppError, isAppError} from '../errors.ts';
import type {Credential, Environment} from '../core/key.ts';
import {clean} from '../core/text.ts';
import {deadline, within} from './deadline.ts';
import {endpoints, type Answer, type EndpointName, type Parameters} from './endpoints.ts';
import {readBody, readEnvelope, type Outcome} from './envelope.ts';
import {connectionFailure, exchangeError} from './failure.ts';
import {decode, planOf, type Plan} from './plan.ts';
import {createPace, pauseAfter, retryAfter} from './retry.ts';
import {signedHeaders} from './sign.ts';
import {maySeeCredentials, sandboxSite, siteUrl} from './sites.ts';

/** Whom a call goes to, and as whom. */
export type Target = {
	/** A site of sites.ts, `sandbox`, or a loopback URL. */
	readonly site: string;
	readonly environment: Environment;
	/** Needed by every endpoint that signs. */
	readonly credential?: Credential;
};

export type CallOptions = {
	readonly signal?: AbortSignal;
	/**
	 * When the exchange refuses our clock (50102), ask its time and sign once more with that: so by default. Safe for writes,
	 * since such a call was refused before it was looked at. Off in a live test, which is to tell what a bot on this machine would meet.
	 */
	readonly correctClock?: boolean;
};

/** The one way to the exchange. */
export interface Exchange {
	/** Calls one endpoint and decodes its answer, all pages of it. Takes at most 15 s once it is its turn: writes of one key are spaced out as the limits demand. Throws AppError `exchange`, with the failure in its details; an abort rejects with the signal's reason. */
	call<Name extends EndpointName>(name: Name, parameters: Parameters<Name>, target: Target, options?: CallOptions): Promise<Answer<Name>>;
	/** Where a site lies now; the sandbox is started by the first question. Throws `site-unknown`. */
	locate(site: string): Promise<URL>;
}

export type ExchangeOptions = {
	/** Starts the embedded exchange, if need be, and says where it lies. Asked once. Without it there is no site `sandbox`. */
	readonly sandboxUrl?: () => Promise<URL>;
	/** Milliseconds since 1970: what calls are signed with. */
	readonly clock: () => number;
	readonly userAgent?: string;
};

const attemptMs = 10_000;
const totalMs = 15_000;

/** How long a caller waits at most, and whether it still does. */
type Patience = {readonly signal: AbortSignal; readonly caller: AbortSignal | undefined};

export function createExchange({sandboxUrl, clock, userAgent = 'okx-keys'}: ExchangeOptions): Exchange {
	let http: Promise<KyInstance> | undefined;
	let sandbox: Promise<URL> | undefined;
	const pace = createPace(() => performance.now());

	/** Loaded by the first call, not before: it costs a command that asks nothing its time. */
	function client(): Promise<KyInstance> {
		http ??= import('ky').then(({default: ky}) => ky.create({
			redirect: 'manual', retry: 0, throwHttpErrors: false, timeout: false,
			headers: {'accept': 'application/json', 'user-agent': userAgent},
		}));
		return http;
	}

	async function locate(site: string): Promise<URL> {
		if (site !== sandboxSite) return siteUrl(site);
		if (!sandboxUrl) throw new AppError('sandbox-only', {what: 'This key'});
		sandbox ??= sandboxUrl();
		return sandbox.catch((error: unknown) => {
			sandbox = undefined;
			throw error;
		});
	}

	/** Sends once. The time and the signature are of this attempt, over the URL as it leaves, which is checked last of all. */
	async function attempt({route, url, body, target, secrets}: Plan, patience: Patience, clockOffset: number): Promise<Outcome> {
		const {host} = url;
		const signAndSend = async (request: Request): Promise<Response> => {
			if (!route.needs) return fetch(request);
			const final = new URL(request.url);
			if (!maySeeCredentials(target.site, final)) throw new AppError('site-unknown', {site: clean(final.origin), known: target.site});
			const path = final.pathname + final.search;
			const headers = signedHeaders({method: route.method, path, body, now: clock() + clockOffset, environment: target.environment}, target.credential!);
			for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
			return fetch(request);
		};

		const exchange = async (signal: AbortSignal): Promise<Outcome> => {
			const send = await client();
			const response = await send(url, {
				method: route.method, signal, fetch: input => signAndSend(input as Request),
				...(body !== '' && {body, headers: {'content-type': 'application/json'}}),
			});
			const received = {host, httpStatus: response.status, ...retryAfter(response, clock)};
			if (response.status >= 300 && response.status < 400) {
				await response.body?.cancel();
				return {failure: {...received, kind: 'redirect', ...placeOf(response, url)}};
			}

			const text = await readBody(response.body, signal);
			if (text === undefined) return {failure: {...received, kind: 'too-large'}};
			return readEnvelope(text, {...received, hide: words => secrets.reduce((shown, secret) => shown.replaceAll(secret, '••••'), words)});
		};

		try {
			return await within(attemptMs, patience.signal, exchange);
		} catch (error) {
			patience.caller?.throwIfAborted();
			if (isAppError(error)) throw error;
			return {failure: connectionFailure(error, host)};
		}
	}

	/** Repeats what only reads, at most twice, when the exchange stumbled. What writes is sent once: nobody knows what a lost answer said. */
	async function persist(plan: Plan, patience: Patience, clockOffset = 0): Promise<Outcome> {
		for (let tried = 0; ; tried++) {
			const outcome = await attempt(plan, patience, clockOffset);
			const pause = outcome.failure && !plan.route.writes ? pauseAfter(outcome.failure, tried) : undefined;
			if (pause === undefined) return outcome;
			try {
				await sleep(pause, undefined, {signal: patience.signal});
			} catch {
				patience.caller?.throwIfAborted();
				return outcome;
			}
		}
	}

	/** The exchange's clock minus ours, ms, or undefined when it does not tell. */
	async function clockOffsetTo(base: URL, target: Target, patience: Patience): Promise<number | undefined> {
		const asked = clock();
		const outcome = await persist(planOf('time', {}, target, base), patience);
		return outcome.failure ? undefined : decode('time', outcome.data, base.host).serverTime - (asked + clock()) / 2;
	}

	async function page<Name extends EndpointName>(name: Name, parameters: Parameters<Name>, target: Target, patience: Patience, correctClock: boolean): Promise<Answer<Name>> {
		const base = await locate(target.site);
		const plan = planOf(name, parameters, target, base);
		let outcome = await persist(plan, patience);
		let offset: number | undefined;
		if (outcome.failure?.exchangeCode === '50102' && correctClock) {
			offset = await clockOffsetTo(base, target, patience);
			if (offset !== undefined) outcome = await persist(plan, patience, offset);
		}

		if (!outcome.failure) return decode(name, outcome.data, base.host);
		throw exchangeError(outcome.failure, {environment: target.environment, ...(offset !== undefined && {skewMs: -offset})});
	}

	/** Holds a write back while the exchange would refuse it for coming too soon after another of the same key. */
	async function spaceOut(name: EndpointName, {credential}: Target, caller: AbortSignal | undefined): Promise<void> {
		const {limit, writes} = endpoints[name];
		if (!limit || !writes || !credential) return;
		const wait = pace(`${name} ${credential.apiKey}`, limit);
		if (wait === 0) return;
		await sleep(wait, undefined, caller ? {signal: caller} : {}).catch(() => caller!.throwIfAborted());
	}

	async function call<Name extends EndpointName>(name: Name, parameters: Parameters<Name>, target: Target, {signal: caller, correctClock = true}: CallOptions = {}): Promise<Answer<Name>> {
		caller?.throwIfAborted();
		await spaceOut(name, target, caller);
		const {signal, clear} = deadline(totalMs, caller);
		const {next} = endpoints[name];
		const pages: Answer<Name>[] = [];
		try {
			for (let asked: Parameters<Name> | undefined = parameters; asked; ) {
				const answer: Answer<Name> = await page(name, asked, target, {caller, signal}, correctClock);
				pages.push(answer);
				asked = next?.(answer, asked);
			}
		} finally {
			clear();
		}

		return (pages.length === 1 ? pages[0] : pages.flat()) as Answer<Name>;
	}

	return {call, locate};
}

/** Where a redirect points: the origin alone, for the rest of it may repeat what was sent. */
function placeOf({headers}: Response, url: URL): {readonly message?: string} {
	const place = URL.parse(headers.get('location') ?? '', url);
	return place === null || place.origin === 'null' ? {} : {message: clean(place.origin)};
}
