import {describe, expect, test} from 'vitest';
import {siteNames} from '../../source/core/settings/site-names.ts';
import {siteOfHost} from '../../source/exchange/site-of-host.ts';
import {
	apiPage,
	isSandboxSite,
	mayBeCalled,
	maySeeCredentials,
	otherHosts,
	siteMeant,
	siteNamed,
	siteUrl,
	sites,
} from '../../source/exchange/sites.ts';

test.each([
	[
		'global',
		[
			'global',
			'GLOBAL',
			' Global ',
			'okx',
			'OKX',
			'www',
			'okx.com',
			'www.okx.com',
			'WWW.OKX.COM',
			'https://www.okx.com',
			'http://okx.com',
			'https://www.okx.com/account/my-api?go-live-trading=1',
			'openapi.okx.com',
			'https://openapi.okx.com/api/v5',
			'aws.okx.com',
			'okex',
			'okex5',
			'https://www.okex.com',
			'www.okx.com.',
			'www.okx.com/',
			'www.okx.com:443',
		],
	],
	[
		'eea',
		[
			'eea',
			'EEA',
			'myokx',
			'my',
			'my.okx.com',
			'eea.okx.com',
			'https://my.okx.com/account/users',
			'https://eea.okx.com',
		],
	],
	['us', ['us', 'US', 'okxus', 'OKXUS', 'app', 'app.okx.com', 'us.okx.com', 'https://app.okx.com']],
	['tr', ['tr', 'TR', 'tr.okx.com', 'https://tr.okx.com/tr/account/my-api']],
])('%s is what people mean by %j', (site, words) => {
	expect(words.map(word => siteNamed(word))).toEqual(words.map(() => site));
	expect(words.map(word => siteMeant(word))).toEqual(words.map(() => site));
});

test.each([
	'',
	'x',
	'okx.co',
	'https://www.okx.com@evil.example',
	'https://evil.example/www.okx.com',
	'www.okx.com.evil.example',
	'https://u:p@www.okx.com',
	'https://www.okx.com:8443',
	'ftp://www.okx.com',
	'wss://ws.okx.com',
	'http://',
	'evil-okx.com',
	'xokx.com',
	'__proto__',
	'constructor',
	'www.okx.com evil',
])('credential-to-foreign-host: %s means no site', word => {
	expect(siteNamed(word)).toBeUndefined();
	expect(() => siteMeant(word)).toThrow(expect.objectContaining({code: 'site-unknown', exit: 'usage'}));
});

