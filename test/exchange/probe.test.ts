import {expect, test, vi} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {createExchange, type Exchange} from '../../source/exchange/client.ts';
import {exchangeError} from '../../source/exchange/failure.ts';
import {probeKey} from '../../source/exchange/probe/key-probe.ts';
import {probeStepNames, type ProbeStep} from '../../source/exchange/probe/probe-step.ts';
import {reachSite} from '../../source/exchange/probe/site-probe.ts';
import {canary, clientOf, probe, server, world} from './helpers.ts';

test('a working key passes every layer, each reported as it is done', async () => {
	const {exchange, mainTarget, baseUrl} = await world();
	const seen: ProbeStep[] = [];
	const result = await probe(exchange, mainTarget, {clock: Date.now, onLayer: layer => seen.push(layer)});
	expect(result.layers).toEqual(seen);
	expect(seen.map(({name}) => name)).toEqual(probeStepNames);
	expect(seen.map(({ok}) => ok)).toEqual([true, true, null, true, true, true, true]);
	expect(seen.at(-2)?.detail).toBe('read, trade');
	expect(seen.at(-1)?.detail).toBe('127.0.0.1, ::1');
	expect(result).toMatchObject({
		host: baseUrl.host,
		failure: null,
		live: {label: 'main', permissions: ['read', 'trade']},
	});
	expect(Math.abs(result.skewMs!)).toBeLessThan(2000);
	expect(result.latencyMs).toBeGreaterThan(0);
});

test('times have one decimal at most', async () => {
	const {exchange, mainTarget} = await world();
	const {layers, latencyMs} = await probe(exchange, mainTarget, {clock: Date.now});
	for (const ms of [latencyMs, ...layers.map(({ms}) => ms)].filter(ms => ms !== null))
		expect(ms).toBe(Number(ms.toFixed(1)));
});

test('a clock that is off fails the layer of the time, and the exchange is still asked about it', async () => {
	const {exchange, mainTarget} = await world({serverAhead: 45_000});
	const {layers, skewMs, failure} = await probe(exchange, mainTarget, {clock: Date.now});
	expect(layers.map(({ok}) => ok)).toEqual([true, true, null, false, false, null, null]);
	expect(layers[3]!.detail).toMatch(/^our clock is 4[45]\.\d s behind$/);
	expect(skewMs).toBeLessThan(-44_000);
	expect(failure).toMatchObject({kind: 'code', exchangeCode: '50102'});
});

test.each([
	[3000, 3000, 'same time, within 1.5 s'],
	[3000, 0, 'same time, within 1.5 s'],
	[3000, 5000, 'our clock is 3.5 s behind'],
	[40, 40, 'same time'],
	[40, -60, 'our clock is 80 ms ahead'],
])(
	'an answer that took %d ms and told %d is no proof of more than its time allows',
	async (tookMs, serverTime, words) => {
		const {exchange, mainTarget} = await world();
		let now = 0;
		const slow: Exchange = {
			...exchange,
			async call(_name, _input, _target, {onTurn} = {}) {
				onTurn?.(0);
				now += tookMs;
				return {serverTime} as never;
			},
		};
		const {layers} = await reachSite(slow, mainTarget, {clock: () => now});
		expect(layers.at(-1)).toMatchObject({name: 'time', ok: true, detail: words});
	},
);

test('a refused address is told in the layer of the addresses', async () => {
	const {exchange, plant, mainTarget} = await world();
	const credential = await plant({ip: ['203.0.113.7']});
	const {layers, failure} = await probe(exchange, {...mainTarget, credential}, {clock: Date.now});
	expect(layers.slice(4).map(({ok}) => ok)).toEqual([false, null, false]);
	expect(layers.at(-1)?.detail).toBe('calls from 127.0.0.1, which is not on the list');
	expect(failure?.exchangeCode).toBe('50110');
});

test('a key of which the exchange tells no list shows just that', async () => {
	const {exchange, plant, mainTarget} = await world();
	const {layers} = await probe(exchange, {...mainTarget, credential: await plant({})}, {clock: Date.now});
	expect(layers.at(-1)).toMatchObject({ok: true, detail: 'no list told'});
});

