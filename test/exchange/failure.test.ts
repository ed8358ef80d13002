import {execFileSync, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer as createTlsServer} from 'node:https';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {getCACertificates, setDefaultCACertificates} from 'node:tls';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {createExchange, type Exchange} from '../../source/exchange/client.ts';
import {connectionFailure} from '../../source/exchange/failure.ts';
import {probe, type Layer} from '../../source/exchange/probe.ts';
import {canary, clientOf, closedPort, failing} from './helpers.ts';

const withCode = (code: string) => Object.assign(new Error('words with OK-ACCESS-KEY in them'), {code});

test.each([
	['ENOTFOUND', 'dns'], ['EAI_AGAIN', 'dns'], ['ECONNREFUSED', 'refused'], ['ECONNRESET', 'reset'], ['EPIPE', 'reset'], ['UND_ERR_SOCKET', 'reset'],
	['ENETUNREACH', 'unreachable'], ['EHOSTUNREACH', 'unreachable'], ['ETIMEDOUT', 'timeout'], ['UND_ERR_CONNECT_TIMEOUT', 'timeout'], ['CERT_HAS_EXPIRED', 'tls'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'], ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'], ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'], ['EPROTO', 'tls'], ['HPE_INVALID_CONSTANT', 'garbage'],
	['Z_DATA_ERROR', 'garbage'], ['EWHATEVER', 'unexpected'],
])('%s is told as %s, wherever fetch has hidden it', (code, kind) => {
	const wrapped = new TypeError('fetch failed', {cause: new AggregateError([withCode(code), withCode('ENETUNREACH')])});
	for (const error of [withCode(code), wrapped]) {
		const failure = connectionFailure(error, 'host');
		expect(failure.kind).toBe(kind);
		expect(JSON.stringify(failure)).not.toContain('OK-ACCESS');
	}
});

test.each([[undefined], ['text'], [new Error('no code')], [{code: 'ECONNRESET'}]])('anything may be thrown: %j', error => {
	expect(connectionFailure(error, 'host')).toEqual({kind: 'unexpected', host: 'host'});
});

test('an error that is its own cause ends', () => {
	const error = new Error('loop');
	error.cause = error;
	expect(connectionFailure(error, 'host').kind).toBe('unexpected');
});

test('a name that does not exist', async () => {
	const {exchange, target} = clientOf(new URL('http://no-such-host.invalid'));
	expect(await failing(exchange.call('time', {}, target))).toMatchObject({exit: 'network', details: {failure: {kind: 'dns', host: 'no-such-host.invalid'}}});
});

test('something else than HTTP', async () => {
	const other = createServer(socket => socket.end('SSH-2.0-OpenSSH_9.9\r\n')).listen(0, '127.0.0.1');
	await once(other, 'listening');
	onTestFinished(() => void other.close());
	const {exchange, target} = clientOf(new URL(`http://127.0.0.1:${(other.address() as AddressInfo).port}`));
	expect((await failing(exchange.call('time', {}, target))).details.failure?.kind).toBe('garbage');
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const withCertificates = test.skipIf(!hasOpenssl);

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'okx-keys-tls-'));
	if (hasOpenssl) execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30', '-subj', '/O=Nobody/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'cert.pem')], {stdio: 'ignore'});
});
afterAll(() => rmSync(folder, {recursive: true}));

async function tlsServer(): Promise<{readonly url: URL; readonly heard: string[]}> {
	const heard: string[] = [];
	const https = createTlsServer({key: readFileSync(path.join(folder, 'key.pem')), cert: readFileSync(path.join(folder, 'cert.pem'))}, (request, response) => {
		heard.push(request.url!);
		response.end('{"code":"0","data":[{"ts":"1"}]}');
	}).listen(0, 'localhost');
	await once(https, 'listening');
	onTestFinished(() => {
		https.closeAllConnections();
		https.close();
	});
	return {url: new URL(`https://localhost:${(https.address() as AddressInfo).port}`), heard};
}

/** An exchange that lies at `url`, whatever its site. */
function exchangeAt(url: URL): Exchange {
	return {...createExchange({sandboxUrl: async () => url, clock: Date.now}), locate: async () => url};
}

withCertificates('man-in-the-middle: a certificate that nobody vouches for ends the call', async () => {
	const {url, heard} = await tlsServer();
	const error = await failing(exchangeAt(url).call('time', {}, {site: 'sandbox', environment: 'live'}));
	expect(error).toMatchObject({exit: 'network', details: {failure: {kind: 'tls', message: 'its certificate is signed by nobody but itself'}}});
	expect(heard).toEqual([]);
});

withCertificates('man-in-the-middle: the live test checks certificates even where the environment says not to', async () => {
	const {url, heard} = await tlsServer();
	process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
	onTestFinished(() => {
		delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
	});
	const {layers, failure} = await probe(exchangeAt(url), {site: 'sandbox', environment: 'live', credential: canary}, {clock: Date.now});
	expect(failure?.kind).toBe('tls');
	expect(layers.map(({ok}) => ok)).toEqual([true, true, false, null, null, null, null]);
	expect(heard).toEqual([]);
});

withCertificates('a certificate that is trusted is shown with its issuer and its days; a key of another site is still not sent there', async () => {
	const {url, heard} = await tlsServer();
	const usual = getCACertificates('default');
	setDefaultCACertificates([...usual, readFileSync(path.join(folder, 'cert.pem'), 'utf8')]);
	onTestFinished(() => setDefaultCACertificates(usual));
	const layers: Layer[] = [];
	const probing = probe(exchangeAt(url), {site: 'sandbox', environment: 'live', credential: canary}, {clock: Date.now, onLayer: layer => layers.push(layer)});
	await expect(probing).rejects.toMatchObject({code: 'site-unknown'});
	expect(heard).toEqual(['/api/v5/public/time']);
	expect(layers[2]).toMatchObject({name: 'tls', ok: true, detail: expect.stringMatching(/^TLSv1\.3, issued by Nobody, (29|30) days left$/)});
});

test('plain HTTP where TLS was expected', async () => {
	const plain = createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, 'localhost');
	await once(plain, 'listening');
	onTestFinished(() => void plain.close());
	const url = new URL(`https://localhost:${(plain.address() as AddressInfo).port}`);
	const {failure} = await probe(exchangeAt(url), {site: 'sandbox', environment: 'live', credential: canary}, {clock: Date.now});
	expect(failure?.kind).toBe('tls');
});

test('a closed port ends the live test at its second layer', async () => {
	const url = await closedPort();
	const {layers, failure} = await probe(exchangeAt(url), {site: 'sandbox', environment: 'live', credential: canary}, {clock: Date.now});
	expect(failure).toEqual({kind: 'refused', host: url.host});
	expect(layers.map(({ok}) => ok)).toEqual([true, false, null, null, null, null, null]);
});
