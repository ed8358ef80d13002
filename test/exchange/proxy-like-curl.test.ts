import {execFile, spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {proxyFor} from '../../source/exchange/http/proxy.ts';
import {proxy} from './proxies.ts';

const okx = new URL('https://openapi.okx.com');

// Each with an address of its own, as a proxy is told it.
const urls = [
	['https://api.one.invalid', 'api.one.invalid:443'],
	['https://one.invalid', 'one.invalid:443'],
	['https://one.invalid:8443', 'one.invalid:8443'],
	['https://notone.invalid', 'notone.invalid:443'],
	['https://192.0.2.7', '192.0.2.7:443'],
	['https://[2001:db8::7]', '[2001:db8::7]:443'],
] as const;

/** Calls a URL by curl under an environment that holds nothing else, but through one of its proxies, which refuses. */
async function curl(url: string, environment: Readonly<Record<string, string>>): Promise<void> {
	// What it says of a refused call is not looked at, only what it asked.
	await new Promise(resolve => {
		execFile(
			'curl',
			[
				'-q',
				'--silent',
				'--connect-timeout',
				'1',
				'--resolve',
				'*:443:127.0.0.1',
				'--resolve',
				'*:8443:127.0.0.1',
				url,
			],
			{env: {PATH: process.env['PATH'], ...environment}},
			resolve,
		);
	});
}

// Each variable names one of two proxies, A and B.
test
	.skipIf(spawnSync('curl', ['--version']).status !== 0)
	.each<readonly [Readonly<Record<string, string>>]>([
		[{HTTPS_PROXY: 'A'}],
		[{https_proxy: 'B', HTTPS_PROXY: 'A'}],
		[{https_proxy: '', HTTPS_PROXY: 'A'}],
		[{HTTP_PROXY: 'A', http_proxy: 'B'}],
		[{ALL_PROXY: 'A'}],
		[{all_proxy: 'B', ALL_PROXY: 'A'}],
		[{all_proxy: 'B', HTTPS_PROXY: 'A'}],
		[{HTTPS_PROXY: 'A', NO_PROXY: '*'}],
		[{HTTPS_PROXY: 'A', NO_PROXY: 'one.invalid'}],
		[{HTTPS_PROXY: 'A', NO_PROXY: '.one.invalid,192.0.2.7'}],
		[{HTTPS_PROXY: 'A', NO_PROXY: 'ONE.invalid. 192.0.2.0/24'}],
		[{HTTPS_PROXY: 'A', NO_PROXY: '2001:db8::7, 192.0.3.0/24'}],
		[{HTTPS_PROXY: 'A', NO_PROXY: '192.0.2.0/8,one'}],
		[{HTTPS_PROXY: 'A', NO_PROXY: 'one.invalid', no_proxy: 'notone.invalid'}],
		[{HTTPS_PROXY: 'A', NO_PROXY: 'one.invalid', no_proxy: ''}],
	])('under %j the same calls go through the same proxy as those of curl', async environment => {
	const proxies = {
		A: await proxy({answer: 'HTTP/1.1 403 Forbidden\r\n\r\n'}),
		B: await proxy({answer: 'HTTP/1.1 403 Forbidden\r\n\r\n'}),
	};
	const named = Object.fromEntries(
		Object.entries(environment).map(([name, value]) => [
			name,
			value === 'A' || value === 'B' ? proxies[value].url.href : value,
		]),
	);
	await Promise.all(urls.map(([url]) => curl(url, named)));
	const ours = urls.map(([url]) => proxyFor(new URL(url), named)?.address);
	const its = urls.map(
		([, path]) => Object.values(proxies).find(({asked}) => asked.some(asking => asking.path === path))?.url.host,
	);
	expect(ours).toEqual(its);
});

test
	.skipIf(spawnSync('curl', ['--version']).status !== 0)
	.each([
		'name:word',
		'name:w%6Frd',
		'n%40me:w%3Ard',
		'name:100%',
		'name:%zz',
		'name:a%2',
		'name',
		':word',
		'name:',
		'näme:wörd',
		'name:a:b',
		'name:%C3%B6',
	])('the name and password of %s@ are those that curl sends', async userinfo => {
	const {url, asked} = await proxy({answer: 'HTTP/1.1 403 Forbidden\r\n\r\n'});
	const environment = {HTTPS_PROXY: url.href.replace('//', `//${userinfo}@`)};
	await curl('https://one.invalid', environment);
	expect(asked).toHaveLength(1);
	expect(proxyFor(okx, environment)?.authorization?.reveal()).toBe(asked[0]!.headers['proxy-authorization']);
});
