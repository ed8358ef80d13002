import {existsSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it, vi} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {AppError} from '../../source/core/errors.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {storedKey} from '../helpers/keys.ts';
import {hash} from './program.ts';
import {adding, failureOf, ids, kdf, newVault, openable, opener, temporaryFolder} from './world.ts';

describe('making a vault', () => {
	it('leaves it open, with what it was given', async () => {
		const {vault} = await newVault({keys: [storedKey({id: 'first'})], sandbox: {nonce: 1}});
		expect(vault.isOpen()).toBe(true);
		expect(ids(vault)).toEqual(['first']);
		expect(vault.read().sandbox).toEqual({nonce: 1});
	});

	it('refuses a file that is there and does not touch it', async () => {
		const {path} = await newVault();
		const before = hash(path);
		expect(await failureOf(openable(path).create(opener.passphrase, {keys: []}))).toMatchObject({
			code: 'vault-exists',
			exit: 'usage',
		});
		expect(hash(path)).toBe(before);
	});

	it('by two programs at once happens once', async () => {
		const path = join(temporaryFolder(), 'vault.json');
		const results = await Promise.allSettled(
			[1, 2, 3].map(number => openable(path).create(opener.passphrase, {keys: [storedKey({id: `${number}`})]})),
		);
		expect(results.filter(({status}) => status === 'fulfilled')).toHaveLength(1);
		expect(
			results.filter(
				result => result.status === 'rejected' && (result.reason as {code: string}).code === 'vault-exists',
			),
		).toHaveLength(2);
	});

	it('gives a recovery key that opens it, and another vault’s does not', async () => {
		const [one, other] = [await newVault(), await newVault()];
		one.vault.lock();
		await one.vault.unlock({recoveryKey: one.recoveryKey});
		expect(one.vault.isOpen()).toBe(true);
		const failure = await failureOf(other.vault.unlock({recoveryKey: one.recoveryKey}));
		expect(failure).toMatchObject({code: 'wrong-recovery-key', message: expect.stringContaining('another vault')});
	});

	it('works under any file name', async () => {
		for (const name of ['sandbox.json', 'no-extension', '.hidden', 'two.dots.vault', 'ключ 1.json']) {
			const path = join(temporaryFolder(), name);
			const vault = openable(path);
			await vault.create(opener.passphrase, {keys: []});
			await vault.change(adding('a'));
			expect(readdirSync(dirname(path)).toSorted()).toEqual([`.${name}.lock`, 'backups', name].toSorted());
		}
	});

	it('refuses a cost that could not be opened again', async () => {
		await expect(
			openable(join(temporaryFolder(), 'v'), {kdf: {...kdf, m: 8}}).create(opener.passphrase, {keys: []}),
		).rejects.toThrow(TypeError);
	});
});

