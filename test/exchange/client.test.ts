import {subscribe, unsubscribe} from 'node:diagnostics_channel';
import type {RequestListener, ServerResponse} from 'node:http';
import {setImmediate as turn} from 'node:timers/promises';
import {expect, test, vi} from 'vitest';
import {isAppError} from '../../source/core/errors.ts';
import {Secret} from '../../source/core/secret.ts';
import {createExchange} from '../../source/exchange/client.ts';
import {endpoints} from '../../source/exchange/endpoints.ts';
import {signature} from '../../source/exchange/sign.ts';
import {stopTime} from '../helpers/time.ts';
import {canary, canaryWords, clientOf, failing, goodPassphrase, server, world} from './helpers.ts';

const chosen = {
	label: 'bot',
	passphrase: goodPassphrase,
	permissions: ['read', 'trade'],
	ip: ['203.0.113.7', '2001:db8::7'],
} as const;
const ok = (data: unknown[]) => JSON.stringify({code: '0', msg: '', data});

test('a sub-account key is made, listed, changed, used and deleted', async () => {
	const {exchange, mainTarget} = await world();
	const made = await exchange.call('createSubKey', {subAccount: 'quantdesk01', ...chosen}, mainTarget);
	expect(made).toMatchObject({
		label: 'bot',
		permissions: ['read', 'trade'],
		ip: chosen.ip,
		secretKey: expect.stringMatching(/^[\dA-F]{32}$/),
	});
	const [listed] = await exchange.call('subKeys', {subAccount: 'quantdesk01', apiKey: made.apiKey}, mainTarget);
	expect(listed).toEqual({
		label: 'bot',
		apiKey: made.apiKey,
		permissions: made.permissions,
		ip: made.ip,
		createdAt: made.createdAt,
	});

	const changed = await exchange.call(
		'modifySubKey',
		{subAccount: 'quantdesk01', apiKey: made.apiKey, ip: []},
		mainTarget,
	);
	expect(changed).toEqual({...listed, ip: []});

	const credential = {
		apiKey: made.apiKey,
		secretKey: new Secret(made.secretKey),
		passphrase: new Secret(goodPassphrase),
	};
	const live = await exchange.call('config', {}, {...mainTarget, credential});
	const sub = (await exchange.call('subAccounts', {}, mainTarget)).find(({name}) => name === 'quantdesk01');
	expect(live).toMatchObject({label: 'bot', ip: [], uid: sub!.uid});
	expect(live.mainUid).not.toBe(live.uid);

	expect(await exchange.call('deleteSubKey', {subAccount: 'quantdesk01', apiKey: made.apiKey}, mainTarget)).toEqual({
		subAccount: 'quantdesk01',
	});
	expect((await failing(exchange.call('config', {}, {...mainTarget, credential}))).exit).toBe('keyMissing');
});

test('a main-account key is made, listed, changed and deleted on the stand-in of the page', async () => {
	const {exchange, mainTarget} = await world();
	const target = {site: 'sandbox', environment: 'live'} as const;
	const made = await exchange.call(
		'pageCreate',
		{...chosen, permissions: ['withdraw'], ip: [], type: 'app', environment: 'demo'},
		target,
	);
	const credential = {
		apiKey: made.apiKey,
		secretKey: new Secret(made.secretKey),
		passphrase: new Secret(goodPassphrase),
	};
	expect(await exchange.call('config', {}, {...mainTarget, environment: 'demo', credential})).toMatchObject({
		permissions: ['read', 'withdraw'],
		ip: [],
		kycLv: '2',
	});
	expect(await exchange.call('pageKeys', {}, target)).toContainEqual(
		expect.objectContaining({apiKey: made.apiKey, environment: 'demo', type: 'app'}),
	);
	expect(
		await exchange.call('pageEdit', {apiKey: made.apiKey, label: 'bot2', permissions: ['read']}, target),
	).toMatchObject({label: 'bot2', permissions: ['read'], ip: []});
	expect(await exchange.call('pageDelete', {apiKey: made.apiKey}, target)).toEqual({apiKey: made.apiKey});
	expect((await exchange.call('pageKeys', {}, target)).map(({label}) => label)).toEqual(['main']);
});

