import type {ServerResponse} from 'node:http';
import {expect, test} from 'vitest';
import {isAppError} from '../../source/core/errors.ts';
import {Secret} from '../../source/core/secret.ts';
import {createExchange} from '../../source/exchange/client.ts';
import {signature} from '../../source/exchange/sign.ts';
import {canary, canaryWords, clientOf, failing, goodPassphrase, server, world} from './helpers.ts';
import {chosen, ok} from './client-fixtures.ts';

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

test('credential-in-an-answer: data that repeats a credential does not show it; other API keys stay', async () => {
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
