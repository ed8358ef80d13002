import {describe, expect, test} from 'vitest';
import {withChangedKey} from '../../source/actions/keys.ts';
import {changeStatuses, planStatuses, type StatusChange} from '../../source/actions/statuses.ts';
import {nextUndo, undoLast, undoneWords} from '../../source/actions/undo.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {failureOf, fakeContext, wireError} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {managed, manager} from './frozen.ts';

const freeze = {act: 'freeze', readOnly: false} as const;
const readOnly = {act: 'freeze', readOnly: true} as const;
const thaw = {act: 'thaw', keepReadOnly: false} as const;
const revoke = {act: 'revoke'} as const;

/** Two keys of a sub-account, and one of the main account that only the exchange's page can change. */
function desk(wanted: Partial<StoredKey> = {}) {
	const keys = ['one', 'two'].map(id =>
		storedKey({...managed, id, name: id, credential: credentialWith({apiKey: id}), ...wanted}),
	);
	const page = storedKey({id: 'page', name: 'page', site: 'eea', credential: credentialWith({apiKey: 'page'})});
	const fake = fakeContext({keys: [manager, ...keys, page]}, {sandbox: false});
	for (const {credential, permissions, ip} of keys)
		fake.listed.push({label: credential.apiKey, apiKey: credential.apiKey, permissions, ip, createdAt: 1});
	const run = async (change: StatusChange, ids = ['one', 'two', 'page']) =>
		changeStatuses(fake.context, planStatuses(fake.context, ids, change), change);
	const states = () =>
		Object.fromEntries(
			fake.vault
				.read()
				.keys.slice(1)
				.map(({name, status}) => [name, status]),
		);
	return {...fake, run, states};
}

describe('a plan for several keys', () => {
	test('says of each what would change, where, and why not', () => {
		const {context, calls} = desk();
		const plan = (change: StatusChange) =>
			planStatuses(context, ['one', 'page'], change).map(({key, changes, error}) => [
				key.name,
				changes.map(({field, from, to, where}) => `${field}: ${from} → ${to} (${where})`),
				error?.code,
			]);
		expect(plan(freeze)).toEqual([
			['one', ['status: active → frozen (vault)'], undefined],
			['page', ['status: active → frozen (vault)'], undefined],
		]);
		expect(plan(readOnly)).toEqual([
			['one', ['status: active → frozen (vault)', 'permissions: read, trade → read (exchange)'], undefined],
			['page', [], 'page-only'],
		]);
		expect(plan(thaw)).toEqual([
			['one', [], undefined],
			['page', [], undefined],
		]);
		expect(plan(revoke)).toEqual([
			['one', ['status: active → revoked (exchange)'], undefined],
			['page', [], 'page-only'],
		]);
		expect(calls).toEqual([]);
	});

	test('leaves a key out that another program has removed', () => {
		const {context, vault} = desk();
		vault.behindOurBack(content => withChangedKey(content, 'two', key => ({...key, trashedAt: 1})));
		expect(planStatuses(context, ['one', 'gone'], freeze).map(({key}) => key.name)).toEqual(['one']);
	});

	test('says that a revoked key needs no freezing, and that it is revoked already', () => {
		const {context} = desk({status: 'revoked'});
		expect(planStatuses(context, ['one'], freeze)[0]?.error?.message).toContain('needs no freezing');
		expect(planStatuses(context, ['one'], revoke)[0]).toMatchObject({changes: [], error: undefined});
	});
});

test('keys are frozen or thawed here in one save without the exchange, and one undo takes all back', async () => {
	const {context, vault, calls, run, states} = desk();
	expect((await run(freeze)).map(({name, error}) => [name, error])).toEqual([
		['one', undefined],
		['two', undefined],
		['page', undefined],
	]);
	expect(states()).toEqual({one: 'frozen', two: 'frozen', page: 'frozen'});
	expect(vault.writes).toBe(1);
	await run(thaw);
	expect(states()).toEqual({one: 'active', two: 'active', page: 'active'});
	expect(nextUndo(vault.read())).toBe('status of 3 keys');
	expect(undoneWords(await undoLast(context)).text).toBe('Undone: status of 3 keys.');
	expect(states()).toEqual({one: 'frozen', two: 'frozen', page: 'frozen'});
	expect(
		vault
			.read()
			.keys.slice(1)
			.every(({freeze}) => freeze !== undefined),
	).toBe(true);
	await undoLast(context);
	expect(states()).toEqual({one: 'active', two: 'active', page: 'active'});
	expect(vault.read().keys.some(({freeze}) => freeze !== undefined)).toBe(false);
	expect(calls).toEqual([]);
});

