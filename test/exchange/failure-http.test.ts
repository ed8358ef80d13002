import type {RequestListener, ServerResponse} from 'node:http';
import {gzipSync} from 'node:zlib';
import {describe, expect, test, type TestContext} from 'vitest';
import {clientOf, closedPort, failing, server} from './helpers.ts';

const page = (title: string) => `<!doctype html><html><head><title>${title}</title></head><body>…</body></html>`;
const answers =
	(status: number, body: string, headers: Readonly<Record<string, string>> = {}): RequestListener =>
	(_, response) =>
		response.writeHead(status, headers).end(body);

function endless(response: ServerResponse): void {
	const more = () => {
		while (response.write('x'.repeat(65_536)));
	};
	response.on('drain', more);
	more();
}

type Way = readonly [name: string, listener: RequestListener, kind: string, exit: string, cause: RegExp, fix: RegExp];

/** Every way in which an answer can be none, and what the real client says of it. */
const ways: readonly Way[] = [
	[
		'a redirect to a login page',
		answers(302, '', {location: 'http://login.hotel.example/?mac=1'}),
		'redirect',
		'network',
		/wanted to send us elsewhere \(http:\/\/login\.hotel\.example\); the key was not sent there/,
		/login page of this network/,
	],
	[
		'the login page of a network',
		answers(200, page('Hotel Wi-Fi')),
		'web-page',
		'network',
		/instead of data \(HTTP 200\), which begins “Hotel Wi-Fi”: most likely the login page/,
		/Log in/,
	],
	[
		'the page of a filter',
		answers(403, page('Access denied')),
		'web-page',
		'network',
		/refused the call with a web page \(HTTP 403\), which begins “Access denied”/,
		/country or the provider/,
	],
	[
		'a page of an exchange that is down',
		answers(503, page('Maintenance')),
		'web-page',
		'exchangeDown',
		/^The exchange is down: .* \(HTTP 503\)/,
		/Try again later/,
	],
	[
		'a page for too many calls',
		answers(429, page('Slow down')),
		'web-page',
		'rateLimited',
		/too many calls came from this address/,
		/Wait a minute/,
	],
	[
		'something that is not JSON',
		answers(200, 'Zm9v…'),
		'garbage',
		'exchangeDown',
		/not an answer of the exchange: it is not JSON/,
		/in between changes/,
	],
	[
		'JSON without a code',
		answers(200, '{"ok":true}'),
		'garbage',
		'exchangeDown',
		/it has no code/,
		/in between changes/,
	],
	[
		'what only claims to be packed',
		answers(200, 'plain', {'content-encoding': 'gzip'}),
		'garbage',
		'exchangeDown',
		/Z_DATA_ERROR/,
		/in between changes/,
	],
	[
		'nothing at all',
		answers(200, ''),
		'empty',
		'exchangeDown',
		/answered with nothing at all \(HTTP 200\)/,
		/swallows/,
	],
	[
		'a gzip bomb',
		(_, response) => response.writeHead(200, {'content-encoding': 'gzip'}).end(gzipSync(Buffer.alloc(64 * 1_048_576))),
		'too-large',
		'exchangeDown',
		/far more than the exchange ever sends; it was cut off/,
		/another network/,
	],
	[
		'an answer that breaks off',
		(_, response) => response.writeHead(200, {'content-length': '100'}).write('{', () => response.destroy()),
		'reset',
		'network',
		/was cut off/,
		/firewall/,
	],
	[
		'a proxy’s question for a password',
		answers(407, page('Password'), {'proxy-authenticate': 'Basic realm="x"'}),
		'proxy',
		'network',
		/wants a name and a password/,
		/NAME:PASSWORD/,
	],
	[
		'something that is not HTTP',
		request => request.socket.end('SSH-2.0-x\r\n'),
		'garbage',
		'exchangeDown',
		/not an answer of the exchange/,
		/in between changes/,
	],
	['an answer without a body', answers(204, ''), 'empty', 'exchangeDown', /nothing at all/, /swallows/],
	[
		'an endless body',
		(_, response) => endless(response.writeHead(200)),
		'too-large',
		'exchangeDown',
		/cut off/,
		/another network/,
	],
	[
		'endless headers',
		answers(200, '{}', {'x-much': 'x'.repeat(100_000)}),
		'too-large',
		'exchangeDown',
		/cut off/,
		/another network/,
	],
	['a connection that is cut off', request => request.socket.destroy(), 'reset', 'network', /was cut off/, /firewall/],
	[
		'too many calls, back in a second',
		answers(429, '{"code":"50011","msg":"Too Many Requests"}', {'retry-after': '1'}),
		'code',
		'rateLimited',
		/\(50011\)$/,
		/asked us to wait 1 s\./,
	],
	[
		'too many calls, back in an hour',
		answers(429, '{"code":"50011","msg":"Too Many Requests"}', {'retry-after': '3600'}),
		'code',
		'rateLimited',
		/\(50011\)$/,
		/asked us to wait 1 h\./,
	],
	[
		'too many calls of an account',
		answers(200, '{"code":"50011","msg":"Too Many Requests"}'),
		'code',
		'rateLimited',
		/keys of this account.* \(50011\)$/,
		/few seconds/,
	],
	[
		'an exchange that is down',
		answers(503, '{"code":"50001","msg":""}'),
		'code',
		'exchangeDown',
		/down for the moment\. \(50001\)$/,
		/later/,
	],
	// freqtrade#10704, and its kind
	[
		'exchange-error-blamed-on-the-network',
		answers(500, '{"message":"An unexpected error occurred"}'),
		'uncoded',
		'exchangeDown',
		/has an error of its own \(HTTP 500\): “An unexpected error occurred”\.$/,
		/^Try again later\.$/,
	],
	[
		'an error of the exchange in words under another name',
		answers(502, '{"error":{"message":"no upstream"}}'),
		'uncoded',
		'exchangeDown',
		/error of its own \(HTTP 502\): “no upstream”/,
		/^Try again later\.$/,
	],
	[
		'an error of the exchange in the form of an unknown path',
		answers(500, '{"data":{},"error_message":"Internal Error"}'),
		'uncoded',
		'exchangeDown',
		/“Internal Error”/,
		/^Try again later\.$/,
	],
	[
		'an error of the exchange whose words stand nowhere known',
		answers(500, '{"oops":[1,2]}'),
		'uncoded',
		'exchangeDown',
		/“\{"oops":\[1,2\]\}”/,
		/^Try again later\.$/,
	],
	[
		'an error of the exchange as a list',
		answers(503, '[]'),
		'uncoded',
		'exchangeDown',
		/error of its own \(HTTP 503\)/,
		/^Try again later\.$/,
	],
	[
		'an error of the exchange in plain words',
		answers(503, 'no healthy upstream'),
		'uncoded',
		'exchangeDown',
		/“no healthy upstream”/,
		/^Try again later\.$/,
	],
	[
		'an error of the exchange with a code of another kind',
		answers(500, '{"code":500,"message":"oops"}'),
		'code',
		'exchangeDown',
		/an error of its own, with a code that is not known here: “oops”\. \(500\)$/,
		/^Try again later\.$/,
	],
	[
		'an error of the exchange without a word',
		answers(500, ''),
		'empty',
		'exchangeDown',
		/nothing at all \(HTTP 500\)/,
		/^Try again later\.$/,
	],
	[
		'a refusal in words alone',
		answers(403, '{"message":"Forbidden"}'),
		'uncoded',
		'unexpected',
		/refused the call without naming a code of the exchange \(HTTP 403\): “Forbidden”/,
		/another network/,
	],
	[
		'a refusal of the key in words alone',
		answers(401, '{"error":"Unauthorized"}'),
		'uncoded',
		'authentication',
		/\(HTTP 401\): “Unauthorized”/,
		/another network/,
	],
	[
		'too many calls in words alone',
		answers(429, '{"message":"Slow down"}'),
		'uncoded',
		'rateLimited',
		/fewer calls from this address \(HTTP 429\): “Slow down”/,
		/Wait a minute/,
	],
	[
		'an unknown path in words alone',
		answers(404, '{"message":"no Route matched"}'),
		'uncoded',
		'exchangeDown',
		/does not know the call \(HTTP 404\)/,
		/--site/,
	],
	[
		'an unknown path without its usual code',
		answers(404, '{"data":{},"error_code":"404","error_message":"Not Found"}'),
		'code',
		'exchangeDown',
		/not the API.*\(404\)$/,
		/--site/,
	],
	[
		'a host that is not the API',
		answers(
			404,
			'{"code":404,"data":{},"error_code":"404","error_message":"Not Found","detailMsg":"","msg":"Not Found"}',
		),
		'code',
		'exchangeDown',
		/not the API.*\(404\)$/,
		/--site/,
	],
];

