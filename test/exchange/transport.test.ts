import {once} from 'node:events';
import {createServer} from 'node:https';
import type {IncomingMessage, RequestListener} from 'node:http';
import {createServer as createTcpServer, type AddressInfo} from 'node:net';
import {inspect} from 'node:util';
import {gzipSync} from 'node:zlib';
import {afterAll, expect, onTestFinished, test} from 'vitest';
import {connect, resolveHost} from '../../source/exchange/http/connect.ts';
import {proxyFor, type HttpProxy} from '../../source/exchange/http/proxy.ts';
import type {ProbeStep} from '../../source/exchange/probe/probe-step.ts';
import {reachSite} from '../../source/exchange/probe/site-probe.ts';
import {authority, hasOpenssl, trust, type Certified} from './authority.ts';
import {canary, canaryWords, clientOf, failing, goodPassphrase, server} from './helpers.ts';
import {proxy} from './proxies.ts';

const withCertificates = test.skipIf(!hasOpenssl);
const trusted = hasOpenssl ? authority('Trusted Here') : undefined!;
afterAll(() => trusted?.remove());

/**
 * As an environment would name it: for a host that is not of this machine, for calls of which there are none in a
 * test.
 */
function named(url: URL): HttpProxy {
	return proxyFor(new URL('https://openapi.okx.com'), {HTTPS_PROXY: url.href.replace('//', '//bob:s3c%ret@')})!;
}

async function tlsServer(
	listener: RequestListener,
	certified: Certified,
): Promise<{readonly url: URL; readonly heard: IncomingMessage[]}> {
	const heard: IncomingMessage[] = [];
	const https = createServer(certified, (request, response) => {
		heard.push(request);
		listener(request, response);
	}).listen(0, 'localhost');
	await once(https, 'listening');
	onTestFinished(() => {
		https.closeAllConnections();
		https.close();
	});
	return {url: new URL(`https://localhost:${(https.address() as AddressInfo).port}`), heard};
}

const answer: RequestListener = ({method}, response) => {
	response
		.writeHead(200, {'content-encoding': 'gzip'})
		.end(gzipSync(method === 'GET' ? '{"code":"0","data":[{"ts":"1"}]}' : '{"code":"50001","msg":""}'));
};
const newKey = {subAccount: 'quantdesk01', label: 'bot', passphrase: goodPassphrase, permissions: [], ip: []} as const;

withCertificates(
	'a signed call reaches the exchange through the proxy, which sees neither the call nor anything of the key',
	async () => {
		trust(trusted);
		const {url, heard} = await tlsServer(answer, trusted.issue({}));
		const {url: proxyUrl, asked} = await proxy({to: url});
		const {exchange, target} = clientOf(url, {proxyFor: () => named(proxyUrl)});
		await failing(exchange.call('createSubKey', newKey, target));
		expect(heard.map(({headers}) => headers['ok-access-key'])).toEqual([canary.apiKey]);
		expect(heard[0]!.headers['proxy-authorization']).toBeUndefined();
		expect(asked).toEqual([
			{
				path: url.host,
				headers: {
					host: url.host,
					connection: expect.any(String) as string,
					'proxy-authorization': `Basic ${btoa('bob:s3c%ret')}`,
				},
			},
		]);
	},
);

withCertificates('calls that read share one way through the proxy, and one that writes takes its own', async () => {
	trust(trusted);
	const {url, heard} = await tlsServer(answer, trusted.issue({}));
	const {url: proxyUrl, asked} = await proxy({to: url});
	const {exchange, target} = clientOf(url, {proxyFor: () => named(proxyUrl)});
	for (let call = 0; call < 3; call++) expect(await exchange.call('time', {}, target)).toEqual({serverTime: 1});
	expect([heard.length, asked.length]).toEqual([3, 1]);
	await failing(exchange.call('createSubKey', newKey, target));
	expect([heard.length, asked.length]).toEqual([4, 2]);
});

withCertificates('a live test sends its calls over the connection that its first steps have opened', async () => {
	trust(trusted);
	const {url, heard} = await tlsServer(answer, trusted.issue({}));
	const {url: proxyUrl, asked} = await proxy({to: url});
	const {exchange, target} = clientOf(url, {proxyFor: () => named(proxyUrl)});
	await reachSite(exchange, target, {clock: Date.now});
	await exchange.call('time', {}, target);
	expect([heard.length, asked.length]).toEqual([2, 1]);
});

test('a live test that is stopped once it is connected leaves no connection open', async () => {
	const ended = Promise.withResolvers<void>();
	const tcp = createTcpServer(socket => socket.resume().on('close', () => ended.resolve())).listen(0, 'localhost');
	await once(tcp, 'listening');
	onTestFinished(() => void tcp.close());
	const {exchange, target} = clientOf(new URL(`https://localhost:${(tcp.address() as AddressInfo).port}`));
	const stop = new AbortController();
	const onLayer = ({name}: ProbeStep) => {
		if (name === 'tcp') stop.abort(new Error('enough'));
	};
	await expect(reachSite(exchange, target, {clock: Date.now, signal: stop.signal, onLayer})).rejects.toThrow('enough');
	await ended.promise;
});

test('a connection that has ended before its first call is replaced', async () => {
	const {url, heard} = await server((_, response) => response.end('{"code":"0","data":[{"ts":"1"}]}'));
	const {exchange, target} = clientOf(url);
	const connection = await connect(url, await resolveHost(url));
	exchange.adopt!(url, connection);
	connection.destroy();
	expect(await exchange.call('time', {}, target)).toEqual({serverTime: 1});
	expect(heard).toHaveLength(1);
});