describe('unlocking', () => {
	it('with a wrong passphrase, fifty times, says so and leaves the file as it is', async () => {
		const {vault, path} = await newVault();
		vault.lock();
		const before = [hash(path), readdirSync(dirname(path))];
		for (let attempt = 0; attempt < 50; attempt++) {
			expect(await failureOf(vault.unlock({passphrase: new Secret(`wrong ${attempt}`)}))).toMatchObject({
				code: 'wrong-passphrase',
				exit: 'locked',
			});
		}

		expect([hash(path), readdirSync(dirname(path))]).toEqual(before);
		expect(vault.isOpen()).toBe(false);
	});

	it('writes nothing', async () => {
		const {path} = await newVault({keys: [storedKey()]});
		const seen = () =>
			JSON.stringify(
				readdirSync(dirname(path), {recursive: true}).map(name => [
					name,
					statSync(join(dirname(path), String(name))).mtimeMs,
				]),
			);
		const before = seen();
		const other = openable(path);
		await other.unlock(opener);
		await other.refresh();
		expect(other.read().keys).toHaveLength(1);
		expect(seen()).toBe(before);
	});

	it('says which of four things is wrong: missing, another file, newer, damaged', async () => {
		const {path} = await newVault();
		const text = readFileSync(path, 'utf8');
		const unlock = (content: string) => {
			writeFileSync(path, content);
			return failureOf(openable(path).unlock(opener));
		};

		expect(await unlock('')).toMatchObject({code: 'not-a-vault', message: expect.stringContaining('it is empty')});
		expect(await unlock('API_KEY=1\n')).toMatchObject({
			code: 'not-a-vault',
			message: expect.stringContaining('some other text'),
		});
		expect(await unlock('{"keys":[]}')).toMatchObject({
			code: 'not-a-vault',
			message: expect.stringContaining('JSON of another kind'),
		});
		expect(await unlock('[1]')).toMatchObject({code: 'not-a-vault'});
		expect(await unlock('{"format":"okx-keys-vault","version":2,"anything":true}')).toMatchObject({
			code: 'vault-newer',
			exit: 'newer',
			details: {version: 2},
		});
		expect(await unlock('{"format":"okx-keys-vault","version":"2"}')).toMatchObject({code: 'vault-damaged'});
		expect(await unlock(text.slice(0, 3000))).toMatchObject({code: 'vault-damaged', exit: 'damaged'});
		rmSync(path);
		expect(await failureOf(openable(path).unlock(opener))).toMatchObject({code: 'vault-missing', exit: 'missing'});
	});

	it('removes what killed saves have left for more than a minute, and nothing else', async () => {
		const {path} = await newVault();
		const [old, recent, other] = [
			`${path}.tmp-1234567890abcdef`,
			`${path}.tmp-1234567891abcdef`,
			join(dirname(path), 'other.json.tmp-1234567890abcdef'),
		];
		for (const leftover of [old, recent, other]) writeFileSync(leftover, 'x');
		const twoMinutesAgo = Date.now() / 1000 - 120;
		for (const leftover of [old, other]) utimesSync(leftover, twoMinutesAgo, twoMinutesAgo);
		await openable(path).unlock(opener);
		expect([old, recent, other].map(leftover => existsSync(leftover))).toEqual([false, true, true]);
	});
});

describe('listeners', () => {
	it('are called after each change, lock and unlock, until they end it', async () => {
		const {vault, path} = await newVault();
		const listener = vi.fn<() => void>();
		const end = vault.subscribe(listener);
		await vault.change(adding('a'));
		expect(listener).toHaveBeenCalledTimes(1);
		await vault.change(content => content);
		expect(listener).toHaveBeenCalledTimes(1);
		vault.lock();
		expect(listener).toHaveBeenCalledTimes(2);
		await vault.unlock(opener);
		expect(listener).toHaveBeenCalledTimes(3);
		const other = openable(path);
		await other.unlock(opener);
		await other.change(adding('b'));
		await vault.refresh();
		expect(listener).toHaveBeenCalledTimes(4);
		end();
		vault.lock();
		expect(listener).toHaveBeenCalledTimes(4);
	});
});

it('the content is the same object until something changes', async () => {
	const {vault, path} = await newVault({keys: [storedKey()]});
	const before = vault.read();
	const now = new Date();
	utimesSync(path, now, now);
	expect(await vault.refresh()).toBe(false);
	expect(vault.read()).toBe(before);
	const after = await vault.change(adding('a'));
	expect(vault.read()).toBe(after);
});

it('a new vault of which the disk is not sure still gives its recovery key', async () => {
	const path = join(temporaryFolder(), 'vault.json');
	const store = fileStoreAt({path, clock: Date.now, lockWaitMs: 1000});
	const unsure = {
		...store,
		async write(...given: Parameters<typeof store.write>): Promise<never> {
			await store.write(...given);
			throw new AppError('saved-not-durable', {path, reason: 'the disk reports an error', fix: ''});
		},
	};
	const {recoveryKey, doubt} = await openable(path, {store: unsure}).create(opener.passphrase, {keys: []});
	expect(doubt).toMatchObject({code: 'saved-not-durable'});
	await openable(path).unlock({recoveryKey});
});
