import {describe, expect, test} from 'vitest';
import {createKey, createTargets, type CreateInput} from '../../source/actions/create.ts';
import {shownKeys} from '../../source/actions/keys.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {AppError} from '../../source/core/errors.ts';
import {bindingOf} from '../../source/core/health/binding.ts';
import {Secret} from '../../source/core/secret.ts';
import {failureOf, fakeContext, wireError} from '../helpers/fakes.ts';
import type {VaultContent} from '../../source/vault/vault.ts';
import {creation, storedKey} from '../helpers/keys.ts';

const input: CreateInput = {
	name: 'bot1',
	description: 'grid',
	type: 'api',
	permissions: ['trade'],
	ip: ['203.0.113.7'],
	passphrase: new Secret('Correct-Horse9!'),
	environment: 'live',
	target: {kind: 'main'},
};
const manager = storedKey({id: 'm', name: 'main', site: 'sandbox', permissions: ['read', 'trade'], ip: ['127.0.0.1']});

test('a created key is stored whole: credential, permissions with read, addresses, label', async () => {
	const {context, vault} = fakeContext();
	const key = await createKey(context, input);
	expect(key).toMatchObject({
		name: 'bot1',
		label: 'bot1',
		status: 'active',
		permissions: ['read', 'trade'],
		ip: ['203.0.113.7'],
		account: {kind: 'main'},
		site: 'sandbox',
	});
	expect(key.credential.secretKey.reveal()).toBe('CANARY0SECRET');
	expect(key.credential.passphrase.reveal()).toBe('Correct-Horse9!');
	expect(vault.read()).toEqual({keys: [key], sandbox: {}});
});

test('the vault notes that a key is being made before the exchange is asked to make it', async () => {
	const {context, vault, hooks} = fakeContext();
	let noted: VaultContent | undefined;
	hooks.before = name => {
		if (name === 'pageCreate') noted = vault.read();
	};
	const {id, createdAt} = await createKey(context, input);
	expect(noted).toMatchObject({
		keys: [],
		operations: [{kind: 'create', id, startedAt: createdAt, key: {name: 'bot1'}}],
	});
	expect(JSON.stringify(noted)).not.toContain('credential');
});

test('a key of a sub-account is made by its managing key and remembers the main account', async () => {
	const {context, calls} = fakeContext({keys: [manager], sandbox: {}});
	const key = await createKey(context, {...input, target: {kind: 'sub', subAccount: 'quantdesk01', using: 'm'}});
	expect(key.account).toEqual({kind: 'sub', subAccount: 'quantdesk01', mainUid: '1'});
	expect(calls).toContain('createSubKey');
});

test.each([
	['a name of 11 characters', {name: 'elevenchars'}],
	['a name with a control character', {name: 'bot\u0007'}],
	['an open network', {ip: ['0.0.0.0/0']}],
	['a weak passphrase', {passphrase: new Secret('weak')}],
	[
		'withdraw for a sub-account',
		{permissions: ['withdraw'] as const, target: {kind: 'sub', subAccount: 'quantdesk01', using: 'm'} as const},
	],
	['a sub-account that cannot exist', {target: {kind: 'sub', subAccount: 'a b', using: 'm'} as const}],
])('%s is refused before anything is asked or written', async (_, wrong) => {
	const {context, vault, calls} = fakeContext({keys: [manager], sandbox: {}});
	expect(await failureOf(createKey(context, {...input, ...wrong}))).toBe('invalid');
	expect(calls).toEqual([]);
	expect(vault.writes).toBe(0);
});

test('a name that another key has is refused, one in the trash is free again', async () => {
	const {context, calls} = fakeContext({keys: [storedKey({name: 'bot1'})], sandbox: {}});
	expect(await failureOf(createKey(context, input))).toBe('name-taken');
	expect(calls).not.toContain('pageCreate');
	const other = fakeContext({keys: [storedKey({name: 'bot1', trashedAt: 1})], sandbox: {}});
	expect(await failureOf(createKey(other.context, input))).toBe('none');
});

test('a main-account key outside the sandbox is refused: there is no API for it', async () => {
	const {context, calls} = fakeContext({keys: []}, {sandbox: false});
	expect(await failureOf(createKey(context, input))).toBe('sandbox-only');
	expect(calls).toEqual([]);
});

describe('when the exchange says no', () => {
	test('nothing stays behind, and its own cause is told', async () => {
		const {context, vault, hooks} = fakeContext();
		hooks.before = name => {
			if (name === 'pageCreate') throw wireError({kind: 'code', exchangeCode: '59501', httpStatus: 200});
		};
		await expect(createKey(context, input)).rejects.toThrow(/50 API keys/);
		expect(vault.read()).toEqual({keys: [], sandbox: {}});
	});
});

