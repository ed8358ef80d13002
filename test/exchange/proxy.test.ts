import {inspect} from 'node:util';
import {expect, test} from 'vitest';
import {isAppError, type AppError} from '../../source/core/errors.ts';
import {proxyFor} from '../../source/exchange/http/proxy.ts';

const okx = new URL('https://openapi.okx.com');

test.each([
	['http://proxy.corp:3128', {address: 'proxy.corp:3128', protocol: 'http:', hostname: 'proxy.corp', port: 3128}],
	['proxy.corp:3128', {address: 'proxy.corp:3128', protocol: 'http:'}],
	['http:3128', {address: 'http:3128', protocol: 'http:'}],
	['localhost:7890', {address: 'localhost:7890', protocol: 'http:'}],
	['127.0.0.1:7890', {address: '127.0.0.1:7890', protocol: 'http:'}],
	['HTTP://Proxy.Corp', {address: 'proxy.corp:80', protocol: 'http:'}],
	['https://safe.corp', {address: 'safe.corp:443', protocol: 'https:'}],
	['http://proxy.corp:443', {address: 'proxy.corp:443'}],
	['https://proxy.corp:80', {address: 'proxy.corp:80'}],
	[' http://proxy.corp:3128/ ', {address: 'proxy.corp:3128'}],
	['http://proxy.corp:3128/pac?x#y', {address: 'proxy.corp:3128'}],
	['http://[::1]:3128', {address: '[::1]:3128', hostname: '::1', port: 3128}],
	['[2001:db8::1]:3128', {address: '[2001:db8::1]:3128', hostname: '2001:db8::1'}],
])('%s is read as a proxy', (value, expected) => {
	expect(proxyFor(okx, {HTTPS_PROXY: value})).toMatchObject({
		variable: 'HTTPS_PROXY',
		authorization: undefined,
		...expected,
	});
});

test.each([
	['bob', 's3c#ret'],
	['bob', 's3c%ret'],
	['bob', 's3c%zzret'],
	['bob', 'a@b/c?d'],
	['b%', '%'],
	['bob', 'söß🐎'],
	['bob', '"\'\\ '],
])('proxy-crash: the name %j and password %j need no encoding', (name, word) => {
	expect(proxyFor(okx, {HTTPS_PROXY: `http://${name}:${word}@127.0.0.1:7890`})).toMatchObject({
		address: '127.0.0.1:7890',
	});
	expect(
		Buffer.from(
			proxyFor(okx, {HTTPS_PROXY: `${name}:${word}@127.0.0.1:7890`})!
				.authorization!.reveal()
				.replace('Basic ', ''),
			'base64',
		).toString(),
	).toBe(`${name}:${word}`);
});

function refused(environment: Readonly<Record<string, string>>): AppError<'exchange'> {
	try {
		proxyFor(okx, environment);
	} catch (error) {
		if (isAppError(error, 'exchange')) return error;
		throw error;
	}

	throw new Error('Nothing was refused');
}

test.each([
	['no url', /is not of the form http:\/\/HOST:PORT/],
	['"http://proxy.corp:3128"', /is not of the form/],
	['http://', /is not of the form/],
	['http://proxy.corp:port', /is not of the form/],
	['http://proxy.corp:0', /is not of the form/],
	['http://proxy.corp:65536', /is not of the form/],
	['http://::1:3128', /is not of the form/],
	['http://proxy.corp\\evil', /is not of the form/],
	['http://hunter2:word@', /is not of the form/],
	['http:/hunter2:word@proxy.corp:3128', /is not of the form/],
	['HTTPS:/hunter2:word@proxy.corp', /is not of the form/],
	['http:hunter2:word@proxy.corp:3128', /is not of the form/],
	['http:/proxy.corp:3128', /is not of the form/],
	['socks5:/hunter2:word@proxy.corp', /is not of the form/],
	['ftp://hunter2:word@proxy.corp', /of a kind that cannot be used: only HTTP proxies can/],
	['socks5h://hunter2:word@proxy.corp:1080', /names a SOCKS proxy, and only HTTP proxies can be used/],
	['socks5://proxy.corp', /names a SOCKS proxy/],
	['socks4a://proxy.corp', /names a SOCKS proxy/],
	['SOCKS://proxy.corp', /names a SOCKS proxy/],
])('%s is one sentence with the name of the variable and not its value', (value, sentence) => {
	for (const variable of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) {
		const error = refused({[variable]: value});
		expect(error).toMatchObject({exit: 'network', details: {failure: {kind: 'proxy', host: 'openapi.okx.com'}}});
		expect(error.message).toMatch(new RegExp(`^${variable} names a (?:SOCKS )?proxy`));
		expect(error.message).toMatch(sentence);
		for (const shown of [inspect(error, {depth: 9}), error.hint, JSON.stringify(error.details)])
			expect(shown).not.toMatch(/hunter2|corp|no url/);
	}
});

