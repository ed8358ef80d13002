import {describe, expect, test} from 'vitest';
import {editKey} from '../../source/actions/edit.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {acceptLive} from '../../source/actions/accept.ts';
import {withChangedKey} from '../../source/actions/keys.ts';
import {bindingOf} from '../../source/core/health/binding.ts';
import {findings} from '../../source/core/health/findings.ts';
import {permissionsSaid} from '../../source/core/key/permission.ts';
import {AppError} from '../../source/core/errors.ts';
import {failureOf, fakeContext, wireError} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';

const apiKey = '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6';
const key = storedKey({site: 'sandbox', permissions: ['read'], ip: ['203.0.113.7']});

function world(wanted: Parameters<typeof fakeContext>[1] = {}) {
	const made = fakeContext({keys: [key, storedKey({id: 'b2', name: 'bot2'})], sandbox: {}}, wanted);
	made.listed.push({label: 'bot1', apiKey, permissions: ['read'], ip: ['203.0.113.7'], createdAt: 0});
	return made;
}

test('name and description change only in the vault, and the exchange is not asked', async () => {
	const {context, calls} = world();
	const plan = await planEdit(context, 'a1', {name: 'grid', description: 'two\nlines'});
	expect(plan.changes).toEqual([
		{field: 'name', from: 'bot1', to: 'grid', where: 'vault'},
		{field: 'description', from: '', to: 'two\nlines', where: 'vault'},
	]);
	expect(await editKey(context, plan)).toMatchObject({name: 'grid', description: 'two\nlines'});
	expect(calls).toEqual([]);
});

test('a permission is changed on the exchange first, then in the vault', async () => {
	const {context, listed} = world();
	const plan = await planEdit(context, 'a1', {permissions: ['trade']});
	expect(plan.changes).toEqual([{field: 'permissions', from: 'read', to: 'read, trade', where: 'exchange'}]);
	expect(await editKey(context, plan)).toMatchObject({permissions: ['read', 'trade'], ip: ['203.0.113.7']});
	expect(listed[0]).toMatchObject({permissions: ['read', 'trade'], ip: ['203.0.113.7']});
});

test('the difference starts from what the exchange has, not from what is declared', async () => {
	const {context, listed} = world();
	listed[0] = {...listed[0]!, permissions: ['read', 'trade', 'withdraw']};
	const {changes} = await planEdit(context, 'a1', {permissions: ['read', 'trade']});
	expect(changes).toMatchObject([{from: 'read, trade, withdraw', to: 'read, trade'}]);
});

test('a field that drifted beside the edited one stays as declared, so that its drift stays visible', async () => {
	const {context, listed} = world();
	listed[0] = {...listed[0]!, ip: []};
	expect(await editKey(context, await planEdit(context, 'a1', {permissions: ['trade']}))).toMatchObject({
		permissions: ['read', 'trade'],
		ip: ['203.0.113.7'],
	});
});

test('what the exchange has already is accepted as declared without asking it to change anything', async () => {
	const {context, listed, calls} = world();
	listed[0] = {...listed[0]!, permissions: ['read', 'trade']};
	const plan = await planEdit(context, 'a1', {permissions: ['trade']});
	expect(plan.changes).toEqual([{field: 'permissions', from: 'read', to: 'read, trade', where: 'vault'}]);
	expect(await editKey(context, plan)).toMatchObject({permissions: ['read', 'trade']});
	expect(calls).not.toContain('pageEdit');
});

test('a key that was changed on the exchange from here does not look like drift until the next test', async () => {
	const {context} = world();
	const live = {permissions: ['read'], ip: ['203.0.113.7'], label: 'bot1', uid: '1', mainUid: '1', kycLv: '2'} as const;
	await context.vault.change(content =>
		withChangedKey(content, 'a1', one => ({
			...one,
			lastTest: {at: 1, ok: true, code: 0, cause: '', latencyMs: 1, live},
		})),
	);
	const edited = await editKey(context, await planEdit(context, 'a1', {permissions: ['trade']}));
	expect(findings(edited, 0).map(({id}) => id)).not.toContain('drift');
});

test('a key that another program has removed is not edited', async () => {
	const {context, vault} = world();
	const plan = await planEdit(context, 'a1', {description: 'mine'});
	vault.behindOurBack(content => withChangedKey(content, 'a1', one => ({...one, trashedAt: 1})));
	expect(await failureOf(editKey(context, plan))).toBe('key-gone');
	expect(await failureOf(planEdit(context, 'a1', {description: 'mine'}))).toBe('key-gone');
});

