import {once} from 'node:events';
import {createServer, type IncomingHttpHeaders} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import {connect, type AddressInfo, type Socket} from 'node:net';
import {onTestFinished} from 'vitest';
import type {Certified} from './authority.ts';

export type Asked = {readonly path: string; readonly headers: IncomingHttpHeaders};

/**
 * A proxy that does as told with each CONNECT, or connects: then to `to`, whatever it was asked for. Ends with the
 * test.
 */
export async function proxy({
	answer,
	to,
	certified,
}: {readonly answer?: string; readonly to?: URL; readonly certified?: Certified} = {}): Promise<{
	readonly url: URL;
	readonly asked: Asked[];
}> {
	const asked: Asked[] = [];
	const open = new Set<Socket>();
	const server = certified ? createTlsServer(certified) : createServer();
	server.on('connection', socket => open.add(socket));
	server.on('connect', ({url = '', headers}, client: Socket) => {
		asked.push({path: url, headers});
		client.on('error', () => undefined);
		if (answer !== undefined) return void client.end(answer);
		const onward = connect(Number(to!.port), to!.hostname.replace(/^\[(.*)\]$/, '$1'), () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			onward.pipe(client);
			client.pipe(onward);
		});
		onward.on('error', () => client.destroy());
		return undefined;
	});
	server.listen(0, 'localhost');
	await once(server, 'listening');
	onTestFinished(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});
	return {url: new URL(`${certified ? 'https' : 'http'}://localhost:${(server.address() as AddressInfo).port}`), asked};
}
