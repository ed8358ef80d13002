import {randomBytes} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {createKey, createTargets} from '../../source/actions/create.ts';
import {editKey} from '../../source/actions/edit.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {acceptLive} from '../../source/actions/accept.ts';
import {planRemedy} from '../../source/actions/remedy.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {testKey} from '../../source/actions/test.ts';
import type {TestResult} from '../../source/actions/test-result.ts';
import {verdict} from '../../source/cli/test-report.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import {daysLeft} from '../../source/core/health/idle.ts';
import {findings} from '../../source/core/health/findings.ts';
import {createExchange} from '../../source/exchange/client.ts';
import {clientOf, closedPort, server, world, type World} from '../exchange/helpers.ts';
import {fakeVault, wireError} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';

/** The main key as a person has stored it, beside the real client and the embedded exchange over HTTP. */
async function setUp(
	wanted: Partial<StoredKey> = {},
	options: Parameters<typeof world>[0] = {},
): Promise<{readonly context: Context; readonly exchange: World; readonly test: () => Promise<TestResult>}> {
	const exchange = await world(options);
	const key = storedKey({
		id: 'm',
		name: 'main',
		site: 'sandbox',
		permissions: ['read', 'trade'],
		ip: ['127.0.0.1', '::1'],
		credential: exchange.main,
		...wanted,
	});
	const context: Context = {
		vault: fakeVault({keys: [key], sandbox: {}}),
		exchange: exchange.exchange,
		clock: Date.now,
		random: bytes => randomBytes(bytes),
		sandbox: true,
		readonly: false,
		seed: () => ({keys: []}),
	};
	return {context, exchange, test: async () => testKey(context, 'm')};
}

test('a key that works tells what it is, in seven layers with their times', async () => {
	const {test, context} = await setUp();
	const result = await test();
	expect(result).toMatchObject({
		name: 'main',
		ok: true,
		code: 0,
		drift: [],
		exchangeCode: null,
		live: {label: 'main', permissions: ['read', 'trade']},
	});
	expect(result.layers.map(({name, ok}) => [name, ok])).toEqual([
		['dns', true],
		['tcp', true],
		['tls', null],
		['time', true],
		['auth', true],
		['permissions', true],
		['ip', true],
	]);
	expect(result.latencyMs).toBeGreaterThan(0);
	expect(context.vault.read().keys[0]).toMatchObject({
		lastTest: {ok: true},
		label: 'main',
		lastUsedAt: result.testedAt,
		account: {kind: 'main', uid: result.live!.uid},
	});
});

describe('what is wrong names its own cause and exit status', () => {
	test.each([
		['a wrong secret', {secretKey: new Secret('0123456789ABCDEF0123456789ABCDEF')}, {}, 20, '50113'],
		['a wrong passphrase', {passphrase: new Secret('Wrong-Horse9!')}, {}, 20, '50105'],
		['a key that is not there', {apiKey: '00000000-0000-4000-8000-000000000000'}, {}, 21, '50119'],
		['the wrong environment', {}, {environment: 'demo'}, 24, '50101'],
	] as const)('%s', async (_, credential, wanted, code, exchangeCode) => {
		const {context, exchange, test} = await setUp(wanted);
		await context.vault.change(content => ({
			...content,
			keys: [{...content.keys[0]!, credential: {...exchange.main, ...credential}}],
		}));
		const result = await test();
		expect(result).toMatchObject({ok: false, code, exchangeCode, live: null});
		expect(result.cause).toContain(exchangeCode);
		expect(result.fix).not.toBe('');
	});

	test.each([
		[60_000, 'behind'],
		[-60_000, 'ahead of'],
	])('a clock %d ms off, with the side it is off to', async (serverAhead, side) => {
		const {test} = await setUp({}, {serverAhead});
		const result = await test();
		expect(result).toMatchObject({ok: false, code: 23, exchangeCode: '50102'});
		expect(result.cause).toMatch(new RegExp(`60 s ${side}`));
		expect(Math.abs(result.skewMs! + serverAhead)).toBeLessThan(2000);
	});

	test('a clock 20 s off is shown and works', async () => {
		const {test} = await setUp({}, {serverAhead: 20_000});
		expect(await test()).toMatchObject({ok: true, code: 0});
	});

	test('an address outside the list, named', async () => {
		const {context, exchange, test} = await setUp();
		const credential = await exchange.plant({ip: ['203.0.113.7']});
		await context.vault.change(content => ({...content, keys: [{...content.keys[0]!, credential}]}));
		const result = await test();
		expect(result).toMatchObject({ok: false, code: 22, exchangeCode: '50110'});
		expect(result.cause).toContain('127.0.0.1');
	});
});

