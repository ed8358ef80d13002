import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import fc from 'fast-check';
import {expect, onTestFinished, test, vi} from 'vitest';
import {isAppError} from '../../source/core/errors.ts';
import {Secret} from '../../source/core/secret.ts';
import type {ListedKey} from '../../source/exchange/endpoint.ts';
import {startSandbox} from '../../source/sandbox/server.ts';
import {memoryStorage} from '../../source/sandbox/storage.ts';
import {seedSandbox, strayCredential} from '../../source/sandbox/seed.ts';
import {subAccountProblem, passphraseProblem} from '../../source/core/validate.ts';
import {isPassphrase, type SandboxState} from '../../source/sandbox/state.ts';
import {failing, goodPassphrase, world} from '../exchange/helpers.ts';
import {knock} from './knock.ts';

/** Sends bytes as they are, and gives all that comes back before the connection ends. */
async function raw({port}: URL, bytes: string | Buffer): Promise<string> {
	const socket = connect(Number(port), '127.0.0.1');
	socket.on('error', () => undefined);
	await once(socket, 'connect');
	socket.end(bytes);
	return text(socket).catch(() => '');
}

test('a fresh exchange has a verified main account, four sub-accounts and one main key bound to this machine', () => {
	const {state, main} = seedSandbox({clock: () => 1_767_322_800_000, random: randomBytes});
	const {accounts, keys, kycLevel} = state as SandboxState;
	expect(kycLevel).toBe('2');
	expect(accounts.map(({uid}) => /^\d{18,19}$/.test(uid))).toEqual(Array(5).fill(true));
	expect(accounts.slice(1).filter(({name}) => subAccountProblem(name) !== undefined)).toEqual([]);
	expect(keys.map(({label, uid}) => [accounts.find(account => account.uid === uid)?.name, label])).toEqual([
		['', 'main'],
		['oldbots01', 'telegrambot'],
		['pausedbots01', 'pausedbot'],
	]);
	expect(keys.slice(0, 1)).toMatchObject([
		{
			label: 'main',
			permissions: ['read', 'trade'],
			ip: ['127.0.0.1', '::1'],
			environment: 'live',
			secretKey: expect.stringMatching(/^[\dA-F]{32}$/),
			apiKey: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
		},
	]);
	expect(passphraseProblem(main.passphrase.reveal())).toBeUndefined();
	expect(isPassphrase(keys[0]!, main.passphrase.reveal())).toBe(true);
	expect(JSON.parse(JSON.stringify(state))).toEqual(state);
	expect(JSON.stringify(state)).not.toContain(main.passphrase.reveal());
});

test('a key that no vault knows is known by the credential that the page of the sandbox prints', async () => {
	const {exchange, main, state} = await world();
	const {apiKey, secretKey, passphrase} = strayCredential;
	const target = {site: 'sandbox', environment: 'live'} as const;
	const credential = {apiKey, secretKey: new Secret(secretKey), passphrase: new Secret(passphrase)};
	expect(await exchange.call('config', {}, {...target, credential})).toMatchObject({
		label: 'telegrambot',
		mainUid: state().accounts[0].uid,
	});
	expect(await exchange.call('subKeys', {subAccount: 'oldbots01'}, {...target, credential: main})).toMatchObject([
		{apiKey, label: 'telegrambot'},
	]);
	const json = JSON.stringify({apiKey, secretKey, passphrase});
	expect(fs.readFileSync('docs/sandbox.md', 'utf8').replaceAll(/\s/g, '')).toContain(json);
});

test('the keys of a frozen sub-account are listed, and none is made, changed or deleted', async () => {
	const {exchange, mainTarget} = await world();
	expect((await exchange.call('subAccounts', {}, mainTarget)).map(({name, enabled}) => [name, enabled])).toEqual([
		['quantdesk01', true],
		['gridbots01', true],
		['pausedbots01', false],
		['oldbots01', true],
	]);
	const subAccount = 'pausedbots01';
	const [{apiKey}] = (await exchange.call('subKeys', {subAccount}, mainTarget)) as [ListedKey];
	const refused = async (call: Promise<unknown>) => (await failing(call)).details.failure?.exchangeCode;
	const wanted = {subAccount, label: 'bot', permissions: ['read'], ip: [], passphrase: goodPassphrase} as const;
	expect(await refused(exchange.call('createSubKey', wanted, mainTarget))).toBe('59508');
	expect(await refused(exchange.call('modifySubKey', {subAccount, apiKey, ip: []}, mainTarget))).toBe('59508');
	expect(await refused(exchange.call('deleteSubKey', {subAccount, apiKey}, mainTarget))).toBe('59508');
});

test('a taken port is told with its number', async () => {
	const {baseUrl} = await world();
	const port = Number(baseUrl.port);
	await expect(
		startSandbox({storage: memoryStorage(undefined), port, clock: Date.now, random: randomBytes}),
	).rejects.toSatisfy(error => isAppError(error, 'port-in-use') && error.details.port === port);
});

test('account/config has every field that the exchange documents', async () => {
	const {baseUrl, main} = await world();
	const {body} = await knock(baseUrl, {as: main, path: '/api/v5/account/config'});
	const fields = (
		'uid mainUid type label perm ip kycLv acctLv posMode roleType spotRoleType traderInsts spotTraderInsts ' +
		'level levelTmp opAuth acctStpMode autoLoan ctIsoMode mgnIsoMode greeksType feeType stgyType ' +
		'settleCcy settleCcyList liquidationGear enableSpotBorrow spotBorrowAutoRepay spotOffsetType'
	).split(' ');
	expect(Object.keys((body['data'] as object[])[0]!).toSorted()).toEqual(fields.toSorted());
});

