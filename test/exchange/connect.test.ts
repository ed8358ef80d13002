import {once} from 'node:events';
import {createServer} from 'node:https';
import {createServer as createTcpServer, type AddressInfo, type Socket} from 'node:net';
import {inspect} from 'node:util';
import {afterAll, expect, onTestFinished, test, vi} from 'vitest';
import {stopTime} from '../helpers/time.ts';
import {diagnose} from '../../source/core/diagnosis/diagnose.ts';
import {proxyFor, type HttpProxy} from '../../source/exchange/http/proxy.ts';
import {
	addressesInWords,
	connect,
	connectedInWords,
	resolveHost,
	tlsHandshake,
} from '../../source/exchange/http/connect.ts';
import {authority, hasOpenssl, trust, type Certified} from './authority.ts';
import {closedPort, failing, server} from './helpers.ts';
import {proxy} from './proxies.ts';

const withCertificates = test.skipIf(!hasOpenssl);
const trusted = hasOpenssl ? authority('Trusted Here') : undefined!;
afterAll(() => trusted?.remove());

const target = new URL('https://openapi.okx.com');
const words = 'hunter2-name:hunter2-word';

/** The proxy at `url`, as an environment would name it. */
function named(url: URL, {isSecret = false} = {}): HttpProxy {
	return proxyFor(target, {HTTPS_PROXY: isSecret ? url.href.replace('//', `//${words}@`) : url.href})!;
}

/** The whole way to the target: what the layers of DNS, TCP and TLS do. */
async function wayTo(url: URL, via?: HttpProxy) {
	const addresses = await resolveHost(url, undefined, via);
	const socket = await connect(url, addresses);
	onTestFinished(() => void socket.destroy());
	return {addresses, socket};
}

async function tlsServer(certified: Certified): Promise<URL> {
	const https = createServer(certified).listen(0, 'localhost');
	await once(https, 'listening');
	onTestFinished(() => void https.close());
	return new URL(`https://localhost:${(https.address() as AddressInfo).port}`);
}

async function handshake(socket: Socket) {
	const result = await tlsHandshake(target, socket);
	onTestFinished(() => void result.secured.destroy());
	return result;
}

test('IPv4 and IPv6 are told apart', async () => {
	expect(await resolveHost(new URL('http://127.0.0.1'))).toEqual({
		v4: ['127.0.0.1'],
		v6: [],
		all: ['127.0.0.1'],
		proxy: undefined,
	});
	expect(await resolveHost(new URL('http://[::1]'))).toEqual({v4: [], v6: ['::1'], all: ['::1'], proxy: undefined});
	expect(addressesInWords({v4: ['192.0.2.1', '192.0.2.2'], v6: ['2001:db8::1'], all: [], proxy: undefined})).toBe(
		'v4 192.0.2.1, 192.0.2.2; v6 2001:db8::1',
	);
});

test('which address was taken is told, and of which family', async () => {
	const {url} = await server(() => undefined);
	const {socket, addresses} = await wayTo(url);
	expect(connectedInWords(socket, addresses)).toBe(`127.0.0.1 port ${url.port}, over IPv4`);
	expect(connectedInWords({remoteAddress: '2001:db8::1', remotePort: 443} as never, addresses)).toBe(
		'2001:db8::1 port 443, over IPv6',
	);
});

test('of several addresses the one that takes the connection is used', async () => {
	const {url} = await server(() => undefined);
	const socket = await connect(url, {
		v4: ['127.0.0.2', '127.0.0.1'],
		v6: [],
		all: ['127.0.0.2', '127.0.0.1'],
		proxy: undefined,
	});
	onTestFinished(() => void socket.destroy());
	expect(socket.remoteAddress).toBe('127.0.0.1');
});

test('an abort ends each step with its reason', async () => {
	const {url} = await server(() => undefined);
	const reason = new Error('enough');
	const signal = AbortSignal.abort(reason);
	await expect(resolveHost(url, signal)).rejects.toBe(reason);
	await expect(connect(url, await resolveHost(url), signal)).rejects.toBe(reason);
	const {socket} = await wayTo(url);
	await expect(tlsHandshake(url, socket, signal)).rejects.toBe(reason);
	expect(socket.destroyed).toBe(true);
});

test('an abort after a connection was opened leaves it to those who use it by then', async () => {
	const {url} = await server(() => undefined);
	const stop = new AbortController();
	const socket = await connect(url, await resolveHost(url), stop.signal);
	onTestFinished(() => void socket.destroy());
	stop.abort();
	expect(socket.destroyed).toBe(false);
});

withCertificates('a call goes through the proxy, and TLS is with the host behind it', async () => {
	trust(trusted);
	const url = await tlsServer(trusted.issue({name: 'openapi.okx.com'}));
	const {url: proxyUrl, asked} = await proxy({to: url});
	const {addresses, socket} = await wayTo(target, named(proxyUrl));
	expect(addressesInWords(addresses)).toMatch(new RegExp(`^proxy ${proxyUrl.host}: v[46] `));
	expect(connectedInWords(socket, addresses)).toBe(`through proxy ${proxyUrl.host}`);
	expect(await handshake(socket)).toMatchObject({issuer: 'Trusted Here'});
	expect(asked).toEqual([
		{path: 'openapi.okx.com:443', headers: expect.objectContaining({host: 'openapi.okx.com:443'})},
	]);
});

