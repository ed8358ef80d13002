import {describe, expect, test} from 'vitest';
import {addKey, type AddInput} from '../../source/actions/add.ts';
import {keyByName, liveKeys} from '../../source/actions/keys.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {removeKey, restoreKey, trashedKeyByName, trashedKeys} from '../../source/actions/trash.ts';
import {Secret} from '../../source/core/secret.ts';
import {AppError} from '../../source/core/errors.ts';
import {failureOf, fakeContext, wireError} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';

test('a removed key lies in the trash, out of the list, until it is restored', async () => {
	const {context, vault} = fakeContext({keys: [storedKey()]});
	await removeKey(context, 'a1');
	expect(liveKeys(vault.read())).toEqual([]);
	await restoreKey(context, trashedKeyByName(context, 'bot1').id);
	expect(liveKeys(vault.read())).toMatchObject([{name: 'bot1', trashedAt: null}]);
});

test('the trash is listed with what was removed last first', () => {
	const {vault} = fakeContext({
		keys: [storedKey({trashedAt: 1}), storedKey({id: 'b2'}), storedKey({id: 'c3', trashedAt: 2})],
	});
	expect(trashedKeys(vault.read()).map(({id}) => id)).toEqual(['c3', 'a1']);
});

describe('a key that is not found', () => {
	const content = {
		keys: ['grid', 'grid2', 'hedge'].map((name, index) =>
			storedKey({id: name, name, trashedAt: index === 2 ? 1 : null}),
		),
	};

	test.each([
		['grdi', 'Did you mean grid? okx-keys list shows all keys.'],
		['GRID', 'Did you mean grid? okx-keys list shows all keys.'],
		['grid3', 'Did you mean grid or grid2? okx-keys list shows all keys.'],
		['x', 'okx-keys list shows all keys.'],
		['hedge', 'It is in the trash; okx-keys restore-key hedge brings it back.'],
		['hegde', 'okx-keys list shows all keys.'],
	])('%s: %s', (name, hint) => {
		expect(() => keyByName(content, name)).toThrow(expect.objectContaining({code: 'no-such-key', hint}) as Error);
	});
});

test('a misspelt name of a key in the trash is told with the names there that are like it', () => {
	const {context} = fakeContext({keys: [storedKey({id: 'g', name: 'grid', trashedAt: 1}), storedKey({name: 'gird'})]});
	expect(() => trashedKeyByName(context, 'grdi')).toThrow(
		expect.objectContaining({hint: 'Did you mean grid? okx-keys list --trash shows what is in it.'}) as Error,
	);
});

test('a key cannot come back under a name that is in use again', async () => {
	const {context} = fakeContext({keys: [storedKey({trashedAt: 1}), storedKey({id: 'b2'})]});
	expect(await failureOf(restoreKey(context, 'a1'))).toBe('name-taken');
});

test('a key cannot come back while its API key is in use under another name', async () => {
	const {context} = fakeContext({keys: [storedKey({trashedAt: 1}), storedKey({id: 'b2', name: 'bot2'})]});
	expect(await failureOf(restoreKey(context, 'a1'))).toBe('key-already-stored');
});

test('a name that is not in the trash is told as such, with what shows the trash', async () => {
	const {context} = fakeContext({keys: [storedKey()]});
	expect(() => trashedKeyByName(context, 'bot1')).toThrow(
		expect.objectContaining({
			exit: 'noSuchKey',
			message: 'There is no key called bot1 in the trash.',
			hint: 'It is in use: okx-keys show bot1 shows it.',
		}) as Error,
	);
	expect(() => trashedKeyByName(context, 'bot2')).toThrow(
		expect.objectContaining({hint: 'okx-keys list --trash shows what is in it.'}) as Error,
	);
	expect(await failureOf(removeKey(context, 'none'))).toBe('key-gone');
});

test('a revoked key is deleted on the exchange and kept here as revoked', async () => {
	const {context, listed} = fakeContext({keys: [storedKey({site: 'sandbox'})], sandbox: {}});
	listed.push({
		label: 'bot1',
		apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6',
		permissions: ['read'],
		ip: [],
		createdAt: 0,
	});
	expect(await revokeKey(context, 'a1')).toMatchObject({outcome: 'revoked', key: {status: 'revoked'}});
	expect(listed).toEqual([]);
});