test('more than a hundred sub-accounts come in pages, as one list', async () => {
	const {exchange, mainTarget, change} = await world();
	await change(state => ({
		...state,
		accounts: [
			state.accounts[0],
			...Array.from({length: 250}, (_, index) => ({
				uid: `${index}`,
				name: `subaccount${index}`,
				label: '',
				createdAt: 1000 + index,
			})),
		],
	}));
	const all = await exchange.call('subAccounts', {}, mainTarget);
	expect(new Set(all.map(({name}) => name)).size).toBe(250);
});

test('what is sent is what was signed, query and body included', async () => {
	const {url, heard} = await server((request, response) =>
		response.end(ok(request.method === 'GET' ? [] : [{apiKey: 'a', secretKey: 'S'}])),
	);
	const {exchange, target} = clientOf(url);
	await exchange.call('subKeys', {subAccount: 'Quant desk+ü'}, target);
	await exchange.call('createSubKey', {subAccount: 'quantdesk01', ...chosen, label: 'Бот 🚀'}, target);
	for (const {method, path, body, headers} of heard) {
		const timestamp = headers['ok-access-timestamp'] as string;
		expect(headers['ok-access-sign']).toBe(signature({timestamp, method, path, body}, canary.secretKey));
	}

	expect(heard[1]).toMatchObject({headers: {'content-type': 'application/json', 'user-agent': 'okx-keys'}});
	expect(heard).toHaveLength(2);
});

test('the demo header is sent for demo keys only, and public calls carry no credential', async () => {
	const {url, heard} = await server((_, response) => response.end(ok([{ts: '1'}])));
	const {exchange, target} = clientOf(url);
	await exchange.call('time', {}, target);
	await failing(exchange.call('config', {}, {...target, environment: 'demo'}));
	expect(Object.keys(heard[0]!.headers).filter(name => /^ok-|simulated/.test(name))).toEqual([]);
	expect(heard[1]!.headers['x-simulated-trading']).toBe('1');
});

test('a read that was cut off or met a busy exchange is repeated twice, each time signed anew', async () => {
	const answers = [
		(response: ServerResponse) => response.destroy(),
		(response: ServerResponse) => response.writeHead(429).end('{"code":"50013","msg":"busy"}'),
		(response: ServerResponse) => response.end(ok([])),
	];
	const {url, heard} = await server((_, response) => answers.shift()!(response));
	const {exchange, target} = clientOf(url);
	expect(await exchange.call('subKeys', {subAccount: 'quantdesk01'}, target)).toEqual([]);
	expect(new Set(heard.map(({headers}) => headers['ok-access-timestamp'])).size).toBe(3);
	expect(new Set(heard.map(({headers}) => headers['ok-access-sign'])).size).toBe(3);
});

test('a read is given up after the third attempt', async () => {
	const {url, heard} = await server((_, response) => response.writeHead(503).end('{"code":"50001","msg":"down"}'));
	const {exchange, target} = clientOf(url);
	expect((await failing(exchange.call('config', {}, target))).exit).toBe('exchangeDown');
	expect(heard).toHaveLength(3);
});

test.each([
	['a cut connection', (response: ServerResponse) => response.destroy(), 'network'],
	[
		'an answer of 500',
		(response: ServerResponse) => response.writeHead(500).end('{"code":"50026","msg":""}'),
		'exchangeDown',
	],
	[
		'a busy exchange',
		(response: ServerResponse) => response.writeHead(429, {'retry-after': '0'}).end('{"code":"50013","msg":""}'),
		'exchangeDown',
	],
	[
		'a rate limit',
		(response: ServerResponse) => response.writeHead(429).end('{"code":"50011","msg":""}'),
		'rateLimited',
	],
] as const)('a write is never repeated: %s', async (_, listener, exit) => {
	const {url, heard} = await server((_, response) => listener(response));
	const {exchange, target} = clientOf(url);
	expect((await failing(exchange.call('deleteSubKey', {subAccount: 'quantdesk01', apiKey: 'a'}, target))).exit).toBe(
		exit,
	);
	expect(heard).toHaveLength(1);
});

test('writes of one key are spaced out, so that the exchange refuses none of them', async () => {
	const {exchange, mainTarget, refusals} = await world();
	stopTime();
	const made: string[] = [];
	const writes = ['one', 'two'].map(async label => {
		await exchange.call('createSubKey', {subAccount: 'quantdesk01', ...chosen, label}, mainTarget);
		made.push(label);
	});
	await writes[0];
	await vi.advanceTimersByTimeAsync(1000);
	expect(made).toEqual(['one']);
	await vi.advanceTimersByTimeAsync(10);
	await Promise.all(writes);
	expect(made).toEqual(['one', 'two']);
	expect([...refusals()]).toEqual([]);
});

