import {describe, expect, test} from 'vitest';
import {editKey} from '../../source/actions/edit.ts';
import {acceptLive} from '../../source/actions/accept.ts';
import {testKey} from '../../source/actions/test.ts';
import {Secret} from '../../source/core/secret.ts';
import {daysLeft} from '../../source/core/health/idle.ts';
import {findings} from '../../source/core/health/findings.ts';
import {createExchange} from '../../source/exchange/client.ts';
import {closedPort} from '../exchange/helpers.ts';
import {setUp} from './tested-key.ts';

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

describe('accepting what the exchange says', () => {
	test('declares all that drifted, asks nothing, and the next test finds all well', async () => {
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

test('under --readonly a test answers and stores nothing', async () => {
	const {context} = await setUp();
	expect(await testKey({...context, readonly: true}, 'm')).toMatchObject({ok: true});
	expect(context.vault.read().keys[0]!.lastTest).toBeNull();
});
