import {Console} from 'node:console';
import type {IncomingMessage, RequestListener} from 'node:http';
import {Writable} from 'node:stream';
import {inspect} from 'node:util';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {createExchange} from '../../source/exchange/client.ts';
import {isHome, isSigned} from '../setup/home.ts';
import {canary, canaryWords, clientOf, closedPort, failing, goodPassphrase, server} from './helpers.ts';

test.each([301, 302, 303, 307, 308])('redirect-steals-key: a %i is not followed', async status => {
	const thief = await server((_, response) => response.end('{"code":"0","data":[]}'));
	const {url, heard} = await server((_, response) =>
		response.writeHead(status, {location: `${thief.url.origin}/api/v5/account/config?k=${canary.apiKey}`}).end(),
	);
	const {exchange, target} = clientOf(url);
	const error = await failing(exchange.call('config', {}, target));
	expect(error.details.failure).toMatchObject({kind: 'redirect', message: thief.url.origin});
	await failing(exchange.call('deleteSubKey', {subAccount: 'quantdesk01', apiKey: 'a'}, target));
	expect(thief.heard).toEqual([]);
	expect(heard).toHaveLength(2);
	expect(inspect(error)).not.toContain(canary.apiKey);
});

test('credential-to-foreign-host: an embedded exchange that claims to lie elsewhere gets nothing signed', async () => {
	const exchange = createExchange({sandboxUrl: async () => new URL('http://192.0.2.1:8080'), clock: Date.now});
	const call = exchange.call('config', {}, {site: 'sandbox', environment: 'live', credential: canary});
	await expect(call).rejects.toMatchObject({code: 'site-unknown'});
});

test('credential-to-foreign-host: a path in an answer of the program cannot lead away from the host', async () => {
	const {url, heard} = await server((_, response) => response.end('{"code":"0","data":[]}'));
	const {exchange, target} = clientOf(url);
	await exchange.call('subKeys', {subAccount: '@evil.example/../..//evil.example?x=#'}, target);
	expect(heard[0]!.path).toMatch(/^\/api\/v5\/users\/subaccount\/apikey\?subAcct=%40evil/);
});

test('proxy-sees-passphrase: a plain call that would go through a proxy is not sent', async () => {
	const {url, heard} = await server((_, response) => response.end('{"code":"0","data":[]}'));
	const proxy = {
		variable: 'HTTPS_PROXY',
		address: 'proxy.example:3128',
		protocol: 'http:' as const,
		hostname: 'proxy.example',
		port: 3128,
		authorization: undefined,
	};
	const exchange = createExchange({sandboxUrl: async () => url, clock: Date.now, proxyFor: () => proxy});
	const {details} = await failing(
		exchange.call('config', {}, {site: 'sandbox', environment: 'live', credential: canary}),
	);
	expect(details.failure).toMatchObject({kind: 'proxy', proxy: {address: 'proxy.example:3128'}});
	expect(heard).toEqual([]);
});

test('credential-to-foreign-host: what watches the whole suite tells a strange host from our own', () => {
	for (const origin of [
		'https://openapi.okx.com',
		'https://eea.okx.com',
		'http://127.0.0.1:8080',
		'https://localhost:1',
		'http://[::1]:80',
	])
		expect(isHome(origin), origin).toBe(true);
	for (const origin of [
		'http://openapi.okx.com',
		'https://openapi.okx.com.evil.example',
		'https://192.0.2.1',
		'http://127.0.0.1.evil.example',
		'https://okx.com',
	])
		expect(isHome(origin), origin).toBe(false);
	expect(isSigned({headers: ['Ok-Access-Key', canary.apiKey]})).toBe(true);
	expect(isSigned({headers: 'accept: application/json'})).toBe(false);
});

/** All that a careless line of code could print of an error. */
async function allPrintsOf(error: unknown): Promise<string> {
	let printed = '';
	const sink = new Writable({
		write(chunk: Buffer, _, done) {
			printed += chunk.toString();
			done();
		},
	});
	new Console(sink, sink).error(error);
	const {message, stack, cause} = error as Error;
	return [
		printed,
		inspect(error, {depth: 20, showHidden: true, getters: true}),
		JSON.stringify(error),
		String(error),
		message,
		stack,
		inspect(cause, {depth: 20, showHidden: true}),
	].join('\n');
}

const echoing = (request: IncomingMessage) => Object.values(request.headers).join(' ');

