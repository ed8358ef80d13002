import {describe, expect, test} from 'vitest';
import {createKey, createTargets} from '../../source/actions/create.ts';
import {editKey} from '../../source/actions/edit.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {testKey} from '../../source/actions/test.ts';
import {Secret} from '../../source/core/secret.ts';
import {setUp} from './tested-key.ts';

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

test('an account that is not verified is told of by a test, though the key works', async () => {
	const {exchange, test} = await setUp();
	await exchange.change(state => ({...state, kycLevel: '1'}));
	const result = await test();
	expect(result).toMatchObject({ok: true, code: 0});
	expect(result.cause).toMatch(/^The key works: read, trade\. But the account has KYC level 1: .*59113/);
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
