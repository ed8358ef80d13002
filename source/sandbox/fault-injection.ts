import type {Random} from '../core/random.ts';
import {once} from 'node:events';
import type {RequestListener, ServerResponse} from 'node:http';
import {createServer} from 'node:net';
import type {AddressInfo} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {canonicalIp} from '../core/ip/address.ts';
import type {Connections} from './tls/connections.ts';
import {faults, type Fault, type AccountConfig} from './faults.ts';
import {Refusal, type RefusalCode} from './refusal.ts';
import {createTlsServers} from './tls/servers.ts';

type FaultInjectionOptions = {
	readonly listener: RequestListener;
	readonly guard: Connections['guard'];
	readonly plain: URL;
	readonly clock: () => number;
	readonly random: Random;
};

type RequestTraits = {
	readonly isSigned: boolean;
	readonly isAnnouncement: boolean;
	readonly isOrder: boolean;
	readonly address: string;
	readonly apiKey: string;
};

export type FaultInjection = ReturnType<typeof createFaultInjection>;

export function createFaultInjection({listener, guard, plain, clock, random}: FaultInjectionOptions) {
	const tlsServers = createTlsServers({listener, guard, clock, random});
	let name: string | undefined;
	let firstCallAt: number | undefined;
	const fault = (): Fault => (name === undefined ? {about: ''} : faults[name]!);

	return {
		/** The fault from the next call on; undefined ends it. */
		set(wanted: string | undefined): void {
			name = wanted;
			firstCallAt = undefined;
		},
		current: () => name,
		now: () => clock() + (fault().clockMs ?? 0),
		async url(): Promise<URL> {
			const {endpoint} = fault();
			if (endpoint === undefined) return plain;
			if (endpoint === 'no-such-name') return new URL(`http://sandbox.invalid:${plain.port}`);
			if (endpoint === 'closed') return new URL(`http://127.0.0.1:${await closedPort()}`);
			return endpoint === 'tls-protocol' ? new URL(`https://localhost:${plain.port}`) : tlsServers.urlOf(endpoint);
		},
		/** True if the fault has answered the call itself, perhaps only after a while. */
		async answers(response: ServerResponse): Promise<boolean> {
			const {answers, waits} = fault();
			firstCallAt ??= performance.now();
			if (answers) return answers(response, performance.now() - firstCallAt) !== false;
			// A client that hung up must not keep the program alive.
			if (waits !== undefined) await sleep(waits, undefined, {ref: false});
			return false;
		},
		/** Throws the refusal of a call; announcements are never refused. */
		refuse({isSigned, isAnnouncement, isOrder, address, apiKey}: RequestTraits): void {
			const {refuses, refusesOrders, down} = fault();
			const ofOrders = isOrder && refusesOrders && 'code' in refusesOrders ? refusesOrders.code : undefined;
			const code = isAnnouncement ? undefined : (down ?? (isSigned ? (refuses ?? ofOrders) : undefined));
			if (code !== undefined) throw new Refusal(code, canonicalIp(address), apiKey);
		},
		orderCode(): RefusalCode {
			const {refusesOrders} = fault();
			return refusesOrders && 'sCode' in refusesOrders ? refusesOrders.sCode : '51400';
		},
		said<Whole extends AccountConfig>(said: Whole): Whole {
			return {...said, ...fault().says?.(said)};
		},
		announcements(now: number): readonly Readonly<Record<'state' | (string & {}), string>>[] {
			const title = fault().announces;
			const [hour, env] = [3_600_000, '1'];
			return title === undefined
				? []
				: [
						{
							title,
							state: 'ongoing',
							begin: String(now - hour),
							end: String(now + hour),
							preOpenBegin: '',
							href: '',
							serviceType: '5',
							system: 'unified',
							scheDesc: '',
							maintType: '1',
							env,
						},
					];
		},
		/** The certificate of the authority behind the faults of TLS, in PEM; undefined before the first of them. */
		authority: () => tlsServers.authority(),
		close: async () => tlsServers.close(),
	};
}

async function closedPort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
