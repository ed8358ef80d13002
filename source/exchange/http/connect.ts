import {lookup} from 'node:dns/promises';
import {once} from 'node:events';
import type {IncomingMessage} from 'node:http';
import {connect as connectTcp, isIP, type Socket} from 'node:net';
import type {PeerCertificate, TLSSocket} from 'node:tls';
import {isAppError} from '../../core/errors.ts';
import type {WireFailure} from '../../core/failures/wire-failure.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {truncate} from '../../core/text/width.ts';
import {tlsInWords} from '../../core/diagnosis/tls.ts';
import {within} from './deadline.ts';
import {connectionFailure, exchangeError} from '../failure.ts';
import {shownProxy, type HttpProxy} from './proxy.ts';
import {t} from '../../language/translate.ts';

// The steps on the way to a host. Each rejects with AppError `exchange`, or with the reason of an abort.

const stepMs = 5000;
const longestIssuer = 60;

export type Addresses = {
	readonly v4: readonly string[];
	readonly v6: readonly string[];
	readonly all: readonly string[];
	readonly proxy: HttpProxy | undefined;
};

function bare(hostname: string): string {
	return hostname.replace(/^\[(.*)\]$/, '$1');
}

function urlOf({hostname, port}: HttpProxy): URL {
	return new URL(`https://${isIP(hostname) === 6 ? `[${hostname}]` : hostname}:${port}`);
}