test('a key that cannot be managed from here is only declared, and that is said', async () => {
	const {context, calls} = world({sandbox: false});
	const plan = await planEdit(context, 'a1', {ip: []});
	expect(plan.changes).toMatchObject([{field: 'ip', from: '203.0.113.7', to: 'any address', where: 'declared'}]);
	expect(await editKey(context, plan)).toMatchObject({ip: []});
	expect(calls).toEqual([]);
});

describe('an edit that the vault has no room for', () => {
	/** A world the vault of which holds no description longer than this. */
	function tight(most: number) {
		const made = world();
		const limit = {most};
		const checkRoom: typeof made.context.vault.checkRoom = ({keys}) => {
			if (keys.some(({description}) => description.length > limit.most))
				throw new AppError('vault-too-large', {path: '/fake/vault.json', mebibytes: 64});
		};
		return {...made, limit, context: {...made.context, vault: {...made.context.vault, checkRoom}}};
	}

	const patch = {description: 'too long', permissions: ['trade']} as const;

	test('is refused before the exchange is asked', async () => {
		const {context, calls} = tight(5);
		expect(await failureOf(planEdit(context, 'a1', patch))).toBe('vault-too-large');
		expect(calls).toEqual([]);
	});

	test('is refused before the exchange is changed, also where the room was taken meanwhile', async () => {
		const {context, calls, listed, limit} = tight(100);
		const plan = await planEdit(context, 'a1', patch);
		limit.most = 5;
		calls.length = 0;
		expect(await failureOf(editKey(context, plan))).toBe('vault-too-large');
		expect(calls).toEqual([]);
		expect(listed[0]).toMatchObject({permissions: ['read']});
	});
});

describe('an edit that meets another one', () => {
	test('on the exchange is refused, there and here', async () => {
		const {context, listed, vault} = world();
		const plan = await planEdit(context, 'a1', {ip: ['1.2.3.4']});
		listed[0] = {...listed[0]!, ip: ['203.0.113.7', '5.6.7.8']};
		expect(await failureOf(editKey(context, plan))).toBe('exchange-conflict');
		expect(listed[0].ip).toEqual(['203.0.113.7', '5.6.7.8']);
		expect(vault.writes).toBe(0);
	});

	test('of the same field by another program is refused before the exchange is asked', async () => {
		const {context, vault, calls} = world();
		const plan = await planEdit(context, 'a1', {name: 'mine', permissions: ['trade']});
		vault.behindOurBack(content => withChangedKey(content, 'a1', one => ({...one, name: 'theirs'})));
		calls.length = 0;
		expect(await failureOf(editKey(context, plan))).toBe('edit-conflict');
		expect(calls).toEqual([]);
		expect(vault.read().keys[0]!.name).toBe('theirs');
	});

	test('of another field by another program keeps both', async () => {
		const {context, vault} = world();
		const plan = await planEdit(context, 'a1', {description: 'mine'});
		vault.behindOurBack(content => withChangedKey(content, 'a1', one => ({...one, tags: ['theirs']})));
		expect(await editKey(context, plan)).toMatchObject({description: 'mine', tags: ['theirs']});
	});
});

test.each([
	['a name that is taken', {name: 'bot2'}, 'name-taken'],
	['a name of 51 characters', {name: 'x'.repeat(51)}, 'invalid'],
	['a bidi mark in the description', {description: 'a\u202Eb'}, 'invalid'],
	['21 addresses', {ip: Array.from({length: 21}, (_, index) => `10.0.0.${index}`)}, 'invalid'],
	['a tag of two words', {tags: ['two words']}, 'invalid'],
])('%s is refused', async (_, patch, code) => {
	expect(await failureOf(planEdit(world().context, 'a1', patch))).toBe(code);
});

test('a key that has gone from the exchange says so', async () => {
	const {context, listed} = world();
	listed.length = 0;
	expect(await failureOf(planEdit(context, 'a1', {permissions: ['trade']}))).toBe('gone-on-exchange');
});

test('an answer that was lost leaves the vault as it was and says that the outcome is unknown', async () => {
	const {context, hooks, vault} = world();
	const plan = await planEdit(context, 'a1', {permissions: ['trade']});
	hooks.after = name => {
		if (name === 'pageEdit') throw wireError({kind: 'reset'});
	};
	expect(await failureOf(editKey(context, plan))).toBe('edit-unknown');
	expect(vault.writes).toBe(0);
});