test('a clock 60 s off does not keep anybody from revoking a key', async () => {
	const {context} = await setUp({}, {serverAhead: 60_000});
	const {targets} = await createTargets(context);
	const target = targets.find(({kind}) => kind === 'sub')!;
	const key = await createKey(context, {
		name: 'sub1',
		description: '',
		type: 'api',
		permissions: [],
		ip: [],
		passphrase: new Secret('Correct-Horse9!'),
		environment: 'live',
		target,
	});
	expect(await revokeKey(context, key.id)).toMatchObject({outcome: 'revoked'});
});

describe('drift', () => {
	test('a permission that appeared on the exchange is an alarm, with both sides shown', async () => {
		const {context, exchange, test} = await setUp();
		expect(await test()).toMatchObject({ok: true});
		await exchange.exchange.call(
			'pageEdit',
			{apiKey: exchange.main.apiKey, permissions: ['read', 'trade', 'withdraw']},
			exchange.mainTarget,
		);
		const result = await test();
		expect(result).toMatchObject({
			ok: false,
			code: 40,
			drift: [{field: 'permissions', declared: 'read, trade', live: 'read, trade, withdraw'}],
		});
		expect(result.fix).toMatch(/revoke/);
		expect(context.vault.read().keys[0]).toMatchObject({permissions: ['read', 'trade'], lastTest: {code: 40}});
	});

	test('another name on the exchange is told without an alarm, and a rename here is none', async () => {
		const {context, exchange, test} = await setUp();
		await test();
		await editKey(context, await planEdit(context, 'm', {name: 'renamed'}));
		expect(await test()).toMatchObject({ok: true});
		await exchange.exchange.call('pageEdit', {apiKey: exchange.main.apiKey, label: 'other'}, exchange.mainTarget);
		expect(await test()).toMatchObject({code: 40, drift: [{field: 'label', declared: 'main', live: 'other'}]});
	});
});

test('a key of a sub-account goes its whole way through the managing key', async () => {
	const {context} = await setUp();
	const {targets, problems} = await createTargets(context);
	expect(problems).toEqual([]);
	const target = targets.find(({kind}) => kind === 'sub')!;
	const key = await createKey(context, {
		name: 'sub1',
		description: '',
		type: 'api',
		permissions: ['trade'],
		ip: ['127.0.0.1'],
		passphrase: new Secret('Correct-Horse9!'),
		environment: 'live',
		target,
	});
	expect(await testKey(context, key.id)).toMatchObject({
		ok: true,
		live: {permissions: ['read', 'trade'], label: 'sub1'},
	});
	const plan = await planEdit(context, key.id, {permissions: ['read'], ip: ['127.0.0.1', '::1']});
	expect(plan.changes.map(({field, where}) => [field, where])).toEqual([
		['permissions', 'exchange'],
		['ip', 'exchange'],
	]);
	await editKey(context, plan);
	expect(await testKey(context, key.id)).toMatchObject({
		ok: true,
		live: {permissions: ['read'], ip: ['127.0.0.1', '::1']},
	});
	expect(await revokeKey(context, key.id)).toMatchObject({outcome: 'revoked'});
	expect(await testKey(context, key.id)).toMatchObject({ok: false, code: 21});
	expect(await revokeKey(context, key.id)).toMatchObject({outcome: 'already-gone'});
});

test('a test that is called off rejects at once and keeps what was known', async () => {
	const {context} = await setUp();
	const stop = new AbortController();
	const running = testKey(context, 'm', {
		signal: stop.signal,
		onLayer: ({name}) => {
			if (name === 'tcp') stop.abort(new Error('called off'));
		},
	});
	await expect(running).rejects.toThrow('called off');
	expect(context.vault.read().keys[0]!.lastTest).toBeNull();
});

test('a test that is called off after its last layer stores nothing either', async () => {
	const {context} = await setUp();
	const stop = new AbortController();
	const running = testKey(context, 'm', {
		signal: stop.signal,
		onLayer: ({name}) => {
			if (name === 'ip') stop.abort(new Error('called off'));
		},
	});
	await expect(running).rejects.toThrow('called off');
	expect(context.vault.read().keys[0]!.lastTest).toBeNull();
});