function portOf({port, protocol}: URL): number {
	return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** What a step of connecting leads to, and what may stop it. */
type ConnectStep = {readonly url: URL; readonly proxy: HttpProxy | undefined; readonly signal: AbortSignal | undefined};

async function step<Value>(
	{url, proxy, signal}: ConnectStep,
	work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
	try {
		return await within(stepMs, signal, work);
	} catch (error) {
		signal?.throwIfAborted();
		throw isAppError(error) ? error : exchangeError(connectionFailure(error, url.host, shownProxy(proxy)));
	}
}

/** The addresses of the host, or of the proxy on the way to it. */
export async function resolveHost(url: URL, signal?: AbortSignal, proxy?: HttpProxy): Promise<Addresses> {
	const name = proxy?.hostname ?? bare(url.hostname);
	const found = await step({url, proxy, signal}, () => lookup(name, {all: true}));
	const of = (wanted: number) => found.filter(({family}) => family === wanted).map(({address}) => address);
	return {v4: of(4), v6: of(6), all: found.map(({address}) => address), proxy};
}

/**
 * Connects to the first address that answers, IPv4 and IPv6 in turn (RFC 8305), and through the proxy if there is one.
 * The caller destroys the socket; until it is connected, an abort does too.
 */
export async function connect(url: URL, {all, proxy}: Addresses, signal?: AbortSignal): Promise<Socket> {
	const socket = connectTcp({
		host: proxy?.hostname ?? bare(url.hostname),
		port: proxy?.port ?? portOf(url),
		lookup: (_name, _options, found) =>
			found(
				null,
				all.map(address => ({address, family: isIP(address)})),
			),
	});
	// A later error of an idle connection must not end the program.
	socket.on('error', () => undefined);
	try {
		await stepToProxy({url, proxy, signal}, () => once(socket, 'connect'));
		return proxy ? await tunnel(url, socket, proxy, signal) : socket;
	} catch (error) {
		socket.destroy();
		throw error;
	}
}

/** A connection ready for a call: through the proxy if there is one, and over TLS for https. */
export async function openWay(
	url: URL,
	proxy: HttpProxy | undefined,
	signal: AbortSignal | undefined,
): Promise<Socket> {
	const socket = await connect(url, await resolveHost(url, signal, proxy), signal);
	return url.protocol === 'https:' ? overTls(url, socket, proxy, signal) : socket;
}

function refusal(url: URL, proxy: HttpProxy, why: Pick<WireFailure, 'httpStatus' | 'message'>) {
	return exchangeError({kind: 'proxy', host: url.host, proxy: shownProxy(proxy)!, ...why});
}

/** Like `step`, but silence is blamed on the proxy, not on the host. */
async function stepToProxy<Value>(way: ConnectStep, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
	const {url, proxy} = way;
	try {
		return await step(way, work);
	} catch (error) {
		throw proxy && isAppError(error, 'exchange') && error.details.failure?.kind === 'timeout'
			? refusal(url, proxy, {message: t`it gives no answer`})
			: error;
	}
}

/** Opens a tunnel by CONNECT (RFC 9110 §9.3.6); every status except 200 is a refusal. */
async function tunnel(url: URL, socket: Socket, proxy: HttpProxy, signal: AbortSignal | undefined): Promise<Socket> {
	const line = proxy.protocol === 'https:' ? await overTls(urlOf(proxy), socket, undefined, signal) : socket;
	const path = `${url.hostname}:${portOf(url)}`;
	const {request} = await import('node:http');
	const asking = request({
		method: 'CONNECT',
		path,
		createConnection: () => line,
		headers: {host: path, ...(proxy.authorization && {'proxy-authorization': proxy.authorization.reveal()})},
	});
	const isOurs = (error: unknown) => ['garbage', 'too-large'].includes(connectionFailure(error, url.host).kind);
	const [{statusCode, headers}, , head] = await stepToProxy({url, proxy, signal}, async () => {
		const answered = once(asking, 'connect') as Promise<[IncomingMessage, Socket, Buffer]>;
		asking.end();
		return answered.catch((error: unknown) => {
			throw isOurs(error) ? refusal(url, proxy, {message: t`it does not answer as a proxy`}) : error;
		});
	});
	if (statusCode !== 200)
		throw refusal(url, proxy, {httpStatus: statusCode!, ...loginsOf(statusCode!, headers['proxy-authenticate'])});
	if (head.length > 0) line.unshift(head);
	return line;
}

function loginsOf(status: number, challenges: string | readonly string[] | undefined): {readonly message?: string} {
	const schemes = [challenges ?? []]
		.flat()
		.flatMap(challenge => challenge.replaceAll(/"[^"]*"/g, '').match(/(?<=^|,)\s*[a-z][\w-]*(?=\s|,|$)/gi) ?? [])
		.map(scheme => scheme.trim());
	const isOther = status === 407 && schemes.length > 0 && !schemes.some(scheme => scheme.toLowerCase() === 'basic');
	return isOther ? {message: truncate(sanitize([...new Set(schemes)].join(', ')), longestIssuer)} : {};
}

export type TlsResult = {
	readonly secured: TLSSocket;
	readonly protocol: string;
	readonly issuer: string;
	/** ms since 1970 */ readonly expires: number;
};

function issuerOf({issuer}: PeerCertificate): string {
	return truncate(sanitize([issuer?.O ?? issuer?.CN ?? t`an unnamed issuer`].flat()[0]!), longestIssuer);
}

/**
 * Performs a TLS handshake and reads the certificate, which is always verified, whatever the environment says. The
 * caller destroys the secured connection; a failure destroys the given one.
 */
export async function tlsHandshake(
	url: URL,
	socket: Socket,
	signal?: AbortSignal,
	proxy?: HttpProxy,
): Promise<TlsResult> {
	try {
		const secured = await overTls(url, socket, proxy, signal);
		const certificate = secured.getPeerCertificate();
		return {
			secured,
			protocol: secured.getProtocol() ?? 'TLS',
			issuer: issuerOf(certificate),
			expires: Date.parse(certificate.valid_to),
		};
	} catch (error) {
		socket.destroy();
		throw error;
	}
}

async function overTls(
	url: URL,
	socket: Socket,
	proxy: HttpProxy | undefined,
	signal: AbortSignal | undefined,
): Promise<TLSSocket> {
	const host = bare(url.hostname);
	const {connect: connectTls} = await import('node:tls');
	const secured = connectTls({socket, host, rejectUnauthorized: true, ...(isIP(host) === 0 && {servername: host})});
	let certificate: WireFailure['certificate'];
	// Runs before Node verifies the certificate and closes an untrusted connection.
	secured.prependOnceListener('secure', () => {
		certificate = selfDescription(secured.getPeerCertificate());
	});
	secured.on('error', () => undefined);
	try {
		await within(stepMs, signal, () => once(secured, 'secureConnect'));
		return secured;
	} catch (error) {
		secured.destroy();
		signal?.throwIfAborted();
		const failure = {...connectionFailure(error, url.host, shownProxy(proxy)), ...(certificate && {certificate})};
		throw exchangeError(failure.tls ? {...failure, message: tlsInWords(failure)} : failure);
	}
}

function selfDescription(certificate: PeerCertificate): WireFailure['certificate'] {
	const day = (time: string) => (Number.isNaN(Date.parse(time)) ? '?' : new Date(time).toISOString().slice(0, 10));
	return {issuer: issuerOf(certificate), from: day(certificate.valid_from), until: day(certificate.valid_to)};
}

/** Lists IPv4 and IPv6 apart, since an allowlist often forgets one of them. */
export function addressesInWords({v4, v6, proxy}: Addresses): string {
	const families = [
		...(v4.length > 0 ? [`v4 ${v4.join(', ')}`] : []),
		...(v6.length > 0 ? [`v6 ${v6.join(', ')}`] : []),
	].join('; ');
	return proxy ? t`proxy ${proxy.address}: ${families}` : families;
}

export function connectedInWords({remoteAddress = '?', remotePort = 0}: Socket, {proxy}: Addresses): string {
	if (proxy) return t`through proxy ${proxy.address}`;
	return t`${remoteAddress} port ${remotePort}, over ${remoteAddress.includes(':') ? 'IPv6' : 'IPv4'}`;
}
