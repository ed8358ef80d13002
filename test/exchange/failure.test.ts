import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {connectionFailure} from '../../source/exchange/failure.ts';
import {clientOf, closedPort, failing, probe} from './helpers.ts';

const withCode = (code: string) => Object.assign(new Error('words with OK-ACCESS-KEY in them'), {code});

test.each([
	['ENOTFOUND', 'dns'],
	['EAI_AGAIN', 'dns'],
	['ECONNREFUSED', 'refused'],
	['ECONNRESET', 'reset'],
	['EPIPE', 'reset'],
	['ENETUNREACH', 'unreachable'],
	['EHOSTUNREACH', 'unreachable'],
	['ETIMEDOUT', 'timeout'],
	['CERT_HAS_EXPIRED', 'tls'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
	['EPROTO', 'tls'],
	['HPE_INVALID_CONSTANT', 'garbage'],
	['ERR_TLS_HANDSHAKE_TIMEOUT', 'timeout'],
	['Z_DATA_ERROR', 'garbage'],
	['EWHATEVER', 'unexpected'],
])('%s is told as %s, wherever it is hidden', (code, kind) => {
	const wrapped = new TypeError('failed', {cause: new AggregateError([withCode(code), withCode('ENETUNREACH')])});
	for (const error of [withCode(code), wrapped]) {
		const failure = connectionFailure(error, 'host');
		expect(failure.kind).toBe(kind);
		expect(JSON.stringify(failure)).not.toContain('OK-ACCESS');
	}
});

test.each([
	['ENOTFOUND', 'not-found'],
	['EAI_NODATA', 'not-found'],
	['EAI_AGAIN', 'no-answer'],
	['EAI_FAIL', 'no-answer'],
])('%s of the name look-up is told as %s', (code, dns) => {
	expect(connectionFailure(withCode(code), 'host')).toEqual({kind: 'dns', dns, host: 'host'});
});

test('a reason of TLS that is not known is told by its code', () => {
	expect(connectionFailure(withCode('CERT_ODD'), 'host')).toEqual({kind: 'tls', message: 'CERT_ODD', host: 'host'});
});

test('the proxy on the way is told with whatever fails', () => {
	const proxy = {address: 'proxy.corp:3128', variable: 'HTTPS_PROXY'};
	for (const error of [
		withCode('ECONNREFUSED'),
		withCode('ENOTFOUND'),
		new Error('odd'),
		new DOMException('late', 'TimeoutError'),
	])
		expect(connectionFailure(error, 'host', proxy)).toMatchObject({proxy});
});

test.each([[undefined], ['text'], [new Error('no code')], [{code: 'ECONNRESET'}]])(
	'anything may be thrown: %j',
	error => {
		expect(connectionFailure(error, 'host')).toEqual({kind: 'unexpected', host: 'host'});
	},
);

test('an error that is its own cause ends', () => {
	const error = new Error('loop');
	error.cause = error;
	expect(connectionFailure(error, 'host').kind).toBe('unexpected');
});

test('a name that does not exist', async () => {
	const {exchange, target} = clientOf(new URL('http://no-such-host.invalid'));
	expect(await failing(exchange.call('time', {}, target))).toMatchObject({
		exit: 'network',
		details: {failure: {kind: 'dns', host: 'no-such-host.invalid'}},
	});
});

test('something else than HTTP', async () => {
	const other = createServer(socket => socket.end('SSH-2.0-OpenSSH_9.9\r\n')).listen(0, '127.0.0.1');
	await once(other, 'listening');
	onTestFinished(() => void other.close());
	const {exchange, target} = clientOf(new URL(`http://127.0.0.1:${(other.address() as AddressInfo).port}`));
	expect((await failing(exchange.call('time', {}, target))).details.failure?.kind).toBe('garbage');
});

test('a closed port ends the live test at its second layer', async () => {
	const url = await closedPort();
	const {exchange, target} = clientOf(url);
	const {layers, failure} = await probe(exchange, target, {clock: Date.now});
	expect(failure).toEqual({kind: 'refused', host: url.host});
	expect(layers.map(({ok}) => ok)).toEqual([true, false, null, null, null, null, null]);
});