test.each([
	[
		'a refusal that repeats our headers',
		(request, response) => response.writeHead(401).end(JSON.stringify({code: '50105', msg: echoing(request)})),
	],
	[
		'a web page that repeats our headers',
		(request, response) => response.writeHead(403).end(`<title>${echoing(request)}</title>`),
	],
	['garbage that repeats our headers', (request, response) => response.end(echoing(request))],
	[
		'an unknown code made of our headers',
		(request, response) => response.end(JSON.stringify({code: String(request.headers['ok-access-key']), msg: ''})),
	],
	[
		'a success of another shape with our headers in it',
		(request, response) => response.end(JSON.stringify({code: '0', data: [request.headers]})),
	],
	[
		'a redirect with our headers in it',
		(request, response) =>
			response.writeHead(302, {location: `http://127.0.0.1:9/?${encodeURIComponent(echoing(request))}`}).end(),
	],
	['a cut connection', (_, response) => response.destroy()],
	[
		'an answer that breaks off',
		(_, response) => response.writeHead(200, {'content-length': '100'}).write('{', () => response.destroy()),
	],
] satisfies [string, RequestListener][])('inspect-prints-secret: %s', {timeout: 20_000}, async (_, listener) => {
	const {url} = await server(listener);
	const {exchange, target} = clientOf(url);
	const errors = [
		await failing(exchange.call('config', {}, target)),
		await failing(
			exchange.call(
				'createSubKey',
				{subAccount: 'quantdesk01', label: 'bot', passphrase: goodPassphrase, permissions: [], ip: []},
				target,
			),
		),
	];
	for (const error of errors) {
		const printed = await allPrintsOf(error);
		for (const word of [...canaryWords, goodPassphrase]) expect(printed).not.toContain(word);
	}
});

test('inspect-prints-secret: no listener', async () => {
	const url = await closedPort();
	const {exchange, target} = clientOf(url);
	const error = await failing(exchange.call('config', {}, target));
	expect(error).toMatchObject({exit: 'network', details: {failure: {kind: 'refused', host: url.host}}});
	const printed = await allPrintsOf(error);
	for (const word of canaryWords) expect(printed).not.toContain(word);
	expect(error.cause).toBeUndefined();
});

test('gzip-bomb: an answer that grows when it is unpacked is cut off', async () => {
	const bomb = gzipSync(Buffer.alloc(150 * 1024 * 1024, ' '));
	const {url} = await server((_, response) => response.writeHead(200, {'content-encoding': 'gzip'}).end(bomb));
	const {exchange, target} = clientOf(url);
	const before = process.memoryUsage().rss;
	expect((await failing(exchange.call('time', {}, target))).details.failure?.kind).toBe('too-large');
	expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
});

test('endless-body: an answer without an end is cut off', async () => {
	const {url} = await server((_, response) => {
		const more = () => {
			while (!response.destroyed && response.write('x'.repeat(65_536)));
		};
		response.on('drain', more);
		more();
	});
	const {exchange, target} = clientOf(url);
	expect((await failing(exchange.call('time', {}, target))).details.failure?.kind).toBe('too-large');
});

test('deep-json: a thousandfold nested answer is only garbage', async () => {
	const {url} = await server((_, response) =>
		response.end(`{"code":"0","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
	);
	const {exchange, target} = clientOf(url);
	expect((await failing(exchange.call('time', {}, target))).details.failure?.kind).toBe('garbage');
});

test('html-page: a filter in the way is told as what it is', async () => {
	const {url, heard} = await server((_, response) =>
		response.writeHead(403, {'content-type': 'text/html'}).end('<html><title>Blocked by policy</title></html>'),
	);
	const {exchange, target} = clientOf(url);
	const error = await failing(exchange.call('config', {}, target));
	expect(error.exit).toBe('network');
	expect(error.message).toContain('“Blocked by policy”');
	expect(heard).toHaveLength(1);
});

test('retry-after-an-hour: is not waited for', async () => {
	const {url, heard} = await server((_, response) =>
		response.writeHead(429, {'retry-after': '3600'}).end('{"code":"50011","msg":""}'),
	);
	const {exchange, target} = clientOf(url);
	const error = await failing(exchange.call('config', {}, target));
	expect(error).toMatchObject({exit: 'rateLimited', details: {failure: {retryAfterMs: 3_600_000}}});
	expect(heard).toHaveLength(1);
});

test('a short Retry-After is kept by a read', async () => {
	let asked = 0;
	const {url} = await server((_, response) =>
		asked++ === 0
			? response.writeHead(429, {'retry-after': '1'}).end('{"code":"50011","msg":""}')
			: response.end('{"code":"0","data":[{"ts":"1"}]}'),
	);
	const {exchange, target} = clientOf(url);
	const started = performance.now();
	expect(await exchange.call('time', {}, target)).toEqual({serverTime: 1});
	expect(performance.now() - started).toBeGreaterThan(950);
});

test.each(['Пароль-9Aa!', 'Correct-Horse9!\r\nOK-ACCESS-KEY: x', 'Correct-Horse9! '])(
	'header-injection, non-ascii passphrase %j: refused before anything is sent',
	async passphrase => {
		const {url, heard} = await server((_, response) => response.end('{"code":"0","data":[]}'));
		const {exchange, target} = clientOf(url);
		const error = await failing(
			exchange.call('config', {}, {...target, credential: {...canary, passphrase: new Secret(passphrase)}}),
		);
		expect(error).toMatchObject({exit: 'authentication', details: {failure: {kind: 'unsendable'}}});
		expect(error.message).toContain('passphrase');
		expect(await allPrintsOf(error)).not.toContain(passphrase.trim());
		expect(heard).toEqual([]);
	},
);