withCertificates('the proxy is named in the layers of a live test, without its password', async () => {
	trust(trusted);
	const {url} = await tlsServer(answer, trusted.issue({}));
	const {url: proxyUrl} = await proxy({to: url});
	const {exchange, target} = clientOf(url, {proxyFor: () => named(proxyUrl)});
	const {layers} = await reachSite(exchange, target, {clock: Date.now});
	expect(layers.map(({name, ok}) => [name, ok])).toEqual([
		['dns', true],
		['tcp', true],
		['tls', true],
		['time', false],
	]);
	expect(layers[0]!.detail).toMatch(new RegExp(`^proxy ${proxyUrl.host}: v`));
	expect(layers[1]!.detail).toBe(`through proxy ${proxyUrl.host}`);
	expect(JSON.stringify(layers)).not.toMatch(/bob|s3c/);
});

withCertificates('man-in-the-middle: a proxy that puts itself in the place of the exchange gets nothing', async () => {
	const {url, heard} = await tlsServer(answer, authorityOfItsOwn());
	const {url: proxyUrl, asked} = await proxy({to: url});
	const {exchange, target} = clientOf(url, {proxyFor: () => named(proxyUrl)});
	const error = await failing(exchange.call('config', {}, target));
	expect(error).toMatchObject({
		exit: 'network',
		details: {failure: {kind: 'tls', tls: 'authority', proxy: {address: proxyUrl.host}}},
	});
	expect(error.message).toContain(`through the proxy ${proxyUrl.host} is not safe`);
	expect([asked.length, heard.length]).toEqual([1, 0]);
});

function authorityOfItsOwn(): Certified {
	const other = authority('Somebody Else');
	onTestFinished(() => {
		other.remove();
	});
	return other.issue({});
}

test.each([
	[
		'407',
		'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n',
		{kind: 'proxy', httpStatus: 407},
	],
	['403', 'HTTP/1.1 403 Forbidden\r\n\r\n', {kind: 'proxy', httpStatus: 403}],
	['no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', {kind: 'proxy'}],
	['nothing', '', {kind: 'reset'}],
	['200, and then no TLS', 'HTTP/1.1 200 OK\r\n\r\nSSH-2.0-OpenSSH_9.9\r\n', {kind: 'tls', tls: 'protocol'}],
	['200, and hangs up', 'HTTP/1.1 200 OK\r\n\r\n', {kind: 'reset'}],
])('a call through a proxy that answers %s is told as that, and shows no secret', async (_, answered, expected) => {
	const {url: proxyUrl, asked} = await proxy({answer: answered});
	const {exchange, target} = clientOf(new URL('https://localhost:50001'), {proxyFor: () => named(proxyUrl)});
	const error = await failing(exchange.call('config', {}, target));
	expect(error).toMatchObject({
		exit: 'network',
		details: {
			failure: {...expected, host: 'localhost:50001', proxy: {address: proxyUrl.host, variable: 'HTTPS_PROXY'}},
		},
	});
	expect(error.message).toContain(proxyUrl.host);
	expect(asked.every(({path}) => path === 'localhost:50001')).toBe(true);
	for (const word of [...canaryWords, 's3c', btoa('bob:s3c%ret')])
		expect(inspect(error, {depth: 9})).not.toContain(word);
});

test('a proxy that cannot be used ends a call, and no server is reached', async () => {
	const {url, heard} = await server((_, response) => response.end('{"code":"0","data":[{"ts":"1"}]}'));
	const environment = {HTTPS_PROXY: 'socks5h://bob:s3cret@127.0.0.1:1080'};
	const {exchange, target} = clientOf(url, {proxyFor: () => proxyFor(new URL('https://openapi.okx.com'), environment)});
	const error = await failing(exchange.call('time', {}, target));
	expect(error).toMatchObject({
		exit: 'network',
		message: 'HTTPS_PROXY names a SOCKS proxy, and only HTTP proxies can be used.',
	});
	const {layers, failure} = await reachSite(exchange, target, {clock: Date.now});
	expect(layers[0]).toMatchObject({name: 'dns', ok: false, detail: 'HTTPS_PROXY names a proxy that cannot be used'});
	expect(failure).toMatchObject({kind: 'proxy', proxy: {problem: 'socks'}});
	expect(heard).toEqual([]);
});

test.each(['777', '600'])(
	'an answer with the status %s, which there is not, is told as no answer of the exchange',
	async status => {
		const {url} = await server(request => request.socket.end(`HTTP/1.1 ${status} Odd\r\nContent-Length: 2\r\n\r\n{}`));
		const {exchange, target} = clientOf(url);
		expect((await failing(exchange.call('time', {}, target))).details.failure).toMatchObject({kind: 'garbage'});
	},
);

test('an abort ends the way through a proxy that does not answer', async () => {
	const {url: proxyUrl} = await proxy({to: new URL('http://127.0.0.1:9')});
	const stop = new AbortController();
	const {exchange, target} = clientOf(new URL('https://localhost:50001'), {proxyFor: () => named(proxyUrl)});
	const call = exchange.call('config', {}, target, {
		signal: stop.signal,
		onTurn() {
			setImmediate(() => {
				stop.abort(new Error('enough'));
			});
		},
	});
	await expect(call).rejects.toThrow('enough');
});