test('what cannot be used does no harm to what does not go through it', () => {
	expect(() => proxyFor(okx, {HTTPS_PROXY: 'socks5h://x', NO_PROXY: 'other.invalid'})).toThrow();
	expect(proxyFor(okx, {HTTPS_PROXY: 'socks5h://x', NO_PROXY: '.okx.com'})).toBeUndefined();
	expect(
		proxyFor(new URL('http://127.0.0.1:8080'), {http_proxy: 'no url', HTTPS_PROXY: 'no url', ALL_PROXY: 'no url'}),
	).toBeUndefined();
});

test.each([
	'http://127.0.0.1:50001',
	'https://127.0.0.1:50002',
	'http://[::1]:50003',
	'https://LOCALHOST:50004',
	'http://127.8.9.10',
])('proxy-sees-passphrase: %s is inside this machine and goes through no proxy', url => {
	const environment = {
		http_proxy: 'http://a.corp',
		HTTP_PROXY: 'http://a.corp',
		HTTPS_PROXY: 'http://a.corp',
		ALL_PROXY: 'http://a.corp',
	};
	expect(proxyFor(okx, environment)).toMatchObject({address: 'a.corp:80'});
	expect(proxyFor(new URL(url), environment)).toBeUndefined();
});

test.each([
	['openapi.okx.com:443', true],
	['openapi.okx.com:8443', false],
	['okx.com', true],
	['*.okx.com', true],
	['kx.com', false],
	['www.okx.com', false],
	['other.corp, *', true],
	['', false],
	[',', false],
	['.', false],
	['192.0.2.0/33', false],
	['[::1', false],
	['/', false],
])('NO_PROXY=%s lets calls past the proxy: %j', (list, isPast) => {
	expect(proxyFor(okx, {HTTPS_PROXY: 'http://a.corp', NO_PROXY: list}) === undefined).toBe(isPast);
});

test.each([
	['https://[2001:db8::7]', '2001:db8::/32', true],
	['https://[2001:db8::7]', '[2001:db8::7]', true],
	['https://[2001:db8::7]', '[2001:db8::7]:443', true],
	['https://[2001:db8::7]', '[2001:db8::7]:8443', false],
	['https://[2001:db8::7]', '2001:db9::/32', false],
	['https://[2001:db8::7]', '0.0.0.0/0', false],
	['https://192.0.2.7', '0.0.0.0/0', true],
	['https://192.0.2.7', '192.0.2.0/25', true],
	['https://192.0.2.200', '192.0.2.0/25', false],
	['https://192.0.2.7', '2.7', false],
	['https://192.0.2.7', '192.0.2.7:443', true],
	['https://192.0.2.7', '192.0.2.0/x', false],
])('%s and NO_PROXY=%s: past the proxy %j', (url, list, isPast) => {
	expect(proxyFor(new URL(url), {HTTPS_PROXY: 'http://a.corp', NO_PROXY: list}) === undefined).toBe(isPast);
});

test('secret-in-message: the name and password of a proxy are never shown', () => {
	const found = proxyFor(okx, {HTTPS_PROXY: 'http://hunter:hunt%40er2@proxy.corp:3128'});
	expect(found?.authorization?.reveal()).toBe(`Basic ${btoa('hunter:hunt@er2')}`);
	for (const shown of [
		JSON.stringify(found),
		inspect(found, {depth: 9, showHidden: true}),
		String(found?.authorization),
	])
		expect(shown).not.toMatch(/hunt|aHVudGVy/);
});