test('a wrong secret stops at the signed call', async () => {
	const {exchange, main, mainTarget} = await world();
	const {layers, live, latencyMs, failure} = await probe(
		exchange,
		{...mainTarget, credential: {...main, secretKey: new Secret('0'.repeat(32))}},
		{clock: Date.now},
	);
	expect(layers.map(({ok}) => ok)).toEqual([true, true, null, true, false, null, null]);
	expect([live, latencyMs]).toEqual([null, null]);
	expect(failure?.exchangeCode).toBe('50113');
});

test('a passphrase that cannot be sent fails the signed call, not the test', async () => {
	const {exchange, main, mainTarget} = await world();
	const {failure} = await probe(
		exchange,
		{...mainTarget, credential: {...main, passphrase: new Secret('Пароль-9Aa!')}},
		{clock: Date.now},
	);
	expect(failure?.kind).toBe('unsendable');
});

test('proof-of-trade-in-the-eea: what proves Trade is a market that the site has', async () => {
	const heard: string[] = [];
	const live = {uid: '1', mainUid: '1', label: 'main', permissions: ['read', 'trade'] as const, ip: [], kycLv: '2'};
	const ground = {layers: [], host: 'eea.okx.com', skewMs: 0, failure: null};
	const exchange = {
		async call(name: string, {instrument}: {readonly instrument?: string}) {
			if (name === 'config') return live;
			heard.push(instrument!);
			throw exchangeError({kind: 'code', exchangeCode: '50124', host: 'eea.okx.com', httpStatus: 401});
		},
		locate: async () => new URL('https://eea.okx.com'),
	} as unknown as Exchange;
	const {failure, layers} = await probeKey(exchange, {site: 'eea', environment: 'live', credential: canary}, ground, {
		clock: Date.now,
		proofId: 'okxkeys1',
	});
	expect(heard).toEqual(['BTC-EUR']);
	expect(failure).toMatchObject({exchangeCode: '50124', market: 'BTC-EUR'});
	expect(layers.at(-1)).toMatchObject({name: 'trade', ok: false});
});

test('a captive portal stops at the time, and no credential is sent to it', async () => {
	const {url, heard} = await server((_, response) =>
		response.writeHead(302, {location: 'http://login.example/'}).end(),
	);
	const {exchange, target} = clientOf(url);
	const {layers, failure} = await probe(exchange, target, {clock: Date.now});
	expect(layers.map(({ok}) => ok)).toEqual([true, true, null, false, null, null, null]);
	expect(failure?.kind).toBe('redirect');
	expect(heard.some(({headers}) => 'ok-access-key' in headers)).toBe(false);
});

test('an exchange that is too busy to tell the time is still asked about the key', async () => {
	const config = {uid: '1', mainUid: '1', label: 'main', perm: 'read_only', ip: '', kycLv: '2'};
	const {url} = await server((request, response) =>
		request.url!.includes('time')
			? response.writeHead(429).end('{"code":"50011","msg":""}')
			: response.end(JSON.stringify({code: '0', data: [config]})),
	);
	const {exchange, target} = clientOf(url);
	const {layers, skewMs, failure, live} = await probe(exchange, target, {clock: Date.now});
	expect(layers.map(({ok}) => ok)).toEqual([true, true, null, false, true, true, true]);
	expect([skewMs, failure, live?.uid]).toEqual([null, null, '1']);
});

test.each(['time', 'config'])('an abort during %s ends the test at once, with its reason', async part => {
	const {url, heard} = await server((request, response) =>
		request.url!.includes(part) ? undefined : response.end('{"code":"0","data":[{"ts":"1"}]}'),
	);
	// Nothing else ends it before the test is over.
	const {exchange, target} = clientOf(url, {timing: {attemptMs: 600_000, totalMs: 600_000}});
	const controller = new AbortController();
	const running = probe(exchange, target, {clock: Date.now, signal: controller.signal});
	const outcome = running.then(
		() => undefined,
		(error: unknown) => error,
	);
	await vi.waitFor(() => {
		expect(heard.some(({path}) => path.includes(part))).toBe(true);
	});
	const reason = new Error('enough');
	controller.abort(reason);
	expect(await outcome).toBe(reason);
});

test('a site that is not one is no answer but a mistake', async () => {
	await expect(
		probe(
			createExchange({clock: Date.now}),
			{site: 'http://evil.example', environment: 'live', credential: canary},
			{clock: Date.now},
		),
	).rejects.toMatchObject({code: 'site-unknown'});
});