test('a key that is gone already counts as revoked', async () => {
	const {context} = fakeContext({keys: [storedKey({site: 'sandbox'})], sandbox: {}});
	expect(await revokeKey(context, 'a1')).toMatchObject({outcome: 'already-gone', key: {status: 'revoked'}});
});

test('a dead managing key does not make the key it manages look dead', async () => {
	const manager = storedKey({
		id: 'm',
		name: 'main',
		site: 'sandbox',
		permissions: ['read', 'trade'],
		ip: ['127.0.0.1'],
	});
	const managed = storedKey({
		id: 's',
		name: 'sub1',
		site: 'sandbox',
		account: {kind: 'sub', subAccount: 'quantdesk01'},
	});
	const {context, hooks, vault} = fakeContext({keys: [manager, managed], sandbox: {}});
	hooks.before = () => {
		throw wireError({kind: 'code', exchangeCode: '50119', httpStatus: 401});
	};
	await expect(revokeKey(context, 's')).rejects.toThrow(
		/^The managing key main was refused: The exchange does not know this key/,
	);
	expect(vault.read().keys[1]!.status).toBe('active');
});

test('a key that was deleted on the exchange while the vault could not be written says both', async () => {
	const {context, vault, listed} = fakeContext({keys: [storedKey({site: 'sandbox'})], sandbox: {}});
	listed.push({
		label: 'bot1',
		apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6',
		permissions: ['read'],
		ip: [],
		createdAt: 0,
	});
	vault.failNext(new AppError('not-saved', {path: '/fake', reason: 'ENOSPC'}));
	const error: unknown = await revokeKey(context, 'a1').catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({
		code: 'applied-not-stored',
		message: expect.stringMatching(/^bot1 was deleted on the exchange, but the vault could not note it/) as string,
	});
	expect(listed).toEqual([]);
});

test('a real key is not stored in the sandbox', async () => {
	const {context, vault} = fakeContext();
	expect(await failureOf(addKey(context, pasted, {test: false}))).toBe('invalid');
	expect(vault.writes).toBe(0);
});

test('a main-account key of OKX cannot be revoked by program: its page is named', async () => {
	const {context} = fakeContext({keys: [storedKey()]}, {sandbox: false});
	const error: unknown = await revokeKey(context, 'a1').catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({code: 'page-only'});
	expect((error as {hint: string}).hint).toContain('https://www.okx.com/account/my-api');
});

const pasted: AddInput = {
	name: 'page1',
	description: '',
	type: 'api',
	environment: 'live',
	site: 'global',
	tags: [],
	credential: {apiKey: 'k1', secretKey: new Secret('CANARY-secret'), passphrase: new Secret('CANARY-pass')},
};

test('a pasted key is stored untested when that is wanted, read-only until more is declared', async () => {
	const {context} = fakeContext({keys: []}, {sandbox: false});
	const {key, result} = await addKey(context, pasted, {test: false});
	expect(result).toBeNull();
	expect(key).toMatchObject({permissions: ['read'], label: null, account: {kind: 'main'}});
});

test.each([
	['nothing as API key', {apiKey: ''}],
	['a secret with a line break', {secretKey: new Secret('CANARY\nx')}],
	['a passphrase that no header can carry', {passphrase: new Secret('CANARY-Пароль')}],
	['the passphrase in place of the secret', {secretKey: new Secret('CANARY-pass')}],
])('%s is refused, and nothing of it is repeated', async (_, wrong) => {
	const {context, vault} = fakeContext();
	const error: unknown = await addKey(
		context,
		{...pasted, credential: {...pasted.credential, ...wrong}},
		{test: false},
	).catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({code: 'invalid'});
	expect(JSON.stringify(error) + String(error)).not.toContain('CANARY');
	expect(vault.writes).toBe(0);
});

test('the same API key is not stored twice', async () => {
	const {context} = fakeContext({keys: []}, {sandbox: false});
	await addKey(context, pasted, {test: false});
	expect(await failureOf(addKey(context, {...pasted, name: 'page2'}, {test: false}))).toBe('key-already-stored');
});
