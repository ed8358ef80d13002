import {expect, test} from 'vitest';
import {editKey} from '../../source/actions/edit.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {withChangedKey} from '../../source/actions/keys.ts';
import {bindingOf} from '../../source/core/health/binding.ts';
import {findings} from '../../source/core/health/findings.ts';
import {AppError} from '../../source/core/errors.ts';
import {failureOf, fakeContext, wireError} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {world} from './edits.ts';

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
