import {once} from 'node:events';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {exitOf} from '../../../source/actions/doctor/doctor.ts';
import {examined, wordsOf} from './examined.ts';

describe('the exchange', () => {
	/** One whose clock differs from this machine's by so many ms. */
	async function exchangeWith(skewMs: number): Promise<string> {
		const server = http
			.createServer((_, response) => {
				const data = [{ts: String(Date.now() - skewMs)}];
				response.setHeader('content-type', 'application/json').end(JSON.stringify({code: '0', msg: '', data}));
			})
			.listen(0, '127.0.0.1');
		onTestFinished(() => void server.close());
		await once(server, 'listening');
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	test.each([
		[40_000, 'bad', /^It is (?:39|40)\.\d s ahead/],
		[-40_000, 'bad', /^It is (?:39|40)\.\d s behind/],
		[8000, 'warn', /^It is [78]\.\d s ahead/],
		[0, 'ok', /^It is 0\.\d s (?:ahead|behind)/],
	] as const)('tells that the clock is %i ms off', async (skewMs, state, text) => {
		const all = await examined({}, {site: await exchangeWith(skewMs), isOffline: false});
		expect(all['clock']?.state).toBe(state);
		expect(all['clock']?.text()).toMatch(text);
		expect(exitOf(Object.values(all))).toBe(state === 'bad' ? 'clockSkew' : 'ok');
		expect(all['exchange']).toMatchObject({state: 'ok'});
		expect(wordsOf(all['dns'])[1]).toBe('127.0.0.1 has 1 of IPv4 and 1 of IPv6.');
	});

	test('that is not reached is a warning, since a machine may have no network', async () => {
		const all = await examined({addresses: async () => []}, {site: 'http://127.0.0.1:9', isOffline: false});
		expect([all['dns'], all['exchange'], all['clock']].map(one => one?.state)).toEqual(['warn', 'warn', 'skipped']);
		expect(exitOf(Object.values(all))).toBe('ok');
	});
});

describe('a proxy', () => {
	test('is named without its password', async () => {
		const environment = {HTTPS_PROXY: 'http://me:canary-word@proxy.example:3128'};
		const all = await examined({environment});
		expect(wordsOf(all['proxy'])).toEqual([
			'ok',
			'Calls go through proxy.example:3128, which HTTPS_PROXY names.',
			undefined,
		]);
	});

	test('that cannot be used is a failure, and its value is not repeated', async () => {
		const all = await examined({environment: {HTTPS_PROXY: 'socks5://me:canary-word@proxy.example:1080'}});
		expect(all['proxy']).toMatchObject({state: 'bad', exit: 'network'});
		expect(wordsOf(all['proxy']).join(' ')).not.toMatch(/canary|me:|proxy\.example/);
	});
});