describe.each([
	['fetch', false],
	['our own transport', true],
] as const)('over HTTP, by %s', (_, isFetchProxied) => {
	const isTold = async ([, listener, kind, exit, cause, fix]: Way, {expect, onTestFinished}: TestContext) => {
		const {url} = await server(listener, onTestFinished);
		const {exchange, target} = clientOf(url, {isFetchProxied});
		const error = await failing(exchange.call('config', {}, target));
		expect([error.exit, error.details.failure?.kind]).toEqual([exit, kind]);
		expect(error.message).toMatch(cause);
		expect(error.hint).toMatch(fix);
	};
	test.for(ways.filter(([, , , exit]) => exit !== 'rateLimited'))('%s', isTold);
	// Together, for each is repeated only after a while.
	test.concurrent.for(ways.filter(([, , , exit]) => exit === 'rateLimited'))('%s', isTold);
});

test('a redirect to another site of the exchange is named and not followed', async () => {
	const {url, heard} = await server(answers(302, '', {location: 'https://my.okx.com/api/v5/account/config?key=1'}));
	const {exchange, target} = clientOf(url);
	const error = await failing(exchange.call('config', {}, target));
	expect([error.exit, error.details.failure]).toEqual([
		'wrongSite',
		{kind: 'redirect', host: url.host, httpStatus: 302, message: 'https://my.okx.com', site: 'eea'},
	]);
	expect(heard).toHaveLength(1);
});

test('a closed port', async () => {
	const {exchange, target} = clientOf(await closedPort());
	expect(await failing(exchange.call('config', {}, target))).toMatchObject({
		exit: 'network',
		message: expect.stringMatching(/refused the connection\.$/),
		hint: expect.stringContaining('firewall'),
	});
});