test('closing ends it at once, even with an open connection', async () => {
	const {state} = seedSandbox({clock: Date.now, random: randomBytes});
	const sandbox = await startSandbox({storage: memoryStorage(state), clock: Date.now, random: randomBytes});
	const socket = connect(Number(sandbox.baseUrl.port), '127.0.0.1');
	await once(socket, 'connect');
	const closed = once(socket, 'close');
	await sandbox.close();
	await closed;
	await expect(knock(sandbox.baseUrl, {path: '/'})).rejects.toMatchObject({code: 'ECONNREFUSED'});
});

test('a body of more than 64 KiB is refused before it is read to its end', async () => {
	const {baseUrl, main} = await world();
	const answer = await knock(baseUrl, {
		as: main,
		method: 'POST',
		path: '/api/v5/users/subaccount/apikey',
		body: 'x'.repeat(65_537),
	});
	expect(answer.status).toBe(413);
});

test('slow-loris: a request whose headers never end is cut off', {timeout: 15_000}, async () => {
	const {baseUrl} = await world();
	const socket = connect(Number(baseUrl.port), '127.0.0.1');
	socket.on('error', () => undefined);
	await once(socket, 'connect');
	socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
	const drip = setInterval(() => socket.write('X-Slow: 1\r\n'), 500);
	const started = performance.now();
	socket.resume();
	await once(socket, 'close');
	clearInterval(drip);
	expect(performance.now() - started).toBeLessThan(8000);
});

test.each([
	['send nothing', ''],
	['send half a head', 'GET /api/v5/public/time HTTP/1.1\r\nHost: 127.0.0.1\r\n'],
	[
		'never send their body',
		'POST /api/v5/users/subaccount/apikey HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\n',
	],
	['never read their refusal', 'garbage\r\n\r\n'],
])(
	'half-open-connections: 2,100 that %s hold up neither the next call nor the end',
	{timeout: 60_000},
	async (_, bytes) => {
		const {state} = seedSandbox({clock: Date.now, random: randomBytes});
		const sandbox = await startSandbox({storage: memoryStorage(state), clock: Date.now, random: randomBytes});
		onTestFinished(async () => sandbox.close());
		const sockets = await Promise.all(
			Array.from({length: 2100}, async () => {
				const socket = connect({port: Number(sandbox.baseUrl.port), host: '127.0.0.1', allowHalfOpen: true});
				socket.on('error', () => undefined);
				socket.pause();
				await once(socket, 'connect').catch(() => undefined);
				if (bytes !== '') socket.write(bytes);
				return socket;
			}),
		);
		await vi.waitFor(
			async () => {
				expect((await knock(sandbox.baseUrl, {path: '/api/v5/public/time'})).status).toBe(200);
			},
			{timeout: 15_000, interval: 50},
		);
		const closing = performance.now();
		await sandbox.close();
		expect(performance.now() - closing).toBeLessThan(3000);
		await expect(knock(sandbox.baseUrl, {path: '/'})).rejects.toMatchObject({code: 'ECONNREFUSED'});
		for (const socket of sockets) socket.destroy();
	},
);

test('garbage never brings it down: whatever comes, the next call is answered', {timeout: 60_000}, async () => {
	const {baseUrl, main, page} = await world();
	const alive = async () =>
		expect((await knock(baseUrl, {path: '/sandbox/page/keys', headers: page})).status).toBe(200);
	const bytes = fc.uint8Array({maxLength: 2000});
	await fc.assert(
		fc.asyncProperty(bytes, async garbage => {
			await raw(baseUrl, Buffer.from(garbage));
		}),
		{numRuns: 100},
	);
	await alive();
	for (const line of [
		'GET http://evil.example/ HTTP/1.1',
		'CONNECT evil.example:443 HTTP/1.1',
		'GET  HTTP/1.1',
		'GET /%zz?%zz=%zz HTTP/1.1',
		'PRI * HTTP/2.0',
		'GET /api/v5/account/config HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade',
		'OPTIONS * HTTP/1.1',
		'POST /sandbox/page/keys HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5',
	]) {
		await raw(baseUrl, `${line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
		await alive();
	}

	const paths = fc.oneof(
		fc.webPath(),
		fc.constantFrom(
			'/api/v5/account/config',
			'/api/v5/users/subaccount/apikey',
			'/api/v5/users/subaccount/list?limit=-1&after=x',
			'/sandbox/page/keys',
			'/sandbox/page/keys/edit',
		),
	);
	const bodies = fc.oneof(fc.json(), fc.string(), fc.constant('{"__proto__":{"perm":"trade"},"apiKey":{},"label":[]}'));
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'DELETE'),
			paths,
			bodies,
			fc.boolean(),
			fc.boolean(),
			async (method, path, body, isSigned, hasToken) => {
				const sent = path.startsWith('/') ? path : `/${path}`;
				const {status, body: answer} = await knock(baseUrl, {
					method,
					path: sent,
					body: method === 'HEAD' ? '' : body,
					...(isSigned && {as: main}),
					...(hasToken && {headers: page}),
				});
				expect(status).not.toBe(500);
				if (method !== 'HEAD') expect(answer).toHaveProperty('code');
			},
		),
		{numRuns: 300},
	);
	await alive();
});
