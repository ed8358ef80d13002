import {expect, test} from 'vitest';
import {tlsFailures} from '../../source/core/diagnosis/tls.ts';
import type {TlsFailure} from '../../source/core/failures/wire-failure.ts';
import {diagnose} from '../../source/core/diagnosis/diagnose.ts';
import {connectionKinds} from '../../source/core/diagnosis/connection.ts';
import type {WireFailure} from '../../source/core/failures/wire-failure.ts';

const host = 'openapi.okx.com';
const words = (failure: Omit<WireFailure, 'host'>) => {
	const {exit, cause, fix} = diagnose({host, ...failure});
	return `${exit} | ${cause} | ${fix}`;
};

test('every way in which a connection fails has its own cause and its own remedy', () => {
	const kinds = connectionKinds.filter(kind => kind !== 'tls' && kind !== 'proxy').map(kind => diagnose({kind, host}));
	expect(new Set(kinds.map(({cause}) => cause)).size).toBe(kinds.length);
	const tls = (Object.keys(tlsFailures) as TlsFailure[]).map(tls => diagnose({kind: 'tls', host, tls}));
	expect(new Set(tls.map(({cause}) => cause)).size).toBe(tls.length);
	expect(new Set(tls.map(({fix}) => fix)).size).toBe(tls.length);
	for (const {exit, cause} of tls)
		expect([exit, cause]).toEqual([
			'network',
			expect.stringMatching(/^The connection to openapi\.okx\.com is not safe: .+\. Nothing was sent\.$/),
		]);
});

// ccxt#23779, freqtrade#10967

test('regional-redirect-blamed-on-the-network: a redirect to another site names it, and offers it', () => {
	const failure = {kind: 'redirect', host, message: 'https://my.okx.com', site: 'eea'} as const;
	expect(words(failure)).toBe(
		'wrongSite | openapi.okx.com sends us to https://my.okx.com, which is the site eea of the exchange; the ' +
			'key was not sent there. | The account most likely belongs to that site: then store the key with --site eea.',
	);
	expect(diagnose(failure, {site: 'global'}).offer).toEqual({act: 'use-site', site: 'eea'});
	for (const site of [undefined, 'sandbox', 'http://127.0.0.1:8080'])
		expect(diagnose(failure, site === undefined ? {} : {site})).not.toHaveProperty('offer');
});

test('a redirect within a site is neither the network nor another site', () => {
	const {exit, cause, fix, offer} = diagnose(
		{kind: 'redirect', host, message: 'https://www.okx.com', site: 'global'},
		{site: 'global'},
	);
	expect([exit, offer]).toEqual(['exchangeDown', undefined]);
	expect(cause).toContain('another host of the same site, https://www.okx.com');
	expect(fix).not.toContain('login page');
});

test('a redirect to any other host stays the network’s', () => {
	const {exit, cause, fix, offer} = diagnose(
		{kind: 'redirect', host, message: 'https://login.hotel.example'},
		{site: 'global'},
	);
	expect([exit, offer]).toEqual(['network', undefined]);
	expect(cause + fix).toMatch(/wanted to send us elsewhere \(https:\/\/login\.hotel\.example\).*login page/);
});

test('a name that does not exist is told apart from DNS that does not answer', () => {
	expect(words({kind: 'dns', dns: 'not-found'})).toMatch(
		/^network \| The name openapi\.okx\.com could not be found\. .*getent hosts openapi\.okx\.com/,
	);
	expect(words({kind: 'dns', dns: 'no-answer'})).toMatch(
		/^network \| The name openapi\.okx\.com could not be looked up: DNS gave no answer\. .*resolv\.conf/,
	);
});

test('a certificate that is old or not valid yet leads to the clock of this machine', () => {
	const certificate = {issuer: 'Nobody', from: '2026-01-01', until: '2026-02-01'};
	expect(words({kind: 'tls', tls: 'expired', certificate})).toMatch(
		/has expired \(on 2026-02-01\); it names “Nobody” as its issuer.*\| Look at the date of this machine first/,
	);
	expect(words({kind: 'tls', tls: 'not-yet', certificate})).toMatch(
		/not valid yet \(from 2026-01-01 on\).*\| The clock of this machine is most likely behind/,
	);
});

test('an authority that is not trusted here may be that of a company, and is named', () => {
	expect(words({kind: 'tls', tls: 'authority', certificate: {issuer: 'Acme Gateway', from: '?', until: '?'}})).toMatch(
		/“Acme Gateway”.*\| The proxy of a company does this.*NODE_EXTRA_CA_CERTS/,
	);
});