test('a wrong clock is put right with the time of the exchange, for reads and writes alike', async () => {
	const {exchange, mainTarget} = await world({serverAhead: 90_000});
	expect(await exchange.call('config', {}, mainTarget)).toMatchObject({label: 'main'});
	expect(await exchange.call('createSubKey', {subAccount: 'quantdesk01', ...chosen}, mainTarget)).toMatchObject({
		label: 'bot',
	});
});

test('a wrong clock is told when it is not to be put right', async () => {
	const {exchange, mainTarget} = await world({serverAhead: -31_000});
	const error = await failing(exchange.call('config', {}, mainTarget, {correctClock: false}));
	expect(error).toMatchObject({exit: 'clockSkew', details: {failure: {exchangeCode: '50102', httpStatus: 401}}});
});

test('a write refused for the clock is signed once more with the right time, and only once', async () => {
	const {url, heard} = await server((request, response) =>
		request.url!.includes('time')
			? response.end(ok([{ts: '1767322800000'}]))
			: response.writeHead(401).end('{"code":"50102","msg":""}'),
	);
	const {exchange, target} = clientOf(url);
	const error = await failing(exchange.call('deleteSubKey', {subAccount: 'quantdesk01', apiKey: 'a'}, target));
	expect(error.message).toMatch(/clock of this machine is \d+ s ahead/);
	expect(heard.map(({path}) => path.split('/').at(-1))).toEqual(['delete-apikey', 'time', 'delete-apikey']);
	expect(heard[2]!.headers['ok-access-timestamp']).toMatch(/^2026-01-02T03:00:0/);
});

test('an abort ends a call at once, wherever it is', {timeout: 10_000}, async () => {
	const silent = await server(() => undefined);
	const slow = await server((_, response) => response.writeHead(200).write('{"code":'));
	const broken = await server((_, response) => response.destroy());
	for (const [{url}, step] of [
		[silent, 'undici:client:sendHeaders'],
		[slow, 'undici:request:headers'],
		// It is the pause before the next attempt that is ended.
		[broken, 'undici:request:error'],
	] as const) {
		const {exchange, target} = clientOf(url, {timing: {pauses: [60_000]}});
		const reason = new Error('enough');
		const controller = new AbortController();
		const reached = Promise.withResolvers<undefined>();
		const note = () => {
			reached.resolve(undefined);
		};
		subscribe(step, note);
		const ended = expect(exchange.call('config', {}, target, {signal: controller.signal})).rejects.toBe(reason);
		await reached.promise;
		unsubscribe(step, note);
		await turn();
		const aborted = performance.now();
		controller.abort(reason);
		await ended;
		expect(performance.now() - aborted).toBeLessThan(1000);
	}
});

test('a call that was aborted before it began sends nothing', async () => {
	const {url, heard} = await server((_, response) => response.end(ok([])));
	const {exchange, target} = clientOf(url);
	const signal = AbortSignal.abort(new Error('never mind'));
	await expect(exchange.call('config', {}, target, {signal})).rejects.toThrow('never mind');
	expect(heard).toEqual([]);
});

/** Tells how a call has failed, if it has. */
function watched(call: Promise<unknown>): {readonly ended: Promise<void>; readonly failure: () => unknown} {
	let failure: unknown;
	const ended = (async () => {
		const {exit, details} = await failing(call);
		failure = [exit, details.failure?.kind];
	})();
	return {ended, failure: () => failure};
}

test.each<readonly [string, RequestListener]>([
	['never answers', () => undefined],
	['never ends its answer', (_, response) => response.writeHead(200).write('{"code":')],
])('an exchange that %s is given up after ten seconds', async (_, listener) => {
	const asked = Promise.withResolvers<void>();
	const {url} = await server((request, response) => {
		listener(request, response);
		asked.resolve();
	});
	const {exchange, target} = clientOf(url);
	stopTime();
	const {ended, failure} = watched(exchange.call('time', {}, target));
	await asked.promise;
	await vi.advanceTimersByTimeAsync(9999);
	expect(failure()).toBeUndefined();
	await vi.advanceTimersByTimeAsync(1);
	await ended;
	expect(failure()).toEqual(['network', 'timeout']);
});

