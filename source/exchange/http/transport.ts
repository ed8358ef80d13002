import {once} from 'node:events';
import type {Agent, ClientRequestArgs, IncomingMessage, RequestOptions} from 'node:http';
import type {Socket} from 'node:net';
import {exchangeError} from '../failure.ts';
import {shownProxy, type HttpProxy} from './proxy.ts';
import {openWay} from './connect.ts';

/** The answer's body is still unread; redirects are not followed. */
export type Transport = {
	readonly send: (request: Request, proxy: HttpProxy | undefined) => Promise<Response>;
	/** Takes over a connection as `openWay` opens it, for the next call that reads. */
	readonly adopt: (url: URL, proxy: HttpProxy | undefined, connection: Socket) => void;
};

/** How long a connection waits for the next call, ms. */
const idleMs = 4000;
/** Fetch standard, null body status. */
const bodiless = new Set([204, 205, 304]);

type Opening = {readonly opening?: AbortSignal};

/**
 * In place of Node's fetch, which cannot be given a proxy, and costs more time and memory for each call. Only reads
 * reuse a kept connection.
 */
export function createTransport(): Transport {
	const agents = new Map<string, Agent>();
	const adopted = new Map<string, {readonly connection: Socket; readonly expiry: NodeJS.Timeout}>();

	function takeAdopted(name: string): Socket | undefined {
		const found = adopted.get(name);
		adopted.delete(name);
		clearTimeout(found?.expiry);
		return found?.connection.destroyed ? undefined : found?.connection.ref();
	}

	async function agentFor(url: URL, proxy: HttpProxy | undefined): Promise<Agent> {
		const {Agent} = await moduleOf(url);
		const name = wayOf(url, proxy);
		const kept = agents.get(name);
		if (kept) return kept;
		const agent = new Agent({keepAlive: true, timeout: idleMs});
		agent.createConnection = ({opening}: ClientRequestArgs & Opening, opened) => {
			const connection = takeAdopted(name);
			if (connection) return connection;
			openWay(url, proxy, opening).then(
				socket => opened?.(null, socket),
				(error: Error) => opened?.(error, undefined!),
			);
			return undefined;
		};
		agents.set(name, agent);
		return agent;
	}

	async function send(request: Request, proxy: HttpProxy | undefined): Promise<Response> {
		const {signal, method} = request;
		const url = new URL(request.url);
		const body = Buffer.from(await request.arrayBuffer());
		const {request: ask} = await moduleOf(url);
		const options: RequestOptions & Opening = {
			method,
			signal,
			opening: signal,
			headers: {
				...Object.fromEntries(request.headers),
				'accept-encoding': 'gzip',
				...(body.length > 0 && {'content-length': body.length}),
			},
		};
		if (method === 'GET') {
			options.agent = await agentFor(url, proxy);
		} else {
			// The other side may be closing a kept connection just now, and a write is never sent twice.
			const socket = await openWay(url, proxy, signal);
			options.createConnection = () => socket;
		}

		const asked = ask(url, options);
		const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
		// The body reports a connection that breaks later.
		asked.on('error', () => undefined);
		asked.end(body);
		const [answer] = await answered;
		// Only a proxy answers with 407.
		if (answer.statusCode === 407) {
			answer.destroy();
			throw exchangeError({kind: 'proxy', httpStatus: 407, host: url.host, ...(proxy && {proxy: shownProxy(proxy)!})});
		}

		return responseOf(answer);
	}

	return {
		send,
		adopt(url, proxy, connection) {
			const name = wayOf(url, proxy);
			takeAdopted(name)?.destroy();
			const expiry = setTimeout(() => takeAdopted(name)?.destroy(), idleMs).unref();
			adopted.set(name, {connection: connection.unref(), expiry});
		},
	};
}

function wayOf(url: URL, proxy: HttpProxy | undefined): string {
	return `${url.origin} ${proxy?.protocol ?? ''}${proxy?.address ?? ''}`;
}

async function moduleOf({protocol}: URL) {
	return protocol === 'https:' ? import('node:https') : import('node:http');
}

async function responseOf(answer: IncomingMessage): Promise<Response> {
	const {statusCode: status = 0, rawHeaders} = answer;
	if (status < 200 || status > 599) {
		answer.destroy();
		throw Object.assign(new Error('No status of HTTP'), {code: 'HPE_INVALID_STATUS'});
	}

	const headers = new Headers();
	for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
	if (bodiless.has(status)) {
		answer.resume();
		return new Response(null, {status, headers});
	}

	return new Response(await bodyOf(answer), {status, headers});
}

async function bodyOf(answer: IncomingMessage): Promise<ReadableStream<Uint8Array>> {
	const {Readable, pipeline} = await import('node:stream');
	if (answer.headers['content-encoding']?.toLowerCase() !== 'gzip')
		return Readable.toWeb(answer) as ReadableStream<Uint8Array>;
	const {createGunzip} = await import('node:zlib');
	return Readable.toWeb(pipeline(answer, createGunzip(), () => undefined)) as ReadableStream<Uint8Array>;
}
