import {describe, expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {createKey, createTargets} from '../../source/actions/create.ts';
import {editKey} from '../../source/actions/edit.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {planRemedy} from '../../source/actions/remedy.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {testKey} from '../../source/actions/test.ts';
import {verdict} from '../../source/cli/test-report.ts';
import {Secret} from '../../source/core/secret.ts';
import {clientOf, server} from '../exchange/helpers.ts';
import {setUp} from './tested-key.ts';

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

test('a clock 60 s off does not prevent the revocation of a key', async () => {
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

test('regional-redirect-blamed-on-the-network: a global key sent to my.okx.com is offered eea', async () => {
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