describe('when the answer is lost', () => {
	const lose = (kind: 'timeout' | 'reset' | 'garbage') => (name: string) => {
		if (name === 'pageCreate') throw wireError({kind});
	};

	test.each(['timeout', 'reset', 'garbage'] as const)(
		'(%s) the key whose secret was lost is deleted again',
		async kind => {
			const {context, vault, listed, hooks} = fakeContext();
			hooks.after = lose(kind);
			expect(await failureOf(createKey(context, input))).toBe('creation-undone');
			expect(listed).toEqual([]);
			expect(shownKeys(vault.read())).toEqual([]);
		},
	);

	test('and the key is not there yet, the note stays, for it may still come', async () => {
		const {context, vault, listed, hooks} = fakeContext();
		hooks.before = lose('reset');
		expect(await failureOf(createKey(context, input))).toBe('creation-unknown');
		expect(shownKeys(vault.read())).toMatchObject([{name: 'bot1', status: 'creating'}]);
		listed.push({label: 'bot1', apiKey: 'late', permissions: ['read'], ip: [], createdAt: context.clock() + 1500});
		await revokeKey(context, shownKeys(vault.read())[0]!.id);
		expect(listed).toEqual([]);
	});

	test('a key of the same name that was made later is never taken for it', async () => {
		const {context, listed} = fakeContext();
		await context.vault.change(content => ({...content, operations: [creation({}, {startedAt: context.clock()})]}));
		listed.push({
			label: 'bot1',
			apiKey: 'theirs',
			permissions: ['read'],
			ip: [],
			createdAt: context.clock() + 86_400_000,
		});
		await revokeKey(context, 'p');
		expect(listed).toHaveLength(1);
	});

	test('and the exchange cannot be asked either, the note stays, and revoking clears it up later', async () => {
		const {context, vault, listed, hooks} = fakeContext();
		let isDown = false;
		hooks.before = () => {
			if (isDown) throw wireError({kind: 'timeout'});
		};
		hooks.after = name => {
			if (name !== 'pageCreate') return;
			isDown = true;
			throw wireError({kind: 'timeout'});
		};
		expect(await failureOf(createKey(context, input))).toBe('creation-unknown');
		expect(shownKeys(vault.read())).toMatchObject([{name: 'bot1', status: 'creating'}]);
		isDown = false;
		expect(await revokeKey(context, shownKeys(vault.read())[0]!.id)).toMatchObject({outcome: 'cleared'});
		expect(listed).toEqual([]);
		expect(shownKeys(vault.read())).toEqual([]);
	});

	test('a key of the same name that was there long before is never taken for it', async () => {
		const {context, listed, vault} = fakeContext();
		listed.push({label: 'bot1', apiKey: 'old', permissions: ['read'], ip: [], createdAt: context.clock() - 86_400_000});
		expect(await failureOf(createKey(context, input))).toBe('name-taken-on-exchange');
		expect(listed).toHaveLength(1);
		// As after a crash: the note is there, and meanwhile the page has an older key of that name.
		await context.vault.change(content => ({...content, operations: [creation({}, {startedAt: context.clock()})]}));
		await revokeKey(context, 'p');
		expect(listed).toHaveLength(1);
		expect(shownKeys(vault.read())).toEqual([]);
	});
});

describe('when the vault cannot store it', () => {
	test('the key is deleted on the exchange again, and that is said', async () => {
		const {context, vault, listed, hooks} = fakeContext();
		hooks.after = name => {
			if (name === 'pageCreate') vault.failNext(new AppError('not-saved', {path: '/fake', reason: 'ENOSPC'}));
		};
		const error: unknown = await createKey(context, input).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({code: 'created-not-stored', details: {undone: true}});
		expect(String(error)).not.toContain('CANARY');
		expect(listed).toEqual([]);
		expect(shownKeys(vault.read())).toEqual([]);
	});
});

test('under --readonly nothing is asked and nothing is made', async () => {
	const {context, calls} = fakeContext(undefined, {readonly: true});
	expect(await failureOf(createKey(context, input))).toBe('readonly');
	expect(calls).toEqual([]);
});

test('keys can be made for the main account of the sandbox and for enabled sub-accounts', async () => {
	const {context} = fakeContext({keys: [manager], sandbox: {}});
	expect(await createTargets(context)).toEqual({
		targets: [{kind: 'main'}, {kind: 'sub', subAccount: 'quantdesk01', using: 'm'}],
		problems: [],
	});
});

test('a sub-account that two keys manage is offered once', async () => {
	const {context} = fakeContext({keys: [manager, {...manager, id: 'm2', name: 'spare'}]}, {sandbox: false});
	expect((await createTargets(context)).targets).toEqual([{kind: 'sub', subAccount: 'quantdesk01', using: 'm'}]);
});

test('a managing key that fails gives its problem instead of its sub-accounts', async () => {
	const {context, hooks} = fakeContext({keys: [manager], sandbox: {}});
	hooks.before = () => {
		throw wireError({kind: 'refused'});
	};
	expect(await createTargets(context)).toEqual({
		targets: [{kind: 'main'}],
		problems: ['main: fake refused the connection.'],
	});
});

test('a key that is made by a call for a third-party app is not taken for one that is linked to the app', async () => {
	const {context} = fakeContext({keys: [{...manager, site: 'global'}]}, {sandbox: false});
	const key = await createKey(context, {
		...input,
		type: 'app',
		ip: [],
		target: {kind: 'sub', subAccount: 'quantdesk01', using: 'm'},
	});
	expect([key.site, bindingOf(key)]).toEqual(['global', 'unbound']);
});