test('a test that is called off while the exchange is asked what it announces rejects at once', async () => {
	const {context} = await setUp();
	const stop = new AbortController();
	let given: AbortSignal | undefined;
	const call = (async (
		name: string,
		_parameters: unknown,
		_target: unknown,
		{signal}: {readonly signal: AbortSignal},
	) => {
		if (name !== 'status') throw wireError({kind: 'code', exchangeCode: '50001', httpStatus: 503});
		given = signal;
		stop.abort(new Error('called off'));
		return new Promise(() => {});
	}) as unknown as Context['exchange']['call'];
	await expect(
		testKey({...context, exchange: {...context.exchange, call}}, 'm', {signal: stop.signal}),
	).rejects.toThrow('called off');
	expect(given?.reason).toMatchObject({message: 'called off'});
});

test('under --no-touch nothing signed is sent, nothing is stored, and the 14 days are not renewed', async () => {
	const {context, exchange} = await setUp({
		ip: [],
		lastUsedAt: Date.now() - 10 * 86_400_000,
		credential: {apiKey: 'x', secretKey: new Secret('x'), passphrase: new Secret('x')},
	});
	const before = context.vault.read();
	const result = await testKey(context, 'm', {noTouch: true});
	expect(result).toMatchObject({ok: true, code: 0, live: null, touched: false, daysLeft: 4});
	expect(result.layers.map(({ok}) => ok)).toEqual([true, true, null, true, null, null, null]);
	expect(context.vault.read()).toBe(before);
	expect(exchange.state().keys.every(({lastUsedAt}) => lastUsedAt === null)).toBe(true);
});

test('a test renews the 14 days, and says that it was a use', async () => {
	const {context, exchange} = await setUp({ip: [], lastUsedAt: Date.now() - 10 * 86_400_000});
	const credential = await exchange.plant({permissions: ['read', 'trade']});
	await context.vault.change(content => ({...content, keys: [{...content.keys[0]!, credential}]}));
	expect(await testKey(context, 'm')).toMatchObject({touched: true, daysLeft: 14});
});

describe('Trade is proved only when that is asked for', () => {
	test('by a call that does nothing, and the layer says what happened', async () => {
		const {context} = await setUp();
		const result = await testKey(context, 'm', {proveTrade: true});
		expect(result).toMatchObject({ok: true, code: 0});
		expect(result.layers.at(-1)).toMatchObject({name: 'trade', ok: true});
		expect((await testKey(context, 'm')).layers.map(({name}) => name)).not.toContain('trade');
	});

	test('a key without the permission is not tried', async () => {
		const {context, exchange} = await setUp({permissions: ['read']});
		const credential = await exchange.plant({ip: ['127.0.0.1', '::1']});
		await context.vault.change(content => ({...content, keys: [{...content.keys[0]!, credential}]}));
		expect((await testKey(context, 'm', {proveTrade: true})).layers.at(-1)).toMatchObject({name: 'trade', ok: null});
	});
});

describe('what the tests of a key leave behind', () => {
	test('its last results, at most thirty, since when it ends so, and when it was last well', async () => {
		const {context, exchange, test} = await setUp();
		const good = await test();
		await context.vault.change(content => ({
			...content,
			keys: [{...content.keys[0]!, history: Array.from({length: 30}, (_, index) => [index, 0, 1] as const)}],
		}));
		await exchange.change(state => ({...state, keys: []}));
		const [first, second] = [await test(), await test()];
		const [key] = context.vault.read().keys;
		expect(key!.lastTest).toMatchObject({code: 21, goodAt: good.testedAt, since: first.testedAt});
		expect(key!.history).toHaveLength(30);
		expect(key!.history!.slice(-2)).toEqual([
			[first.testedAt, 21, null],
			[second.testedAt, 21, null],
		]);
	});
});

