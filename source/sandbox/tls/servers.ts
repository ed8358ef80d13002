import {dayMs} from '../../core/text/time.ts';
import type {Random} from '../../core/random.ts';
import {once} from 'node:events';
import type {RequestListener} from 'node:http';
import {createServer, type Server} from 'node:https';
import type {AddressInfo} from 'node:net';
import {getCACertificates, setDefaultCACertificates} from 'node:tls';
import {createAuthority, type CertificateAuthority, type Certified} from './certificate.ts';
import {handshakeTimeout, serverTimeouts, type Connections} from './connections.ts';
import type {EndpointMode} from '../faults.ts';

export type TlsServer = Exclude<EndpointMode, 'no-such-name' | 'closed' | 'tls-protocol'>;

const names = ['localhost', '127.0.0.1'];

type ServerOptions = {
	readonly listener: RequestListener;
	readonly guard: Connections['guard'];
	readonly clock: () => number;
	readonly random: Random;
};

/**
 * Servers start on first use. This process trusts their authority, whose key never leaves it, so that each certificate
 * is refused for its intended fault only.
 */
export function createTlsServers({listener, guard, clock, random}: ServerOptions) {
	const servers = new Map<TlsServer, Promise<Server>>();
	let trusted: CertificateAuthority | undefined;

	function times(fromDays: number, untilDays: number) {
		const now = Math.floor(clock() / 1000) * 1000;
		return {from: now + fromDays * dayMs, until: now + untilDays * dayMs};
	}

	function authority(): CertificateAuthority {
		if (!trusted) {
			trusted = createAuthority('fault injection', times(-1, 30), random);
			setDefaultCACertificates([...getCACertificates('default'), trusted.cert]);
		}

		return trusted;
	}

	const certificates: {readonly [Kind in TlsServer]: () => Certified} = {
		tls: () => authority().issue({names, ...times(-1, 20)}),
		'tls-expired': () => authority().issue({names, ...times(-20, -10)}),
		'tls-not-yet': () => authority().issue({names, ...times(10, 20)}),
		'tls-self-signed': () => authority().issue({names, ...times(-1, 20), isOwn: true}),
		'tls-authority': () => createAuthority('a stranger', times(-1, 30), random).issue({names, ...times(-1, 20)}),
		'tls-wrong-name': () => authority().issue({names: ['other.example'], ...times(-1, 20)}),
	};

	async function start(kind: TlsServer): Promise<Server> {
		const server = createServer({...certificates[kind](), ...serverTimeouts, ...handshakeTimeout}, listener);
		guard(server);
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return server;
	}

	return {
		async urlOf(kind: TlsServer): Promise<URL> {
			const starting =
				servers.get(kind) ??
				start(kind).catch((error: unknown) => {
					servers.delete(kind);
					throw error;
				});
			servers.set(kind, starting);
			return new URL(`https://localhost:${((await starting).address() as AddressInfo).port}`);
		},
		/** What a client in another process must trust; undefined before the first use. */
		authority: () => trusted?.cert,
		async close(): Promise<void> {
			for (const starting of servers.values()) {
				const server = await starting;
				server.close();
				server.closeAllConnections();
			}
		},
	};
}