test.each([
	[undefined, 'network', /most likely the login page of this network/, /Log in/],
	[200, 'network', /\(HTTP 200\).*most likely the login page of this network/, /Log in/],
	[511, 'network', /login page of this network/, /Log in/],
	[
		403,
		'network',
		/Something in front of openapi\.okx\.com refused the call with a web page \(HTTP 403\)/,
		/block the country/,
	],
	[451, 'network', /HTTP 451/, /block the country/],
	[429, 'rateLimited', /too many calls came from this address/, /Wait a minute/],
	[500, 'exchangeDown', /The exchange is down/, /Try again later/],
	[503, 'exchangeDown', /The exchange is down.*HTTP 503/, /Try again later/],
] as const)('a web page with HTTP %s ends with %s', (httpStatus, exit, cause, fix) => {
	const failure = {kind: 'web-page', host, ...(httpStatus !== undefined && {httpStatus}), message: 'Welcome'} as const;
	const told = diagnose(failure);
	expect(told.exit).toBe(exit);
	expect(told.cause).toMatch(cause);
	expect(told.cause).toContain('“Welcome”');
	expect(told.fix).toMatch(fix);
});

const proxy = {address: 'proxy.corp:3128', variable: 'https_proxy'};

test.each([
	[
		{httpStatus: 407, proxy},
		/^The proxy proxy\.corp:3128 wants a name and a password/,
		/https_proxy=http:\/\/NAME:PASSWORD@HOST:PORT/,
	],
	[
		{httpStatus: 407, proxy: {...proxy, isLoggedIn: true}},
		/^The proxy proxy\.corp:3128 does not take the name and password/,
		/Check them in https_proxy; .*%40/,
	],
	[
		{httpStatus: 407, message: 'NTLM, Negotiate', proxy},
		/^The proxy proxy\.corp:3128 wants a login by NTLM, Negotiate .*only Basic/,
		/cntlm/,
	],
	[
		{httpStatus: 403, proxy},
		/^The proxy proxy\.corp:3128 does not let us through to openapi\.okx\.com \(HTTP 403\)/,
		/allow CONNECT to openapi\.okx\.com/,
	],
	[
		{httpStatus: 502, proxy},
		/^The proxy proxy\.corp:3128 could not reach openapi\.okx\.com itself \(HTTP 502\)/,
		/who runs the proxy/,
	],
	[
		{message: 'words', proxy},
		/^The proxy proxy\.corp:3128 did not let us through to openapi\.okx\.com: words/,
		/Check https_proxy: it must name an HTTP proxy/,
	],
	[{httpStatus: 407}, /^A proxy on the way wants a name/, /HTTPS_PROXY=/],
	[
		{proxy: {variable: 'ALL_PROXY', problem: 'socks'}},
		/^ALL_PROXY names a SOCKS proxy/,
		/set HTTPS_PROXY=http:\/\/HOST:PORT, which counts before ALL_PROXY/,
	],
	[
		{proxy: {variable: 'https_proxy', problem: 'socks'}},
		/^https_proxy names a SOCKS proxy/,
		/set https_proxy=http:\/\/HOST:PORT\./,
	],
	[
		{proxy: {variable: 'HTTPS_PROXY', problem: 'value'}},
		/^HTTPS_PROXY names a proxy that cannot be used/,
		/http:\/\/HOST:PORT/,
	],
	[{proxy: {variable: 'HTTPS_PROXY', problem: 'scheme'}}, /^HTTPS_PROXY names a proxy of a kind/, /unset HTTPS_PROXY/],
] as const)('the proxy that answers %j is told as that', (failure, cause, fix) => {
	const told = diagnose({kind: 'proxy', host, ...failure});
	expect(told.exit).toBe('network');
	expect(told.cause).toMatch(cause);
	expect(told.fix).toMatch(fix);
});

test('a proxy, and not the host behind it, is what is not found, not there or not answering', () => {
	for (const kind of ['dns', 'refused', 'reset', 'unreachable', 'timeout', 'tls'] as const)
		expect(diagnose({kind, host, proxy}).cause).toContain('the proxy proxy.corp:3128'.slice(4));
	for (const kind of ['dns', 'refused'] as const) expect(diagnose({kind, host, proxy}).fix).toContain('https_proxy');
});

test('proxy-crash: nothing advises NODE_USE_ENV_PROXY, under which Node dies of an unreadable proxy', () => {
	for (const kind of connectionKinds)
		for (const named of [{host}, {host, proxy}])
			expect(JSON.stringify(diagnose({kind, ...named}))).toMatch(/^(?!.*NODE_USE_ENV_PROXY).+/);
});
