import {lookup} from 'node:dns/promises';
import {once} from 'node:events';
import {connect as connectTcp, isIP, type Socket} from 'node:net';
import {connect as connectTls} from 'node:tls';
import {clean} from '../core/text.ts';
import {within} from './deadline.ts';

/** How long each of these steps may take; ms. They reject with Node's own errors, or with the reason of an abort. */
const stepMs = 5000;

function hostOf({hostname}: URL): string {
	return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Every address of the host, IPv4 and IPv6, in the order in which they are tried. */
export async function lookUp(url: URL, signal?: AbortSignal): Promise<readonly string[]> {
	const found = await within(stepMs, signal, () => lookup(hostOf(url), {all: true}));
	return found.map(({address}) => address);
}

/** A connection to whichever of the addresses takes one first, tried as fetch tries them. The caller destroys it; an abort does too. */
export async function connect(url: URL, addresses: readonly string[], signal?: AbortSignal): Promise<Socket> {
	const socket = connectTcp({
		host: hostOf(url),
		port: url.port === '' ? url.protocol === 'https:' ? 443 : 80 : Number(url.port),
		lookup: (_name, _options, found) => found(null, addresses.map(address => ({address, family: isIP(address)}))),
		...(signal && {signal}),
	});
	try {
		await within(stepMs, signal, () => once(socket, 'connect'));
		return socket;
	} catch (error) {
		socket.destroy();
		throw error;
	} finally {
		// What happens to an idle connection later is nobody's concern, and must not end the program.
		socket.on('error', () => undefined);
	}
}

export type Secured = {readonly protocol: string; readonly issuer: string; /** ms since 1970 */ readonly expires: number};

/** Speaks TLS over a connection, looks at the certificate and ends both. The certificate is checked whatever the environment says. */
export async function secure(url: URL, socket: Socket, signal?: AbortSignal): Promise<Secured> {
	const host = hostOf(url);
	const secured = connectTls({socket, host, rejectUnauthorized: true, ...(isIP(host) === 0 && {servername: host})});
	try {
		await within(stepMs, signal, () => once(secured, 'secureConnect'));
		const {issuer, valid_to: expires} = secured.getPeerCertificate();
		const issuedBy = [issuer.O ?? issuer.CN ?? 'nobody named'].flat()[0]!;
		return {protocol: secured.getProtocol() ?? 'TLS', issuer: clean(issuedBy), expires: Date.parse(expires)};
	} finally {
		secured.on('error', () => undefined);
		secured.destroy();
		socket.destroy();
	}
}
