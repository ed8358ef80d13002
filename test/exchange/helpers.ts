import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {createServer, type IncomingMessage, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {onTestFinished} from 'vitest';
import {isAppError, type AppError} from '../../source/core/errors.ts';
import type {Credential} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import {createExchange, type Exchange, type ExchangeOptions} from '../../source/exchange/client.ts';
import {probeKey, type KeyProbeOptions, type KeyTarget, type Probe} from '../../source/exchange/probe/key-probe.ts';
import {reachSite} from '../../source/exchange/probe/site-probe.ts';
import type {Target} from '../../source/exchange/target.ts';
import {pageHeader} from '../../source/exchange/sign.ts';
import {startSandbox} from '../../source/sandbox/server.ts';
import {memoryStorage, type SandboxStorage} from '../../source/sandbox/storage.ts';
import {seedSandbox} from '../../source/sandbox/seed.ts';
import {newKey, type NewKey, type SandboxState} from '../../source/sandbox/state.ts';
import {quickRetries} from '../helpers/time.ts';

/** Credentials that must never be seen in anything that is thrown or printed. */
export const canary: Credential = {
	apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6',
	secretKey: new Secret('9F86D081884C7D659A2FEAA0C55AD015'),
	passphrase: new Secret('Correct-Horse9!'),
};

export const canaryWords = [canary.apiKey, canary.secretKey.reveal(), canary.passphrase.reveal()];

export const goodPassphrase = 'Another-Horse7!';

export type World = {
	readonly exchange: Exchange;
	/** How often the exchange answered with each code. */
	readonly refusals: () => ReadonlyMap<string, number>;
	readonly baseUrl: URL;
	/** The headers that open its page. */
	readonly page: Readonly<Record<string, string>>;
	readonly storage: SandboxStorage;
	/** The seeded main key. */
	readonly main: Credential;
	readonly mainTarget: Target & {readonly credential: Credential};
	readonly state: () => SandboxState;
	readonly change: (change: (state: SandboxState) => SandboxState) => Promise<void>;
	/** Puts a key there that no rule has looked at. */
	readonly plant: (
		key: Partial<NewKey> & {readonly frozen?: true; readonly lastUsedAt?: number},
	) => Promise<Credential>;
	/** Moves the clock of the exchange (and of ours, unless only its own is asked for); ms. */
	readonly advance: (ms: number) => void;
};

type Options = {
	/** The exchange's clock minus ours at the start; ms. */
	readonly serverAhead?: number;
	readonly storage?: (state: unknown) => SandboxStorage;
};

/** The embedded exchange over real HTTP, with a client at its side; both end with the test. */
export async function world({serverAhead = 0, storage: makeStorage = memoryStorage}: Options = {}): Promise<World> {
	let passed = 0;
	const clock = () => Date.now() + passed;
	const serverClock = () => clock() + serverAhead;
	const {state, main} = seedSandbox({clock: serverClock, random: randomBytes});
	const storage = makeStorage(state);
	const sandbox = await startSandbox({storage, clock: serverClock, random: randomBytes});
	onTestFinished(() => sandbox.close());
	const change: World['change'] = change => storage.update(stored => change(stored as SandboxState));
	return {
		exchange: createExchange({
			sandboxUrl: async () => sandbox.baseUrl,
			pageToken: () => sandbox.pageToken,
			clock,
			timing: quickRetries,
		}),
		refusals: () => sandbox.refusals(),
		baseUrl: sandbox.baseUrl,
		page: {[pageHeader]: sandbox.pageToken},
		storage,
		main,
		mainTarget: {site: 'sandbox', environment: 'live', credential: main},
		state: () => storage.load() as SandboxState,
		change,
		async plant({frozen, lastUsedAt, ...key}) {
			const now = serverClock();
			const chosen = {
				uid: (storage.load() as SandboxState).accounts[0].uid,
				label: 'planted',
				permissions: ['read'],
				ip: [],
				environment: 'live',
				type: 'api',
				passphrase: goodPassphrase,
				...key,
			} as const;
			const made = {
				...newKey(chosen, now, randomBytes),
				...(frozen && {frozen}),
				...(lastUsedAt !== undefined && {lastUsedAt}),
			};
			await change(state => ({...state, keys: [...state.keys, made]}));
			return {apiKey: made.apiKey, secretKey: new Secret(made.secretKey), passphrase: new Secret(chosen.passphrase)};
		},
		advance(ms) {
			passed += ms;
		},
	};
}

export type Heard = {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
};

/**
 * A server that behaves as told, and notes all it hears. Ends with the test; one of several at once gives its own
 * `onFinished`.
 */
export async function server(
	listener: RequestListener,
	onFinished: (end: () => void) => void = onTestFinished,
): Promise<{readonly url: URL; readonly heard: Heard[]}> {
	const heard: Heard[] = [];
	const http = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			heard.push({
				method: request.method!,
				path: request.url!,
				headers: request.headers,
				body: Buffer.concat(chunks).toString(),
			});
			listener(request, response);
		});
	});
	http.listen(0, '127.0.0.1');
	await once(http, 'listening');
	onFinished(() => {
		http.closeAllConnections();
		http.close();
	});
	return {url: new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}`), heard};
}

/** Tries a key on ground that is tried right before. */
export async function probe(exchange: Exchange, target: KeyTarget, options: KeyProbeOptions): Promise<Probe> {
	return probeKey(exchange, target, await reachSite(exchange, target, options), options);
}

/** Where no server listens any more. */
export async function closedPort(): Promise<URL> {
	const http = createServer().listen(0, '127.0.0.1');
	await once(http, 'listening');
	const {port} = http.address() as AddressInfo;
	http.close();
	return new URL(`http://127.0.0.1:${port}`);
}

/** A client that finds its sandbox at `url`, and a target there with the canary's credential. */
export function clientOf(
	url: URL,
	options: Partial<ExchangeOptions> = {},
): {readonly exchange: Exchange; readonly target: Target & {readonly credential: Credential}} {
	return {
		exchange: createExchange({sandboxUrl: async () => url, clock: Date.now, timing: quickRetries, ...options}),
		target: {site: 'sandbox', environment: 'live', credential: canary},
	};
}

/** The failure that a call must end with. */
export async function failing(call: Promise<unknown>): Promise<AppError<'exchange'>> {
	const error = await call.then(
		() => new Error('it did not fail'),
		(error: unknown) => error,
	);
	if (isAppError(error, 'exchange')) return error;
	throw error;
}
