import {expect, test} from 'vitest';
import {editKeys, planEdits} from '../../source/actions/edit-many.ts';
import type {EditPlan} from '../../source/actions/edit-plan.ts';
import type {KeyChange} from '../../source/actions/key-change.ts';
import {withChangedKey} from '../../source/actions/keys.ts';
import {removeKeys} from '../../source/actions/trash.ts';
import {undoLast} from '../../source/actions/undo.ts';
import {fakeContext, failureOf, wireError} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';

const ip = ['203.0.113.7'];

/** Two keys that the exchange lists and that can be changed there, and one of OKX’s page. */
function world() {
	const keys = [
		storedKey({site: 'sandbox', ip}),
		storedKey({id: 'b2', name: 'bot2', site: 'sandbox', ip, tags: ['eu'], credential: credentialWith({apiKey: 'two'})}),
		storedKey({id: 'p1', name: 'page', ip, credential: credentialWith({apiKey: 'three'})}),
	];
	const made = fakeContext({keys, sandbox: {}});
	for (const {name: label, credential} of keys.slice(0, 2))
		made.listed.push({label, apiKey: credential.apiKey, permissions: ['read'], ip, createdAt: 0});
	return made;
}

async function plansOf(context: Parameters<typeof planEdits>[0], ids: readonly string[], change: KeyChange) {
	const planned = await planEdits(context, ids, change);
	return planned.flatMap(({plan}): EditPlan[] => (plan ? [plan] : []));
}

test('tags are added and removed in one save, each key keeps its others, and one undo takes all back', async () => {
	const {context, vault, calls} = world();
	const before = vault.read().keys;
	const plans = await plansOf(context, ['a1', 'b2', 'p1'], {tags: {add: ['night', 'x'], remove: ['x']}});
	expect(await editKeys(context, plans)).toEqual(
		['bot1', 'bot2', 'page'].map((name, index) => ({id: before[index]!.id, name, error: undefined})),
	);
	expect(vault.read().keys.map(({tags}) => tags)).toEqual([['night'], ['eu', 'night'], ['night']]);
	expect(vault.writes).toBe(1);
	expect(calls).toEqual([]);
	await undoLast(context);
	expect(vault.read().keys.map(({tags}) => tags)).toEqual([[], ['eu'], []]);
});

test('an address is replaced on the exchange where that is possible, and declared elsewhere', async () => {
	const {context, vault, listed} = world();
	listed[1] = {...listed[1]!, ip: ['203.0.113.7', '192.0.2.1']};
	const change = {addresses: {replace: [{from: '203.0.113.7', to: '198.51.100.7'}]}};
	const plans = await plansOf(context, ['a1', 'b2', 'p1'], change);
	expect(plans.map(({changes}) => changes.map(({where, to}) => `${where} ${to}`))).toEqual([
		['exchange 198.51.100.7'],
		['exchange 192.0.2.1, 198.51.100.7'],
		['declared 198.51.100.7'],
	]);
	await editKeys(context, plans);
	expect(listed.map(one => one.ip)).toEqual([['198.51.100.7'], ['198.51.100.7', '192.0.2.1']]);
	expect(vault.read().keys.map(one => one.ip)).toEqual([
		['198.51.100.7'],
		['198.51.100.7', '192.0.2.1'],
		['198.51.100.7'],
	]);
	// Only what was declared is undone.
	await undoLast(context);
	expect(vault.read().keys.map(one => one.ip[0])).toEqual(['198.51.100.7', '198.51.100.7', '203.0.113.7']);
});

test('a key without the address that is replaced stays as it is, declared and live', async () => {
	const {context, listed} = world();
	listed[1] = {...listed[1]!, ip: ['192.0.2.1']};
	const change = {addresses: {replace: [{from: '203.0.113.7', to: '198.51.100.7'}]}};
	const planned = await planEdits(context, ['a1', 'b2'], change);
	expect(planned.map(({plan}) => plan?.changes.length)).toEqual([1, 0]);
	// Alone, an address that is not there is more likely mistyped.
	expect((await planEdits(context, ['b2'], change))[0]!.error?.message).toContain('is not an entry');
});