test('a call of several pages is given up after fifteen seconds, however short each of them took', async () => {
	const page = Array.from({length: 100}, (_, index) => ({
		uid: `${index}`,
		subAcct: `sub${index}`,
		label: '',
		enable: true,
		ts: `${9999 - index}`,
	}));
	const asked = [Promise.withResolvers<ServerResponse>(), Promise.withResolvers<ServerResponse>()] as const;
	let count = 0;
	const {url} = await server((_, response) => asked[count++]!.resolve(response));
	const {exchange, target} = clientOf(url);
	stopTime();
	const {ended, failure} = watched(exchange.call('subAccounts', {}, target));
	const first = await asked[0].promise;
	await vi.advanceTimersByTimeAsync(8000);
	first.end(ok(page));
	await asked[1].promise;
	await vi.advanceTimersByTimeAsync(6999);
	expect(failure()).toBeUndefined();
	await vi.advanceTimersByTimeAsync(1);
	await ended;
	expect(failure()).toEqual(['network', 'timeout']);
});

test('credential-in-an-answer: data that repeats a credential does not show it, and other API keys in it are as they were asked for', async () => {
	const other = 'b1c2d3e4-0000-4000-8000-0123456789ab';
	const {url} = await server((request, response) =>
		response.end(
			request.url!.includes('config')
				? ok([
						{uid: '1', mainUid: '1', label: `you sent ${canaryWords.join(' and ')}`, perm: 'read_only,trade', ip: ''},
					])
				: ok([{label: 'bot', apiKey: other, perm: 'read_only', ip: ''}]),
		),
	);
	const {exchange, target} = clientOf(url);
	expect(await exchange.call('config', {}, target)).toMatchObject({
		label: 'you sent •••• and •••• and ••••',
		permissions: ['read', 'trade'],
	});
	expect(await exchange.call('subKeys', {subAccount: 'quantdesk01'}, target)).toMatchObject([{apiKey: other}]);
});

test('a password as short as a word of the exchange changes nothing in its answers', async () => {
	const {url} = await server((_, response) =>
		response.end(ok([{uid: '1', mainUid: '1', label: 'x', perm: 'read_only,trade', ip: ''}])),
	);
	const {exchange, target} = clientOf(url);
	expect(
		await exchange.call('config', {}, {...target, credential: {...canary, passphrase: new Secret('trade')}}),
	).toMatchObject({permissions: ['read', 'trade']});
});

test('turn-never-given-back: a caller that throws when its turn comes takes no turn from the next ones', async () => {
	const {exchange, mainTarget} = await world();
	const {count, windowMs} = endpoints.config.limit!;
	const oops = new Error('the caller is at fault');
	stopTime();
	for (let index = 0; index < count; index++) {
		await expect(
			exchange.call('config', {}, mainTarget, {
				onTurn() {
					throw oops;
				},
			}),
		).rejects.toBe(oops);
	}

	const next = exchange.call('config', {}, mainTarget);
	await vi.advanceTimersByTimeAsync(1.01 * windowMs);
	expect(await next).toMatchObject({label: 'main'});
});

test('the sandbox is asked where it lies for each call: it moves when it is told to fail', async () => {
	let port = 1;
	const exchange = createExchange({clock: Date.now, sandboxUrl: async () => new URL(`http://127.0.0.1:${port++}`)});
	expect([(await exchange.locate('sandbox')).port, (await exchange.locate('sandbox')).port]).toEqual(['1', '2']);
});

test('without an embedded exchange there is no site sandbox', async () => {
	await expect(createExchange({clock: Date.now}).locate('sandbox')).rejects.toSatisfy(error =>
		isAppError(error, 'sandbox-only'),
	);
});

test('the page is asked on no real site', async () => {
	const exchange = createExchange({clock: Date.now});
	await expect(exchange.call('pageKeys', {}, {site: 'global', environment: 'live'})).rejects.toSatisfy(error =>
		isAppError(error, 'sandbox-only'),
	);
});

test('a vault that is locked before the call was signed is told as that, not as a wrong key', async () => {
	const {exchange, mainTarget, state} = await world();
	const {secretKey, passphrase} = mainTarget.credential;
	const credential = {
		...mainTarget.credential,
		secretKey: new Secret(secretKey.reveal()),
		passphrase: new Secret(passphrase.reveal()),
	};
	const before = JSON.stringify(state());
	const call = exchange.call('config', {}, {...mainTarget, credential});
	credential.secretKey.wipe();
	credential.passphrase.wipe();
	await expect(call).rejects.toSatisfy(error => isAppError(error, 'locked'));
	expect(JSON.stringify(state())).toBe(before);
});
