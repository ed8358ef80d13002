import {lookup} from 'node:dns/promises';
import {once} from 'node:events';
import {connect as connectTcp, isIP, type Socket} from 'node:net';
import {connect as connectTls} from 'node:tls';
import {clean} from '../core/text.ts';

/** How long each of these steps may take; ms. They reject with Node's own errors, or with the reason of an abort. */
const stepMs = 5000;

function patience(signal: AbortSignal | undefined): AbortSignal {
	const deadline = AbortSignal.timeout(stepMs);
	return signal ? AbortSignal.any([signal, deadline]) : deadline;
}

/** Rejects as soon as the signal does, for what cannot be called off itself. */
async function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
	const aborted = Promise.withResolvers<never>();
	const abort = () => aborted.reject(signal.reason as Error);
	signal.addEventListener('abort', abort, {once: true});
	try {
		signal.throwIfAborted();
		return await Promise.race([work, aborted.promise]);
	} finally {
		signal.removeEventListener('abort', abort);
	}
}

function hostOf({hostname}: URL): string {
	return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Every address of the host, IPv4 and IPv6, in the order in which they are tried. */
export async function lookUp(url: URL, signal?: AbortSignal): Promise<readonly string[]> {
	const found = await orAborted(lookup(hostOf(url), {all: true}), patience(signal));
	return found.map(({address}) => address);
}

/** A connection to whichever of the addresses takes one first, tried as fetch tries them. The caller destroys it; an abort does too. */
export async function connect(url: URL, addresses: readonly string[], signal?: AbortSignal): Promise<Socket> {
	const patient = patience(signal);
	const socket = connectTcp({
		host: hostOf(url),
		port: url.port === '' ? url.protocol === 'https:' ? 443 : 80 : Number(url.port),
		lookup: (_name, _options, found) => found(null, addresses.map(address => ({address, family: isIP(address)}))),
		...(signal && {signal}),
	});
	try {
		await once(socket, 'connect', {signal: patient});
		return socket;
	} catch (error) {
		socket.destroy();
		patient.throwIfAborted();
		throw error;
	} finally {
		// What happens to an idle connection later is nobody's concern, and must not end the program.
		socket.on('error', () => undefined);
	}
}

export type Secured = {readonly protocol: string; readonly issuer: string; /** ms since 1970 */ readonly expires: number};

/** Speaks TLS over a connection, looks at the certificate and ends both. The certificate is checked whatever the environment says. */
export async function secure(url: URL, socket: Socket, signal?: AbortSignal): Promise<Secured> {
	const patient = patience(signal);
	const host = hostOf(url);
	const secured = connectTls({socket, host, rejectUnauthorized: true, ...(isIP(host) === 0 && {servername: host})});
	try {
		await once(secured, 'secureConnect', {signal: patient});
		const {issuer, valid_to: expires} = secured.getPeerCertificate();
		const issuedBy = [issuer.O ?? issuer.CN ?? 'nobody named'].flat()[0]!;
		return {protocol: secured.getProtocol() ?? 'TLS', issuer: clean(issuedBy), expires: Date.parse(expires)};
	} catch (error) {
		patient.throwIfAborted();
		throw error;
	} finally {
		secured.on('error', () => undefined);
		secured.destroy();
		socket.destroy();
	}
}