test('one key that fails is told with the reason, and the others are changed', async () => {
	const {context, vault, listed, hooks} = world();
	const plans = await plansOf(context, ['a1', 'b2', 'p1'], {addresses: {add: ['198.51.100.7']}});
	let writes = 0;
	hooks.before = name => {
		if (name === 'pageEdit' && ++writes === 1) throw wireError({kind: 'code', exchangeCode: '50011', httpStatus: 429});
	};
	const progress: number[] = [];
	const results = await editKeys(context, plans, {onDone: done => progress.push(done)});
	expect(results.map(({name, error}) => [name, error?.exit])).toEqual([
		['bot1', 'rateLimited'],
		['bot2', undefined],
		['page', undefined],
	]);
	expect(progress).toEqual([1, 2, 3]);
	expect(listed.map(one => one.ip.length)).toEqual([1, 2]);
	expect(vault.read().keys.map(one => one.ip.length)).toEqual([1, 2, 2]);
});

test('a key that another program has changed or removed meanwhile is left alone', async () => {
	const {context, vault} = world();
	const plans = await plansOf(context, ['a1', 'b2', 'p1'], {tags: {add: ['x']}});
	vault.behindOurBack(content => ({
		...withChangedKey(content, 'b2', key => ({...key, tags: ['theirs']})),
		keys: [content.keys[0]!, {...content.keys[1]!, tags: ['theirs']}],
	}));
	const results = await editKeys(context, plans);
	expect(results.map(({error}) => error?.code)).toEqual([undefined, 'edit-conflict', 'key-gone']);
	expect(vault.read().keys.map(({tags}) => tags)).toEqual([['x'], ['theirs']]);
});

test('after an abort, no further key is changed on the exchange, and what was changed stays', async () => {
	const {context, listed, hooks} = world();
	const plans = await plansOf(context, ['a1', 'b2'], {addresses: {add: ['198.51.100.7']}});
	const stop = new AbortController();
	hooks.after = name => {
		if (name === 'pageEdit') stop.abort();
	};
	const results = await editKeys(context, plans, {signal: stop.signal});
	expect(results.map(({error}) => error?.code)).toEqual([undefined, 'aborted']);
	expect(listed.map(one => one.ip.length)).toEqual([2, 1]);
});

test('an abort while plans are made changes nothing', async () => {
	const {context} = world();
	const stop = new AbortController();
	const planning = planEdits(
		context,
		['a1', 'b2'],
		{tags: {add: ['x']}},
		{signal: stop.signal, onDone: () => stop.abort()},
	);
	await expect(planning).rejects.toThrow('aborted');
});

test('a save that fails is the failure of each key of it', async () => {
	const {context, vault} = world();
	const plans = await plansOf(context, ['a1', 'b2'], {tags: {add: ['x']}});
	vault.failNext(new Error('a secret'));
	await expect(editKeys(context, plans)).rejects.toThrow('a secret');
	expect(await failureOf(editKeys({...context, readonly: true}, plans))).toBe('readonly');
	expect(vault.read().keys.map(({tags}) => tags)).toEqual([[], ['eu'], []]);
});

test('several keys go to the trash in one save, and one undo brings them back', async () => {
	const {context, vault} = world();
	const removed = await removeKeys(context, ['a1', 'p1', 'none']);
	expect(removed.map(({name}) => name)).toEqual(['bot1', 'page']);
	expect(vault.read().keys.map(({trashedAt}) => trashedAt !== null)).toEqual([true, false, true]);
	expect(vault.writes).toBe(1);
	await undoLast(context);
	expect(vault.read().keys.every(({trashedAt}) => trashedAt === null)).toBe(true);
});

test('a thousand keys are planned and tagged within a second of work', async () => {
	const keys = Array.from({length: 1000}, (_, index) => storedKey({id: `${index}`, name: `bot${index}`}));
	const {context, vault} = fakeContext({keys});
	const before = process.cpuUsage();
	await editKeys(
		context,
		await plansOf(
			context,
			keys.map(({id}) => id),
			{tags: {add: ['x']}},
		),
	);
	const {user, system} = process.cpuUsage(before);
	expect(vault.read().keys.every(({tags}) => tags[0] === 'x')).toBe(true);
	expect((user + system) / 1000).toBeLessThan(1000);
});