test('Read only is set and set back on the exchange, one key after another, and undo says that it stays', async () => {
	const {context, vault, listed, run, states} = desk();
	const results = await run(readOnly);
	expect(results.map(({name, error}) => [name, error?.code])).toEqual([
		['one', undefined],
		['two', undefined],
	]);
	expect(listed.map(({permissions}) => permissions)).toEqual([['read'], ['read']]);
	expect(nextUndo(vault.read())).toBe('a change that stays');
	expect(await failureOf(undoLast(context))).toBe('undo-live');
	expect(states()).toMatchObject({one: 'frozen', two: 'frozen'});
	await run(thaw);
	expect(listed.map(({permissions}) => permissions)).toEqual([
		['read', 'trade'],
		['read', 'trade'],
	]);
	expect(states()).toMatchObject({one: 'active', two: 'active'});
});

test('a key that was frozen with Read only since is not thawed by undo, nor as one of this vault only', async () => {
	const {context, vault, run, states} = desk();
	await run(freeze, ['one']);
	const planned = planStatuses(context, ['one'], thaw);
	await run(readOnly, ['one']);
	const [result] = await changeStatuses(context, planned, thaw);
	expect(result?.error?.code).toBe('edit-conflict');
	expect(await failureOf(undoLast(context))).toBe('undo-live');
	expect(await failureOf(undoLast(context))).toBe('undo-conflict');
	expect(states()).toMatchObject({one: 'frozen'});
	expect(vault.read().keys[1]).toMatchObject({freeze: {readOnly: {state: 'set'}}});
});

test('a revocation that was cut off after the exchange has acted goes on with the keys that are left', async () => {
	const {context, listed, calls, hooks, run, states} = desk();
	let deletions = 0;
	hooks.after = name => {
		if (name === 'deleteSubKey' && ++deletions === 2) throw wireError({kind: 'timeout'});
	};
	const first = await run(revoke);
	expect(first.map(({name, error}) => [name, error?.exit])).toEqual([
		['one', undefined],
		['two', 'network'],
	]);
	expect(states()).toMatchObject({one: 'revoked', two: 'active'});
	expect(listed).toEqual([]);
	const again = await run(revoke);
	expect(again.map(({name, error, outcome}) => [name, error, outcome])).toEqual([['two', undefined, 'already-gone']]);
	expect(states()).toEqual({one: 'revoked', two: 'revoked', page: 'active'});
	expect(calls.filter(name => name === 'deleteSubKey')).toHaveLength(3);
	expect(await failureOf(undoLast(context))).toBe('undo-live');
});

test('after an abort no further key is revoked, and the rest is told as aborted', async () => {
	const {context, hooks, states} = desk();
	const stop = new AbortController();
	hooks.after = () => {
		stop.abort();
	};
	const progress: number[] = [];
	const results = await changeStatuses(context, planStatuses(context, ['one', 'two'], revoke), revoke, {
		signal: stop.signal,
		onDone: done => progress.push(done),
	});
	expect(results.map(({error}) => error?.code)).toEqual([undefined, 'aborted']);
	expect(states()).toMatchObject({one: 'revoked', two: 'active'});
	expect(progress).toEqual([0, 1, 2]);
});

test('nothing of it begins under --readonly', async () => {
	const {context, calls} = desk();
	const planned = planStatuses(context, ['one'], revoke);
	expect(await failureOf(changeStatuses({...context, readonly: true}, planned, revoke))).toBe('readonly');
	expect(calls).toEqual([]);
});

test('a managing key is frozen after the keys that it manages', async () => {
	const {context, listed} = desk();
	const sandboxed = {...context, sandbox: true};
	await context.vault.change(content => ({
		...content,
		keys: content.keys.map(key => (key.id === 'page' ? key : {...key, site: 'sandbox'})),
	}));
	listed.push({label: 'main', apiKey: 'main', permissions: ['read', 'trade'], ip: ['127.0.0.1'], createdAt: 1});
	const results = await changeStatuses(sandboxed, planStatuses(sandboxed, ['m', 'one', 'two'], readOnly), readOnly);
	expect(results.map(({name, error}) => [name, error])).toEqual([
		['main', undefined],
		['one', undefined],
		['two', undefined],
	]);
});