test.each([
	['sandbox', 'sandbox'],
	['Sandbox', 'sandbox'],
	['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
	[' https://localhost:8443 ', 'https://localhost:8443'],
])('%j means %s', (word, site) => {
	expect(siteMeant(word)).toBe(site);
});

test.each([
	['gloabl', 'global'],
	['eaa', 'eea'],
	['eu', 'eea'],
	['Europe', 'eea'],
	['usa', 'us'],
	['Türkiye', 'tr'],
	['prod', 'global'],
	['www.okx.co', 'www.okx.com'],
	['https://my.okx.con/account', 'my.okx.com'],
])('who writes %s is asked about %s', (word, meant) => {
	expect(() => siteMeant(word)).toThrow(
		expect.objectContaining({
			hint: expect.stringMatching(new RegExp(`^Did you mean ${meant}\\? Use global, eea, us, tr, http:`)) as string,
		}),
	);
});

test('every word that the table has for a site means that site', () => {
	for (const name of siteNames)
		for (const word of [name, ...sites[name].hosts, ...sites[name].known]) expect(siteNamed(word)).toBe(name);
});

test.each(siteNames)('%s is called by https on a host that may see its credentials', name => {
	expect(siteUrl(name).protocol).toBe('https:');
	expect(maySeeCredentials(name, siteUrl(name))).toBe(true);
});

test('no two sites share a host, so a credential never serves two of them', () => {
	const hosts = Object.values(sites).flatMap<string>(({hosts}) => hosts);
	expect(new Set(hosts).size).toBe(hosts.length);
});

test.each([
	'http://127.0.0.1:8080',
	'http://127.8.9.10',
	'http://[::1]:8080',
	'http://localhost:3000',
	'http://127.1:80',
	'https://127.0.0.1:8443',
	'https://localhost',
	'https://[::1]:8443',
])('%s is inside this machine and may be called', site => {
	expect(maySeeCredentials(site, new URL('/api/v5/account/config', siteUrl(site)))).toBe(true);
	expect(isSandboxSite(site)).toBe(true);
});

test.each([
	'https://www.okx.com',
	'http://openapi.okx.com',
	'https://128.0.0.1',
	'http://128.0.0.1',
	'http://localhost.evil.example',
	'http://127.0.0.1.evil.example',
	'http://user:word@127.0.0.1',
	'http://127.0.0.1/path',
	'http://127.0.0.1?x',
	'http://0.0.0.0',
	'https://user@localhost',
	'https://localhost/path',
	'http://[::ffff:10.0.0.1]',
	'ftp://127.0.0.1',
	'Global',
	'constructor',
	'__proto__',
	'',
])('credential-to-foreign-host: %s is not a site', site => {
	expect(() => siteUrl(site)).toThrow(expect.objectContaining({code: 'site-unknown', exit: 'usage'}));
	expect(maySeeCredentials(site, URL.parse(site) ?? new URL('https://www.okx.com'))).toBe(false);
});

test.each([
	['global', 'http://openapi.okx.com/'],
	['global', 'https://openapi.okx.com:8443/'],
	['global', 'https://eea.okx.com/'],
	['global', 'https://openapi.okx.com.evil.example/'],
	['global', 'https://openapi.okx.com@evil.example/'],
	['global', 'https://x:y@openapi.okx.com/'],
	['global', 'http://127.0.0.1/'],
	['eea', 'https://www.okx.com/'],
	['sandbox', 'https://openapi.okx.com/'],
	['sandbox', 'http://10.0.0.1/'],
	['sandbox', 'https://10.0.0.1/'],
	['http://127.0.0.1:8080', 'http://127.0.0.1:8081/'],
	['https://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
	['http://127.0.0.1:8080', 'https://127.0.0.1:8080/'],
])('credential-to-foreign-host: a key of %s is not shown to %s', (site, url) => {
	expect(maySeeCredentials(site, new URL(url))).toBe(false);
});

test.each([
	['https://my.okx.com/account', 'eea'],
	['https://eea.okx.com/api/v5', 'eea'],
	['https://www.okx.com/', 'global'],
	['https://okx.com/', 'global'],
	['https://app.okx.com/', 'us'],
	['https://tr.okx.com/', 'tr'],
	['http://my.okx.com/', undefined],
	['https://my.okx.com:8443/', undefined],
	['https://my.okx.com.evil.example/', undefined],
	['https://evil.example/my.okx.com', undefined],
	['https://xokx.com/', undefined],
])('%s lies on the site %s', (url, site) => {
	expect(siteOfHost(new URL(url))).toBe(site);
});

test('the page of a key is the one of its site and environment', () => {
	expect(apiPage({site: 'global', environment: 'live'})).toBe('https://www.okx.com/account/my-api?go-live-trading=1');
	expect(apiPage({site: 'eea', environment: 'demo'})).toBe('https://my.okx.com/account/my-api?go-demo-trading=1');
});

test('the other sites are every named one but the key’s own, each on a host of its own', () => {
	for (const name of siteNames) {
		const others = otherHosts(name);
		expect(others.map(({site}) => site)).toEqual(siteNames.filter(other => other !== name));
		for (const {site, host} of others)
			expect([
				maySeeCredentials(site, new URL(`https://${host}`)),
				maySeeCredentials(name, new URL(`https://${host}`)),
			]).toEqual([true, false]);
	}
});

test.each(['sandbox', 'http://127.0.0.1:8080', '__proto__'])(
	'%s has no other sites: its keys stay on its own',
	site => {
		expect(otherHosts(site)).toEqual([]);
	},
);

describe('a host that the settings allow', () => {
	const allowed = ['okx.example.com'];
	const site = 'https://okx.example.com';

	test.each([' https://okx.example.com ', 'https://OKX.example.com/', 'https://okx.example.com:443'])(
		'is a site by its URL, %j',
		word => {
			expect(siteMeant(word, allowed)).toBe(site);
			expect(siteUrl(site, allowed).href).toBe(`${site}/`);
			expect(maySeeCredentials(site, new URL('/api/v5/account/config', site), allowed)).toBe(true);
			expect(isSandboxSite(site)).toBe(false);
			expect(otherHosts(site)).toEqual([]);
		},
	);

	test.each([
		'http://okx.example.com',
		'okx.example.com',
		'https://okx.example.com/api',
		'https://okx.example.com:8443',
		'https://user@okx.example.com',
		'https://okx.example.com?x',
		'https://sub.okx.example.com',
		'https://okx.example.com.evil.example',
		'https://evil.example',
	])('credential-to-foreign-host: %s is none', word => {
		expect(() => siteMeant(word, allowed)).toThrow(expect.objectContaining({exit: 'usage'}));
		const url = URL.parse(word);
		if (url && url.href !== `${site}/` && !word.startsWith(`${site}/`) && !word.startsWith(`${site}?`))
			expect(maySeeCredentials(site, url, allowed)).toBe(false);
	});

	test('credential-to-foreign-host: is none without the setting, and none of the exchange is ever one', () => {
		expect(() => siteMeant(site)).toThrow(expect.objectContaining({code: 'host-not-allowed'}));
		expect(() => siteUrl(site)).toThrow(expect.objectContaining({code: 'host-not-allowed'}));
		expect(maySeeCredentials(site, new URL(site))).toBe(false);
		expect(maySeeCredentials('global', new URL(site), allowed)).toBe(false);
		expect(maySeeCredentials('https://www.okx.com', new URL('https://www.okx.com'), ['www.okx.com'])).toBe(false);
		expect(mayBeCalled(site, [])).toBe(false);
		expect([...siteNames, 'sandbox', 'http://127.0.0.1:1'].every(one => mayBeCalled(one, []))).toBe(true);
	});

	test('is offered to be allowed beside those that are, and never where one of the exchange may be meant', () => {
		expect(() => siteMeant('https://other.example.org', allowed)).toThrow(
			expect.objectContaining({
				hint: 'If you trust it with them: okx-keys settings allowed-hosts okx.example.com other.example.org',
			}),
		);
		expect(() => siteMeant('https://my.okx.con')).toThrow(
			expect.objectContaining({
				code: 'site-unknown',
				hint: expect.stringMatching(/^Did you mean my\.okx\.com\?/) as string,
			}),
		);
	});
});
