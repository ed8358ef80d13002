import type {Socket} from 'node:net';
import type {KyInstance} from 'ky';
import {AppError, isAppError} from '../../core/errors.ts';
import type {WireFailure} from '../../core/failures/wire-failure.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {truncate} from '../../core/text/width.ts';
import {within} from './deadline.ts';
import {readBody, readEnvelope, type AnswerOutcome} from './envelope.ts';
import {connectionFailure, exchangeError} from '../failure.ts';
import type {PreparedRequest} from './request.ts';
import {shownProxy, type ProxyFor} from './proxy.ts';
import {redactData, redactor} from '../redact.ts';
import {retryAfter} from './retry.ts';
import {pageHeader, signedHeaders} from '../sign.ts';
import {siteOfHost} from '../site-of-host.ts';
import {mayBeCalled, maySeeCredentials, sandboxSite, type AllowedHosts} from '../sites.ts';
import {createTransport} from './transport.ts';
import {t} from '../../language/translate.ts';

/** `signal` ends the call at its deadline or with `caller`, the caller's own signal. */
export type CallContext = {
	readonly signal: AbortSignal;
	readonly caller: AbortSignal | undefined;
	readonly onTurn?: ((tried: number) => void) | undefined;
};

export type Sender = {
	/** Loads what sending needs, before the time of a call begins. */
	readonly ready: () => Promise<unknown>;
	/**
	 * Sends once and reads the answer; `clockOffset` is the exchange's clock minus ours, ms. Only an abort by the
	 * caller rejects; everything else is an outcome.
	 */
	readonly send: (request: PreparedRequest, context: CallContext, clockOffset: number) => Promise<AnswerOutcome>;
	/** Takes over an open connection to a host for the next call that reads. */
	readonly adopt: (url: URL, connection: Socket) => void;
};

type SenderOptions = {
	readonly clock: () => number;
	readonly userAgent: string;
	readonly proxyFor: ProxyFor | undefined;
	readonly pageToken?: (() => string | undefined) | undefined;
	readonly attemptMs: number;
	readonly allowedHosts: () => AllowedHosts;
};

export function createSender({clock, userAgent, proxyFor, pageToken, attemptMs, allowedHosts}: SenderOptions): Sender {
	const transport = createTransport();
	let http: Promise<KyInstance> | undefined;

	/** Loaded by the first call: a command that calls nothing should not pay for it. */
	function client(): Promise<KyInstance> {
		http ??= import('ky').then(({default: ky}) =>
			ky.create({
				redirect: 'manual',
				retry: 0,
				throwHttpErrors: false,
				timeout: false,
				headers: {accept: 'application/json', 'user-agent': userAgent},
			}),
		);
		return http;
	}

	/** Time and signature belong to this attempt and cover the URL as it leaves, which is checked last of all. */
	async function send(
		{route, url, body, target, secrets}: PreparedRequest,
		context: CallContext,
		clockOffset: number,
	): Promise<AnswerOutcome> {
		const {host} = url;
		const signAndSend = async (request: Request): Promise<Response> => {
			const final = new URL(request.url);
			const token = route.sandboxOnly && maySeeCredentials(sandboxSite, final) ? pageToken?.() : undefined;
			if (token !== undefined) request.headers.set(pageHeader, token);
			const proxy = proxyFor?.(final);
			if (route.needs) {
				if (!mayBeCalled(target.site, allowedHosts())) throw exchangeError({kind: 'not-allowed', host});
				if (!maySeeCredentials(target.site, final, allowedHosts()))
					throw new AppError('site-unknown', {site: sanitize(final.origin), known: target.site});
				if (final.protocol === 'http:' && proxy)
					throw exchangeError({
						kind: 'proxy',
						host,
						proxy: shownProxy(proxy)!,
						message: t`it would see the whole call in plain text, so nothing was sent`,
					});
				const path = final.pathname + final.search;
				const headers = signedHeaders(
					{method: route.method, path, body, now: clock() + clockOffset, environment: target.environment},
					target.credential!,
				);
				for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
			}

			return transport.send(request, proxy);
		};

		const exchange = async (signal: AbortSignal): Promise<AnswerOutcome> => {
			const send = await client();
			const response = await send(url, {
				method: route.method,
				signal,
				fetch: input => signAndSend(input as Request),
				...(body !== '' && {body, headers: {'content-type': 'application/json'}}),
			});
			const received = {host, httpStatus: response.status, ...retryAfter(response, clock)};
			if (response.status >= 300 && response.status < 400) {
				await response.body?.cancel();
				return {failure: {...received, kind: 'redirect', ...redirectTargetOf(response, url, redactor(secrets))}};
			}

			const text = await readBody(response.body, signal);
			if (text === undefined) return {failure: {...received, kind: 'too-large'}};
			const outcome = readEnvelope(text, {...received, hide: words => redactor(secrets)(words)});
			return outcome.failure ? outcome : {data: redactData(outcome.data, secrets)};
		};

		try {
			return await within(attemptMs, context.signal, exchange);
		} catch (error) {
			context.caller?.throwIfAborted();
			if (isAppError(error, 'exchange') && error.details.failure) return {failure: error.details.failure};
			if (isAppError(error)) throw error;
			return {failure: connectionFailure(error, host, shownProxy(proxyFor?.(url)))};
		}
	}

	return {
		ready: client,
		send,
		adopt(url, connection) {
			transport.adopt(url, proxyFor?.(url), connection);
		},
	};
}

/** Only the origin of a redirect, since the rest may repeat what was sent; and the exchange's site there, if any. */
function redirectTargetOf(
	{headers}: Response,
	url: URL,
	hide: (text: string) => string,
): Pick<WireFailure, 'message' | 'site'> {
	const destination = URL.parse(headers.get('location') ?? '', url);
	if (destination === null || destination.origin === 'null') return {};
	const site = siteOfHost(destination);
	return {message: truncate(sanitize(hide(destination.origin)), 80), ...(site && {site})};
}
