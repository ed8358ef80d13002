import {inspect} from 'node:util';
import {expect, test} from 'vitest';
import {proxyFor, withLoopbackExempt} from '../../source/exchange/proxy.ts';
import {inChild, proxy} from './proxies.ts';

const told = {NODE_USE_ENV_PROXY: '1'};
// Each with a place of its own, as a proxy is told it.
const urls = [
	['http://127.0.0.1:50001', '127.0.0.1:50001'], ['https://127.0.0.1:50002', '127.0.0.1:50002'], ['http://[::1]:50003', '[::1]:50003'], ['https://LOCALHOST:50004', 'localhost:50004'],
	['https://api.one.invalid', 'api.one.invalid:443'], ['https://one.invalid', 'one.invalid:443'], ['http://one.invalid', 'one.invalid:80'], ['https://one.invalid:8443', 'one.invalid:8443'], ['https://notone.invalid', 'notone.invalid:443'],
] as const;

// Each variable names one of two proxies, A and B.
test.each<readonly [Readonly<Record<string, string>>]>([
	[{...told, HTTP_PROXY: 'A', HTTPS_PROXY: 'B'}],
	[{...told, HTTP_PROXY: 'A'}],
	[{...told, HTTPS_PROXY: 'B'}],
	[{...told, http_proxy: 'B', HTTP_PROXY: 'A'}],
	[{...told, HTTP_PROXY: 'A', HTTPS_PROXY: 'B', https_proxy: ''}],
	[{...told, HTTPS_PROXY: 'B', http_proxy: ''}],
	[{...told, ALL_PROXY: 'A'}],
	[{HTTP_PROXY: 'A', HTTPS_PROXY: 'B'}],
	[{NODE_USE_ENV_PROXY: 'true', HTTP_PROXY: 'A'}],
	[{NODE_OPTIONS: '--use-env-proxy', HTTPS_PROXY: 'B'}],
	[{NODE_OPTIONS: '--no-warnings --use-env-proxy', HTTP_PROXY: 'A'}],
	[{...told, HTTP_PROXY: 'A', NO_PROXY: '*'}],
	[{...told, HTTP_PROXY: 'A', NO_PROXY: '*, one.invalid'}],
	[{...told, HTTP_PROXY: 'A', NO_PROXY: 'one.invalid'}],
	[{...told, HTTP_PROXY: 'A', NO_PROXY: '.one.invalid,localhost'}],
	[{...told, HTTP_PROXY: 'A', NO_PROXY: '*.One.invalid 127.0.0.1'}],
	[{...told, HTTP_PROXY: 'A', NO_PROXY: 'one.invalid:8443, 127.0.0.1:50001'}],
	[{...told, HTTP_PROXY: 'A', NO_PROXY: '[::1]'}],
	[{...told, HTTP_PROXY: 'A', NO_PROXY: '::1'}],
	[{...told, HTTP_PROXY: 'A', NO_PROXY: 'one.invalid', no_proxy: 'localhost'}],
	[{...told, HTTP_PROXY: 'A', NO_PROXY: 'one.invalid', no_proxy: ''}],
])('under %j the same calls go through the same proxy as those of Node’s fetch', async environment => {
	const proxies = {A: await proxy({answer: 'HTTP/1.1 403 Forbidden\r\n\r\n'}), B: await proxy({answer: 'HTTP/1.1 403 Forbidden\r\n\r\n'})};
	const named = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value === 'A' || value === 'B' ? proxies[value].url.href : value]));
	await inChild(named, 'fetch', ...urls.map(([url]) => url));
	const ours = urls.map(([url]) => proxyFor(new URL(url), named)).map(found => found?.isUsed ? found.place : undefined);
	const its = urls.map(([, place]) => Object.values(proxies).find(({asked}) => asked.some(({path}) => path === place))?.url.host);
	expect(ours).toEqual(its);
});

test('calls by http and by https go each through their proxy', () => {
	const environment = {...told, HTTP_PROXY: 'http://plain.corp', HTTPS_PROXY: 'https://safe.corp:8443'};
	expect(proxyFor(new URL('http://one.invalid'), environment)).toMatchObject({place: 'plain.corp:80', isUsed: true, protocol: 'http:'});
	expect(proxyFor(new URL('https://one.invalid'), environment)).toMatchObject({place: 'safe.corp:8443', isUsed: true, protocol: 'https:'});
});

test('a proxy that Node is not told to use is named all the same', () => {
	expect(proxyFor(new URL('https://openapi.okx.com'), {HTTPS_PROXY: 'http://proxy.corp:3128'})).toMatchObject({place: 'proxy.corp:3128', isUsed: false});
});

test.each([[undefined], [''], ['no url'], ['proxy.corp:3128'], ['ftp://proxy.corp']])('%j names no proxy', named => {
	expect(proxyFor(new URL('https://openapi.okx.com'), {HTTPS_PROXY: named})).toBeUndefined();
});

test('secret-in-message: the name and password of a proxy are never shown', () => {
	const found = proxyFor(new URL('https://openapi.okx.com'), {...told, HTTPS_PROXY: 'http://hunter:hunt%40er2@proxy.corp:3128'});
	expect(found?.authorization?.reveal()).toBe(`Basic ${btoa('hunter:hunt@er2')}`);
	for (const shown of [JSON.stringify(found), inspect(found, {depth: 9, showHidden: true}), String(found?.authorization)]) expect(shown).not.toMatch(/hunt|aHVudGVy/);
});

test.each(['http://name@proxy.corp', 'http://:word@proxy.corp', 'http://proxy.corp'])('%s asks without a password, as fetch does', named => {
	expect(proxyFor(new URL('https://openapi.okx.com'), {...told, HTTPS_PROXY: named})?.authorization).toBeUndefined();
});

test('a password that cannot be decoded does no harm while the proxy is not used', () => {
	expect(proxyFor(new URL('https://openapi.okx.com'), {HTTPS_PROXY: 'http://a:%zz@proxy.corp'})).toMatchObject({isUsed: false, authorization: undefined});
});

test.each([{}, {no_proxy: ''}, {NO_PROXY: 'one.invalid'}, {NO_PROXY: '*'}, {NO_PROXY: 'one.invalid', no_proxy: 'two.invalid'}])('under %j calls inside this machine can be kept away from any proxy, and nothing else is', async exempt => {
	const {url: place, asked} = await proxy({answer: 'HTTP/1.1 403 Forbidden\r\n\r\n'});
	const environment = {...told, HTTP_PROXY: place.href, ...exempt};
	const all = {...environment, no_proxy: withLoopbackExempt(environment)};
	for (const [url] of urls.slice(0, 4)) expect(proxyFor(new URL(url), all)).toBeUndefined();
	for (const [url] of urls.slice(4)) expect(proxyFor(new URL(url), all)).toEqual(proxyFor(new URL(url), environment));
	await inChild(all, 'fetch', ...urls.slice(0, 4).map(([url]) => url));
	expect(asked).toEqual([]);
});
