import dns from 'node:dns/promises';
import {once} from 'node:events';
import {createServer} from 'node:https';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {syncBuiltinESMExports} from 'node:module';
import net, {type AddressInfo, type NetConnectOpts} from 'node:net';
import {onTestFinished, vi} from 'vitest';
import {authority, trust} from './authority.ts';

export type Host = {
	/** `GET /path`, each with whether it was signed. */
	readonly heard: {readonly path: string; readonly signed: boolean}[];
};

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * An internet of one's own: hosts by their real names, with certificates that this process trusts until the test is
 * done. A call to a name that is not there fails as if no server listened. Nothing leaves the machine.
 */
export async function internet<Name extends string>(
	hosts: Readonly<Record<Name, Listener>>,
): Promise<Readonly<Record<Name, Host>>> {
	const own = authority('An Internet Of Our Own');
	trust(own);
	const ports = new Map<string, number>();
	const made: [string, Host][] = [];
	for (const [name, listener] of Object.entries<Listener>(hosts)) {
		const heard: {path: string; signed: boolean}[] = [];
		const https = createServer(own.issue({name}), (request, response) => {
			heard.push({path: request.url!, signed: 'ok-access-key' in request.headers});
			listener(request, response);
		}).listen(0, '127.0.0.1');
		await once(https, 'listening');
		onTestFinished(() => {
			https.closeAllConnections();
			https.close();
		});
		ports.set(name, (https.address() as AddressInfo).port);
		made.push([name, {heard}]);
	}

	const address = {address: '127.0.0.1', family: 4};
	const looking = vi.spyOn(dns, 'lookup').mockImplementation((async () => [address]) as unknown as typeof dns.lookup);
	const connect = net.connect.bind(net);
	const connecting = vi
		.spyOn(net, 'connect')
		.mockImplementation(((options: NetConnectOpts & {readonly host: string}) =>
			connect({...options, port: ports.get(options.host) ?? 1})) as typeof net.connect);
	syncBuiltinESMExports();
	onTestFinished(() => {
		looking.mockRestore();
		connecting.mockRestore();
		syncBuiltinESMExports();
		own.remove();
	});
	return Object.fromEntries(made) as Record<Name, Host>;
}
