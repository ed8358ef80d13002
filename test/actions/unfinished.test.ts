import {describe, expect, test} from 'vitest';
import {addKey} from '../../source/actions/add.ts';
import {createKey, type CreateInput} from '../../source/actions/create.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {keysToExport} from '../../source/actions/export.ts';
import {importKeys} from '../../source/actions/import.ts';
import {keyByName, liveKeys, shownByName, shownKeys} from '../../source/actions/keys.ts';
import {withoutOperation} from '../../source/actions/operations.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {testKey} from '../../source/actions/test.ts';
import {removeKey, restoreKey, trashedKeyByName, trashedKeys} from '../../source/actions/trash.ts';
import {Secret} from '../../source/core/secret.ts';
import {json} from '../../source/formats/json.ts';
import {sourceOf} from '../../source/formats/source.ts';
import {failureOf, fakeContext, wireError} from '../helpers/fakes.ts';
import {creation, storedKey} from '../helpers/keys.ts';

const input: CreateInput = {
	name: 'bot1',
	description: '',
	type: 'api',
	permissions: ['trade'],
	ip: ['203.0.113.7'],
	passphrase: new Secret('Correct-Horse9!'),
	environment: 'live',
	target: {kind: 'main'},
};
const now = 1_800_000_000_000;
const cutOff = () => fakeContext({keys: [], sandbox: {}, operations: [creation({}, {startedAt: now})]});

/** What the next program finds when this one is killed just before its call, or between the call and its last save. */
async function killed(hook: 'before' | 'after') {
	const {context, vault, listed, hooks} = fakeContext();
	let found = vault.read();
	let made: typeof listed = [];
	hooks[hook] = name => {
		if (name !== 'pageCreate') return;
		found = vault.read();
		made = [...listed];
	};
	await createKey(context, input);
	const next = fakeContext(found);
	next.listed.push(...made);
	return next;
}

describe('a program that was killed while it made a key', () => {
	test.each([
		['just before the call', 'before', 0],
		['between the call and the save', 'after', 1],
	] as const)('(%s) leaves a note, and revoking clears up what the exchange may have', async (_, hook, made) => {
		const {context, vault, listed} = await killed(hook);
		expect(listed).toHaveLength(made);
		const shown = shownKeys(vault.read());
		expect(shown).toMatchObject([{name: 'bot1', status: 'creating'}]);
		expect(await revokeKey(context, shown[0]!.id)).toMatchObject({outcome: 'cleared', key: {name: 'bot1'}});
		expect(listed).toEqual([]);
		expect(vault.read()).toEqual({keys: [], sandbox: {}});
		expect(await failureOf(createKey(context, input))).toBe('none');
	});
});

describe('the name of a key whose creation was interrupted', () => {
	test('is taken until it is cleared away, also where it only looks the same', async () => {
		const {context, calls} = cutOff();
		expect(await failureOf(createKey(context, input))).toBe('name-taken');
		expect(calls).not.toContain('pageCreate');
		const another = {...input, name: '\uFF42ot1', tags: [], site: 'sandbox', credential: storedKey().credential};
		expect(await failureOf(addKey(context, another, {test: false}))).toBe('name-taken');
		const {vault} = fakeContext({keys: [storedKey({name: 'other'})], operations: [creation()]});
		expect(await failureOf(planEdit({...context, vault}, 'a1', {name: 'bot1'}))).toBe('name-taken');
	});

	test('is taken for an import too, which takes the next one', async () => {
		const {context} = cutOff();
		const {apiKey, secretKey, passphrase} = storedKey().credential;
		const text = JSON.stringify([
			{name: 'bot1', site: 'sandbox', apiKey, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()},
		]);
		const outcomes = await importKeys(context, json.parse(sourceOf(text, 'keys.json')), {test: false});
		expect(outcomes).toMatchObject([{what: 'stored', name: 'bot1', storedAs: 'bot1-2'}]);
	});

	test('is found by no action that needs the key itself', async () => {
		const {context, vault} = cutOff();
		expect(() => keyByName(vault.read(), 'bot1')).toThrow('bot1 was never finished');
		expect(() => keysToExport(context, ['bot1'])).toThrow('bot1 was never finished');
		expect(keysToExport(context, 'all')).toEqual([]);
		expect(await failureOf(testKey(context, 'p'))).toBe('creation-unfinished');
		expect(await failureOf(planEdit(context, 'p', {description: 'x'}))).toBe('creation-unfinished');
		expect(liveKeys(vault.read())).toEqual([]);
	});

	test('is found by what only shows it', () => {
		const {vault} = cutOff();
		expect(shownByName(vault.read(), 'bot1')).toMatchObject({id: 'p', status: 'creating', createdAt: now});
	});

	test('means the key where another program has made one of the same name', () => {
		const {vault} = fakeContext({keys: [storedKey()], operations: [creation()]});
		expect(keyByName(vault.read(), 'bot1')).toMatchObject({id: 'a1'});
	});
});

test('an unfinished key can be put into the trash and brought back, and only its note changes', async () => {
	const {context, vault, calls} = cutOff();
	expect(await removeKey(context, 'p')).toMatchObject({name: 'bot1', status: 'creating', trashedAt: now});
	expect(shownKeys(vault.read())).toEqual([]);
	expect(trashedKeys(vault.read())).toMatchObject([{name: 'bot1'}]);
	expect(await failureOf(revokeKey(context, 'p'))).toBe('key-gone');
	await restoreKey(context, trashedKeyByName(context, 'bot1').id);
	expect(vault.read()).toMatchObject({keys: [], sandbox: {}, operations: [creation({}, {startedAt: now})]});
	expect(calls).toEqual([]);
});

test('an unfinished key of a sub-account is cleared away by a key that manages it, and by no other', async () => {
	const note = creation({site: 'global', account: {kind: 'sub', subAccount: 'quantdesk01', mainUid: '1'}});
	const manager = storedKey({id: 'm', name: 'main', permissions: ['read', 'trade'], ip: ['127.0.0.1']});
	const alone = fakeContext({keys: [], operations: [note]}, {sandbox: false});
	expect(await failureOf(revokeKey(alone.context, 'p'))).toBe('no-managing-key');
	expect(shownKeys(alone.vault.read())).toHaveLength(1);
	const {context, vault} = fakeContext({keys: [manager], operations: [note]}, {sandbox: false});
	await revokeKey(context, 'p');
	expect(vault.read()).toEqual({keys: [manager]});
});

test('a note that another program has cleared meanwhile is not brought back: the key is deleted again', async () => {
	const {context, vault, listed, hooks} = fakeContext();
	hooks.after = name => {
		if (name === 'pageCreate') vault.behindOurBack(content => withoutOperation(content, content.operations![0]!.id));
	};
	expect(await failureOf(createKey(context, input))).toBe('created-not-stored');
	expect(listed).toEqual([]);
	expect(vault.read()).toEqual({keys: [], sandbox: {}});
});

test('notes of work that this program does not know stay as they are while a key is made', async () => {
	const unknown = {kind: 'rotate', id: 'r', step: 2} as never;
	const {context, vault, hooks} = fakeContext({keys: [], sandbox: {}, operations: [unknown]});
	const key = await createKey(context, input);
	expect(vault.read()).toEqual({keys: [key], sandbox: {}, operations: [unknown]});
	hooks.after = () => {
		throw wireError({kind: 'reset'});
	};
	await createKey(context, {...input, name: 'bot2'}).catch(() => undefined);
	expect(vault.read().operations).toContainEqual(unknown);
	expect(shownKeys(vault.read())).toEqual([key]);
});
