import {once} from 'node:events';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {AppError, isAppError} from '../core/errors.ts';
import type {EndpointName} from '../exchange/endpoint.ts';
import {endpoints} from '../exchange/endpoints.ts';
import {authenticate, authorize, mayUsePage, type Incoming} from './checks.ts';
import {createConnections, serverTimeouts} from './tls/connections.ts';
import {extraEndpoints, type Served} from './handlers/extra-endpoints.ts';
import type {HandlerResult, Call} from './handlers/call.ts';
import {handlers} from './handlers/handlers.ts';
import {createLastUse} from './last-use.ts';
import {createLimits} from './limits.ts';
import {forbidden, notFound, Refusal, refused, success, tooLarge, type Reply} from './refusal.ts';
import {createFaultInjection, type FaultInjection} from './fault-injection.ts';
import {parseSandboxState, withoutExpired, type SandboxState} from './state.ts';
import type {Random} from '../core/random.ts';
import type {SandboxStorage} from './storage.ts';

export type SandboxOptions = {
	readonly storage: SandboxStorage;
	/** 0 or absent: any free port. A taken one throws AppError `port-in-use`. */
	readonly port?: number;
	/** The exchange's own time, ms since 1970. */
	readonly clock: () => number;
	readonly random: Random;
	/** The initial fault, by its name in `faults`. */
	readonly fault?: string | undefined;
};

export type Sandbox = {
	readonly baseUrl: URL;
	/**
	 * Sent in `pageHeader` to the stand-in page; made anew at each start, so that only the program that started the
	 * sandbox can use it.
	 */
	readonly pageToken: string;
	/** Where the exchange is reached, which depends on the fault. */
	currentUrl(): Promise<URL>;
	readonly injection: FaultInjection;
	refusals(): ReadonlyMap<string, number>;
	close(): Promise<void>;
};

const served: readonly Served[] = [
	...(Object.keys(endpoints) as EndpointName[]).map(name => ({name, route: endpoints[name], handler: handlers[name]})),
	...extraEndpoints,
];
const byPath = Map.groupBy(served, ({route}) => route.path);

const mostBodyBytes = 65_536;
/** A key that expires meanwhile is still served; ms. */
const momentMs = 200;