describe('what the exchange said stays known until it says otherwise', () => {
	test('an alarm does not end because the network does', async () => {
		const {context, exchange, test} = await setUp();
		await exchange.exchange.call(
			'pageEdit',
			{apiKey: exchange.main.apiKey, permissions: ['read', 'trade', 'withdraw'], ip: []},
			exchange.mainTarget,
		);
		await test();
		const down = {...context, exchange: createExchange({sandboxUrl: closedPort, clock: Date.now})};
		expect(await testKey(down, 'm')).toMatchObject({code: 30, live: null});
		const [key] = context.vault.read().keys;
		expect(findings(key!, Date.now()).map(({id}) => id)).toEqual(
			expect.arrayContaining(['permission-added', 'can-withdraw', 'no-ip-allowlist', 'test-failing']),
		);
		expect(daysLeft(key!, Date.now())).toBe(14);
		expect(acceptLive(context, 'm').changes.map(({field}) => field)).toEqual(['permissions', 'ip']);
	});
});

test('an account that is not verified is told of by a test, though the key works', async () => {
	const {exchange, test} = await setUp();
	await exchange.change(state => ({...state, kycLevel: '1'}));
	const result = await test();
	expect(result).toMatchObject({ok: true, code: 0});
	expect(result.cause).toMatch(/^The key works: read, trade\. But the account has KYC level 1: .*59113/);
});

describe('accepting what the exchange says', () => {
	test('declares all that drifted, asks nobody, and the next test finds all well', async () => {
		const {context, exchange, test} = await setUp();
		await test();
		await exchange.exchange.call(
			'pageEdit',
			{apiKey: exchange.main.apiKey, permissions: ['read', 'trade', 'withdraw'], ip: ['127.0.0.1'], label: 'other'},
			exchange.mainTarget,
		);
		expect(await test()).toMatchObject({code: 40, offer: {act: 'accept-live'}});
		const plan = acceptLive(context, 'm');
		expect(plan.changes.map(({field, from, to, where}) => [field, from, to, where])).toEqual([
			['permissions', 'read, trade', 'read, trade, withdraw', 'vault'],
			['ip', '127.0.0.1, ::1', '127.0.0.1', 'vault'],
			['label', 'main', 'other', 'vault'],
		]);
		await editKey(context, plan);
		expect(exchange.state().keys[0]).toMatchObject({permissions: ['read', 'trade', 'withdraw'], label: 'other'});
		expect(await test()).toMatchObject({ok: true, drift: []});
	});

	test('is refused while no test has seen what the exchange has', async () => {
		const {context} = await setUp();
		expect(() => acceptLive(context, 'm')).toThrow(/nothing to accept/);
	});
});

test('a key of the other environment differs in that, and can be stored as what it is', async () => {
	const {context, test} = await setUp({environment: 'demo'});
	expect(await test()).toMatchObject({
		code: 24,
		exchangeCode: '50101',
		drift: [{field: 'environment', declared: 'demo', live: 'live'}],
	});
	const plan = await planEdit(context, 'm', {environment: 'live'});
	expect(plan.changes).toEqual([{field: 'environment', from: 'demo', to: 'live', where: 'vault'}]);
	await editKey(context, plan);
	expect(context.vault.read().keys[0]).toMatchObject({environment: 'live', lastTest: null});
	expect(await test()).toMatchObject({ok: true});
});

test('under --readonly a test answers and stores nothing', async () => {
	const {context} = await setUp();
	expect(await testKey({...context, readonly: true}, 'm')).toMatchObject({ok: true});
	expect(context.vault.read().keys[0]!.lastTest).toBeNull();
});

test('regional-redirect-blamed-on-the-network: a key of global whose calls are sent to my.okx.com is offered the site eea, by one command and one key press', async () => {
	const {context} = await setUp({site: 'global'});
	const {url, heard} = await server((_, response) => response.writeHead(302, {location: 'https://my.okx.com/'}).end());
	const {exchange: local} = clientOf(url);
	// The client of the global site, but that this site lies on this machine.
	const exchange: Context['exchange'] = {
		...local,
		locate: async () => url,
		call: async (name, parameters, target, options) =>
			local.call(name, parameters, {...target, site: 'sandbox'}, options),
	};
	const real = {...context, exchange, sandbox: false};
	const result = await testKey(real, 'm');
	expect(result).toMatchObject({code: 24, offer: {act: 'use-site', site: 'eea'}});
	expect(verdict(result)).toMatch(/^ {2}okx-keys edit main --site eea$/m);
	expect((await planRemedy(real, 'm', {act: 'use-site', site: 'eea'})).changes).toMatchObject([{field: 'site'}]);
	expect(heard.filter(({headers}) => 'ok-access-key' in headers)).toEqual([]);
});