withCertificates('a proxy may itself be spoken to over TLS', async () => {
	trust(trusted);
	const url = await tlsServer(trusted.issue({name: 'openapi.okx.com'}));
	const {url: proxyUrl, asked} = await proxy({to: url, certified: trusted.issue({})});
	const {socket} = await wayTo(target, named(proxyUrl));
	expect(await handshake(socket)).toMatchObject({issuer: 'Trusted Here'});
	expect(asked).toHaveLength(1);
});

withCertificates(
	'a proxy spoken to over TLS is checked by its whole name, of which only the beginning may be shown',
	async () => {
		trust(trusted);
		const url = await tlsServer(trusted.issue({name: 'openapi.okx.com'}));
		const {url: proxyUrl} = await proxy({to: url, certified: trusted.issue({})});
		const {socket} = await wayTo(target, {...named(proxyUrl), address: 'localh…'});
		expect(await handshake(socket)).toMatchObject({issuer: 'Trusted Here'});
	},
);

withCertificates('man-in-the-middle: a proxy whose own certificate is not trusted is not even asked', async () => {
	const {url: proxyUrl, asked} = await proxy({answer: '', certified: trusted.issue({})});
	const {details} = await failing(wayTo(target, named(proxyUrl, {isSecret: true})));
	expect(details.failure).toMatchObject({kind: 'tls', tls: 'authority', host: proxyUrl.host});
	expect(asked).toEqual([]);
});

test('secret-in-message: the name and password of a proxy reach it, and no message', async () => {
	const {url: proxyUrl, asked} = await proxy({
		answer: 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n',
	});
	const error = await failing(wayTo(target, named(proxyUrl, {isSecret: true})));
	expect(asked[0]!.headers['proxy-authorization']).toBe(`Basic ${btoa(words)}`);
	expect(error).toMatchObject({
		exit: 'network',
		message: `The proxy ${proxyUrl.host} does not take the name and password that it was given (HTTP 407).`,
		hint: expect.stringContaining('in HTTPS_PROXY') as string,
	});
	for (const shown of [inspect(error, {depth: 9}), JSON.stringify(error.details)])
		expect(shown).not.toMatch(/hunter2|aHVudGVy/);
});

test.each([
	['407 of a proxy', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', {kind: 'proxy', httpStatus: 407}],
	[
		'407 of a proxy that takes no Basic',
		'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Digest ' +
			'realm="a, basic b", qop="auth", Negotiate\r\n\r\n',
		{kind: 'proxy', httpStatus: 407, message: 'NTLM, Digest, Negotiate'},
	],
	[
		'407 of a proxy that takes Basic too',
		'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: ' +
			'basic realm="x"\r\n\r\n',
		{kind: 'proxy', httpStatus: 407},
	],
	[
		'a proxy with a header without an end',
		`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}`,
		{kind: 'proxy', message: 'it does not answer as a proxy'},
	],
	['403 of a proxy', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope', {kind: 'proxy', httpStatus: 403}],
	['502 of a proxy', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', {kind: 'proxy', httpStatus: 502}],
	['an SSH server for a proxy', 'SSH-2.0-OpenSSH_9.9\r\n', {kind: 'proxy', message: 'it does not answer as a proxy'}],
	['a proxy that hangs up', '', {kind: 'reset'}],
])('%s is told as that, with its address', async (_, answer, expected) => {
	const {url: proxyUrl} = await proxy({answer});
	const {details, exit} = await failing(wayTo(target, named(proxyUrl)));
	expect([exit, details.failure]).toEqual([
		'network',
		{host: 'openapi.okx.com', proxy: {address: proxyUrl.host, variable: 'HTTPS_PROXY'}, ...expected},
	]);
	expect(diagnose(details.failure!).cause).toContain(proxyUrl.host);
});

test('a proxy that is not there, or whose name is not known, is what is blamed', async () => {
	const gone = await closedPort();
	const refused = await failing(wayTo(target, named(gone)));
	expect(refused.message).toBe(`The proxy ${gone.host} refused the connection.`);
	const unknown = await failing(wayTo(target, named(new URL('http://no-such-proxy.invalid:3128'))));
	expect(unknown.message).toMatch(/^The name of the proxy no-such-proxy\.invalid:3128 could not be/);
});

test('a proxy that takes the connection and says nothing for five seconds is what is blamed', async () => {
	const asked = Promise.withResolvers<void>();
	const mute = createTcpServer(socket => socket.once('data', () => asked.resolve())).listen(0, '127.0.0.1');
	await once(mute, 'listening');
	onTestFinished(() => void mute.close());
	stopTime();
	let message: string | undefined;
	const proxyUrl = new URL(`http://127.0.0.1:${(mute.address() as AddressInfo).port}`);
	const ended = (async () => {
		({message} = await failing(wayTo(target, named(proxyUrl))));
	})();
	await asked.promise;
	await vi.advanceTimersByTimeAsync(4999);
	expect(message).toBeUndefined();
	await vi.advanceTimersByTimeAsync(1);
	await ended;
	expect(message).toMatch(
		/^The proxy 127\.0\.0\.1:\d+ did not let us through to openapi\.okx\.com: it gives no answer\.$/,
	);
});