/** Starts the embedded exchange on 127.0.0.1. */
export async function startSandbox({storage, port = 0, clock, random, fault}: SandboxOptions): Promise<Sandbox> {
	const isWithinLimit = createLimits(() => performance.now());
	const lastUse = createLastUse(storage);
	const connections = createConnections();
	const pageToken = Buffer.from(random(32)).toString('base64url');
	const counted = new Map<string, number>();

	function current(stored: unknown, now: number): SandboxState {
		const state = parseSandboxState(stored);
		if (!state) throw new Refusal('50001');
		return withoutExpired(lastUse.applied(state), now);
	}

	/** The state for all calls within `momentMs`: looking through a thousand keys for each call would take too long. */
	let seen: {readonly stored: unknown; readonly now: number; readonly state: SandboxState} | undefined;
	function recent(stored: unknown, now: number): SandboxState {
		if (seen === undefined || seen.stored !== stored || Math.abs(now - seen.now) > momentMs)
			seen = {stored, now, state: current(stored, now)};
		return seen.state;
	}

	async function run({handler}: Served, call: Omit<Call, 'state'>, state: SandboxState): Promise<Reply> {
		let answered: HandlerResult | undefined;
		if ('look' in handler) answered = handler.look({...call, state});
		else {
			await storage.update(stored => {
				const changed = handler.change({...call, state: current(stored, call.now)});
				answered = changed;
				return changed.state;
			});
		}

		return success(answered!.data, answered!.code);
	}

	async function answer(incoming: Incoming): Promise<Reply> {
		const [path, query] = splitOnce(incoming.path, '?');
		const candidates = byPath.get(path);
		if (!candidates) return notFound;
		const found = candidates.find(({route}) => route.method === incoming.method);
		if (!found) throw new Refusal('50115');
		const {name, route} = found;
		if (route.sandboxOnly && !mayUsePage(incoming, pageToken)) return forbidden;

		const now = injection.now();
		const {needs, limit} = route;
		injection.refuse({
			isSigned: needs !== undefined,
			isAnnouncement: name === 'status',
			isOrder: name === 'cancelOrder' || name === 'placeOrder',
			address: incoming.address,
			apiKey: String(incoming.headers['ok-access-key'] ?? ''),
		});
		const state = recent(storage.load(), now);
		const caller = needs && authenticate(incoming, state, now);
		if (caller) lastUse.note(caller, now);
		if (limit && !isWithinLimit(name, limit, limit.per === 'user' ? caller!.uid : incoming.address))
			throw new Refusal('50011');
		if (caller) authorize(caller, needs, state);
		const parameters = route.method === 'GET' ? Object.fromEntries(new URLSearchParams(query)) : parseBody(incoming);
		return run(found, {caller, parameters, now, random, injection}, state);
	}

	async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
		response.once('close', () => {
			connections.answered(request);
		});
		if (await injection.answers(response)) return;
		const body = await bodyOf(request);
		connections.arrived(request);
		if (!body) {
			send(response.setHeader('connection', 'close'), tooLarge);
			return;
		}

		const {method = '', url = '', headers, socket} = request;
		const incoming = {method, path: url, headers, body, address: socket.remoteAddress ?? ''};
		send(
			response,
			await answer(incoming).catch((error: unknown) => {
				const refusal = asRefusal(error);
				counted.set(refusal.code, (counted.get(refusal.code) ?? 0) + 1);
				return refused(refusal);
			}),
		);
	}

	const listener = (request: IncomingMessage, response: ServerResponse) => {
		// A client that hung up gets no answer.
		reply(request, response).catch(() => response.destroy());
	};
	const server = createServer(serverTimeouts, listener);
	connections.guard(server);
	const baseUrl = await listen(server, port);
	const injection = createFaultInjection({listener, guard: connections.guard, plain: baseUrl, clock, random});
	injection.set(fault);
	return {
		baseUrl,
		pageToken,
		currentUrl: async () => injection.url(),
		injection,
		refusals: () => counted,
		async close() {
			await injection.close();
			server.close();
			connections.end();
			await lastUse.settled();
		},
	};
}

async function listen(server: Server, port: number): Promise<URL> {
	server.listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new AppError('port-in-use', {port});
		if ((error as NodeJS.ErrnoException).code === 'EACCES')
			throw new AppError('invalid', {
				problem: `Port ${port} is not for this user to open.`,
				fix: 'Choose one above 1023, or 0 for any free one.',
			});
		throw error;
	}

	return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function splitOnce(text: string, separator: string): [string, string] {
	const index = text.indexOf(separator);
	return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) {
		size += chunk.byteLength;
		if (size > mostBodyBytes) return undefined;
		chunks.push(chunk);
	}

	return Buffer.concat(chunks);
}

function parseBody({body, headers}: Incoming): Readonly<Record<string, unknown>> {
	if (body.byteLength === 0) throw new Refusal('50000');
	if (!/^application\/json\b/i.test(String(headers['content-type']))) throw new Refusal('50006');
	let parsed: unknown;
	try {
		parsed = JSON.parse(Buffer.from(body).toString('utf8'));
	} catch {
		throw new Refusal('50002');
	}

	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Refusal('50002');
	return parsed as Readonly<Record<string, unknown>>;
}

/** A locked or busy storage counts as an exchange that is down; an unexpected error has a code of its own. */
function asRefusal(error: unknown): Refusal {
	if (error instanceof Refusal) return error;
	return new Refusal(isAppError(error) ? '50001' : '50026');
}

/** No CORS headers: no web page may read an answer. */
function send(response: ServerResponse, {status, body}: Reply): void {
	const text = JSON.stringify(body);
	response
		.writeHead(status, {'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text)})
		.end(text);
}