test('a change on the exchange that the vault could not note says both', async () => {
	const {context, listed, vault} = world();
	const plan = await planEdit(context, 'a1', {permissions: ['trade']});
	vault.failNext(new AppError('not-saved', {path: '/fake', reason: 'ENOSPC'}));
	expect(await failureOf(editKey(context, plan))).toBe('applied-not-stored');
	expect(listed[0]!.permissions).toEqual(['read', 'trade']);
});

test('a name that is the key’s on the exchange is accepted as its label too', async () => {
	const {context} = world();
	const live = {
		permissions: ['read'],
		ip: ['203.0.113.7'],
		label: 'other',
		uid: '1',
		mainUid: '1',
		kycLv: '2',
	} as const;
	await context.vault.change(content =>
		withChangedKey(content, 'a1', one => ({
			...one,
			label: 'bot1',
			lastTest: {at: 1, ok: false, code: 40, cause: '', latencyMs: 1, live},
		})),
	);
	const edited = await editKey(context, await planEdit(context, 'a1', {name: 'other'}));
	expect(edited).toMatchObject({name: 'other', label: 'other'});
	expect(findings(edited, 0).map(({id}) => id)).not.toContain('drift');
});

test('an edit that changes nothing writes nothing', async () => {
	const {context, vault} = world();
	const plan = await planEdit(context, 'a1', {name: 'bot1', ip: ['203.0.113.7/32']});
	expect(plan.changes).toEqual([]);
	await editKey(context, plan);
	expect(vault.writes).toBe(0);
});

describe('a permission that this program does not know', () => {
	const onchain = permissionsSaid(['read_only', 'onchain']);

	test('edit-drops-unknown-permission: is sent back with the others, shown in the difference, and not declared', async () => {
		const {context, listed} = world();
		listed[0] = {...listed[0]!, permissions: onchain};
		const plan = await planEdit(context, 'a1', {permissions: ['read', 'trade']});
		expect(plan.changes).toEqual([
			{field: 'permissions', from: 'read, onchain', to: 'read, trade, onchain', where: 'exchange'},
		]);
		expect(await editKey(context, plan)).toMatchObject({permissions: ['read', 'trade']});
		expect(listed[0]).toMatchObject({permissions: ['read', 'trade', 'onchain']});
	});

	test('stays as declared, where it was, by an edit of the others', async () => {
		const {context, vault, listed} = world();
		listed[0] = {...listed[0]!, permissions: onchain};
		vault.behindOurBack(content => withChangedKey(content, 'a1', one => ({...one, permissions: onchain})));
		await context.vault.refresh();
		expect(await editKey(context, await planEdit(context, 'a1', {permissions: ['read', 'trade']}))).toMatchObject({
			permissions: ['read', 'trade', 'onchain'],
		});
		expect((await planEdit(context, 'a1', {permissions: ['read', 'trade']})).changes).toEqual([]);
	});

	test('keeps the permissions from being written where it cannot be sent back as it came', async () => {
		const {context, listed, calls} = world();
		listed[0] = {...listed[0]!, permissions: permissionsSaid(['read_only', 'x'.repeat(100)])};
		await expect(planEdit(context, 'a1', {permissions: ['read', 'trade']})).rejects.toThrow('cannot be sent back');
		expect(calls).not.toContain('pageEdit');
	});

	test('is declared by accepting what the exchange says', async () => {
		const {context} = fakeContext(
			{
				keys: [
					storedKey({
						lastTest: {
							at: 0,
							ok: true,
							code: 0,
							cause: '',
							latencyMs: 1,
							live: {permissions: onchain, ip: [], label: '', uid: '1', mainUid: '1', kycLv: ''},
						},
					}),
				],
				sandbox: {},
			},
			{},
		);
		expect(await editKey(context, acceptLive(context, 'a1'))).toMatchObject({permissions: ['read', 'onchain']});
	});
});

test('what a key is for is told once, and counts as told even where it is what was usual', async () => {
	const {context} = fakeContext(
		{keys: [storedKey({isTypeTold: false, permissions: ['read', 'trade']})], sandbox: {}},
		{},
	);
	const plan = await planEdit(context, 'a1', {type: 'api'});
	expect(plan.changes).toEqual([{field: 'type', from: 'never told', to: 'own trading', where: 'vault'}]);
	const told = await editKey(context, plan);
	expect(bindingOf(told)).toBe('unbound');
	expect((await planEdit(context, 'a1', {type: 'api'})).changes).toEqual([]);
	expect(bindingOf(await editKey(context, await planEdit(context, 'a1', {type: 'app'})))).toBe('unknown');
});
