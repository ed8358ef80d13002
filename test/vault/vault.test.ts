import {randomBytes} from 'node:crypto';
import {cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it, vi} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {takeLock} from '../../source/vault/lock.ts';
import {storedKey} from '../helpers/keys.ts';
import {hash} from './program.ts';
import {adding, failureOf, kdf, newVault, openable, opener, temporaryFolder} from './world.ts';

function ids(vault: {read(): {readonly keys: readonly {readonly id: string}[]}}): string[] {
	return vault.read().keys.map(({id}) => id);
}

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
		expect(await failureOf(openable(path).create(opener.passphrase, {keys: []}))).toMatchObject({code: 'vault-exists', exit: 'usage'});
		expect(hash(path)).toBe(before);
	});

	it('by two programs at once happens once', async () => {
		const path = join(temporaryFolder(), 'vault.json');
		const results = await Promise.allSettled([1, 2, 3].map(number => openable(path).create(opener.passphrase, {keys: [storedKey({id: `${number}`})]})));
		expect(results.filter(({status}) => status === 'fulfilled')).toHaveLength(1);
		expect(results.filter(result => result.status === 'rejected' && (result.reason as {code: string}).code === 'vault-exists')).toHaveLength(2);
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
		await expect(openable(join(temporaryFolder(), 'v'), {kdf: {...kdf, m: 8}}).create(opener.passphrase, {keys: []})).rejects.toThrow(TypeError);
	});
});

describe('unlocking', () => {
	it('with a wrong passphrase, twenty times, says so and leaves the file as it is', async () => {
		const {vault, path} = await newVault();
		vault.lock();
		const before = [hash(path), readdirSync(dirname(path))];
		for (let attempt = 0; attempt < 20; attempt++) {
			expect(await failureOf(vault.unlock({passphrase: new Secret(`wrong ${attempt}`)}))).toMatchObject({code: 'wrong-passphrase', exit: 'locked'});
		}

		expect([hash(path), readdirSync(dirname(path))]).toEqual(before);
		expect(vault.isOpen()).toBe(false);
	});

	it('writes nothing', async () => {
		const {path} = await newVault({keys: [storedKey()]});
		const seen = () => JSON.stringify(readdirSync(dirname(path), {recursive: true}).map(name => [name, statSync(join(dirname(path), String(name))).mtimeMs]));
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
		expect(await unlock('API_KEY=1\n')).toMatchObject({code: 'not-a-vault', message: expect.stringContaining('some other text')});
		expect(await unlock('{"keys":[]}')).toMatchObject({code: 'not-a-vault', message: expect.stringContaining('JSON of another kind')});
		expect(await unlock('[1]')).toMatchObject({code: 'not-a-vault'});
		expect(await unlock('{"format":"okx-keys-vault","version":2,"anything":true}')).toMatchObject({code: 'vault-newer', exit: 'newer', details: {version: 2}});
		expect(await unlock('{"format":"okx-keys-vault","version":"2"}')).toMatchObject({code: 'vault-damaged'});
		expect(await unlock(text.slice(0, 3000))).toMatchObject({code: 'vault-damaged', exit: 'damaged'});
		rmSync(path);
		expect(await failureOf(openable(path).unlock(opener))).toMatchObject({code: 'vault-missing', exit: 'missing'});
	});

	it('removes what killed saves have left for more than a minute, and nothing else', async () => {
		const {path} = await newVault();
		const [old, recent, other] = [`${path}.tmp-1234567890abcdef`, `${path}.tmp-1234567891abcdef`, join(dirname(path), 'other.json.tmp-1234567890abcdef')];
		for (const leftover of [old, recent, other]) writeFileSync(leftover, 'x');
		const twoMinutesAgo = Date.now() / 1000 - 120;
		for (const leftover of [old, other]) utimesSync(leftover, twoMinutesAgo, twoMinutesAgo);
		await openable(path).unlock(opener);
		expect([old, recent, other].map(leftover => existsSync(leftover))).toEqual([false, true, true]);
	});
});

describe('locking', () => {
	it('wipes the key, forgets the content and may be done twice', async () => {
		const drawn: Uint8Array[] = [];
		const {vault} = await newVault({keys: []}, {random: bytes => {
			const next = randomBytes(bytes);
			if (bytes === 32) drawn.push(next);
			return next;
		}});
		// The vault's key, the recovery key and the salt: only the last is public.
		const [dek, recovery, salt] = drawn;
		expect(recovery!.every(byte => byte === 0)).toBe(true);
		expect(dek!.every(byte => byte === 0)).toBe(false);
		vault.lock();
		vault.lock();
		expect(dek!.every(byte => byte === 0)).toBe(true);
		expect(salt!.every(byte => byte === 0)).toBe(false);
		expect(vault.isOpen()).toBe(false);
		expect(await failureOf(() => vault.read())).toMatchObject({code: 'locked'});
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({code: 'locked'});
		expect(await failureOf(vault.refresh())).toMatchObject({code: 'locked'});
	});

	it('while a change waits for another program stops the change', async () => {
		const {vault, path} = await newVault();
		const release = await takeLock(join(dirname(path), '.vault.json.lock'), 0);
		const before = hash(path);
		const change = failureOf(vault.change(adding('a')));
		await new Promise(resolve => setTimeout(resolve, 50));
		vault.lock();
		release!();
		expect(await change).toMatchObject({code: 'locked'});
		expect(hash(path)).toBe(before);
	});

	it('during a save lets it finish with the right key', async () => {
		const {vault, path} = await newVault();
		await vault.change(content => {
			queueMicrotask(() => vault.lock());
			return adding('a')(content);
		});
		expect(vault.isOpen()).toBe(false);
		const other = openable(path);
		await other.unlock(opener);
		expect(ids(other)).toEqual(['a']);
	});

	it('while an unlock computes wins', async () => {
		const {vault} = await newVault();
		vault.lock();
		const unlock = failureOf(vault.unlock(opener));
		await new Promise(resolve => setTimeout(resolve, 10));
		vault.lock();
		expect(await unlock).toMatchObject({code: 'locked'});
		expect(vault.isOpen()).toBe(false);
	});
});

describe('changing', () => {
	it('gives the newest content to the change, though another program saved it', async () => {
		const {vault, path} = await newVault();
		const other = openable(path);
		await other.unlock(opener);
		await other.change(adding('theirs'));
		expect(ids(vault)).toEqual([]);
		await vault.change(adding('ours'));
		expect(ids(vault)).toEqual(['theirs', 'ours']);
		expect(await other.refresh()).toBe(true);
		expect(ids(other)).toEqual(['theirs', 'ours']);
		expect(await other.refresh()).toBe(false);
	});

	it('many at once in one program happen one after the other', async () => {
		const {vault, path} = await newVault();
		await Promise.all(Array.from({length: 20}, (_, index) => vault.change(adding(`${index}`))));
		expect(ids(vault)).toEqual(Array.from({length: 20}, (_, index) => `${index}`));
		const other = openable(path);
		await other.unlock(opener);
		expect(ids(other)).toEqual(ids(vault));
	});

	it('writes nothing when the change throws or returns what it got', async () => {
		const {vault, path} = await newVault({keys: [storedKey()]});
		const before = [hash(path), vault.read()];
		await expect(vault.change(() => {
			throw Object.assign(new Error('mine'), {code: 'ENOSPC'});
		})).rejects.toThrow('mine');
		await vault.change(content => content);
		expect([hash(path), vault.read()]).toEqual(before);
		expect(vault.read()).toBe(before[1]);
		expect(existsSync(join(dirname(path), 'backups'))).toBe(false);
	});

	it('refuses to save a content that could not be read again', async () => {
		const {vault, path} = await newVault();
		const before = hash(path);
		await failureOf(vault.change(content => ({...content, keys: [{...storedKey(), tags: undefined as never}]})));
		expect(hash(path)).toBe(before);
	});

	it('keeps the last ten earlier saves, each of which opens by itself', async () => {
		const {vault, path} = await newVault();
		for (let index = 0; index < 12; index++) await vault.change(adding(`${index}`));
		const backups = readdirSync(join(dirname(path), 'backups')).toSorted();
		expect(backups).toEqual(Array.from({length: 10}, (_, index) => `vault.${String(index + 3).padStart(6, '0')}.json`));
		const newest = openable(join(dirname(path), 'backups', backups.at(-1)!));
		await newest.unlock(opener);
		expect(ids(newest)).toHaveLength(11);
		const oldest = openable(join(dirname(path), 'backups', backups[0]!));
		await oldest.unlock(opener);
		expect(ids(oldest)).toHaveLength(2);
	});

	it('does not bring a vanished vault back as an empty one', async () => {
		const {vault, path} = await newVault({keys: [storedKey()]});
		rmSync(path);
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({code: 'vault-vanished', exit: 'missing'});
		expect(await failureOf(vault.refresh())).toMatchObject({code: 'vault-vanished'});
		rmSync(dirname(path), {recursive: true});
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({code: 'vault-vanished'});
		expect(existsSync(dirname(path))).toBe(false);
	});

	it('does not save over another vault that was put in its place', async () => {
		const [ours, theirs] = [await newVault(), await newVault()];
		cpSync(theirs.path, ours.path);
		expect(await failureOf(ours.vault.change(adding('a')))).toMatchObject({code: 'vault-replaced'});
		expect(await failureOf(ours.vault.refresh())).toMatchObject({code: 'vault-replaced'});
		expect(hash(ours.path)).toBe(hash(theirs.path));
	});

	it('does not save over a vault that was damaged meanwhile', async () => {
		const {vault, path} = await newVault();
		writeFileSync(path, readFileSync(path).subarray(0, -10));
		const before = hash(path);
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({code: 'vault-damaged'});
		expect(await failureOf(vault.refresh())).toMatchObject({code: 'vault-damaged'});
		expect(hash(path)).toBe(before);
	});

	it('waits for another program without blocking, and gives up with vault-busy', async () => {
		const {vault, path} = await newVault({keys: []}, {lockWaitMs: 150});
		const release = await takeLock(join(dirname(path), '.vault.json.lock'), 0);
		let ticks = 0;
		const ticking = setInterval(() => ticks++, 10);
		const start = performance.now();
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({code: 'vault-busy', exit: 'busy'});
		expect(performance.now() - start).toBeGreaterThan(140);
		clearInterval(ticking);
		expect(ticks).toBeGreaterThan(5);
		release!();
		await vault.change(adding('a'));
		expect(ids(vault)).toEqual(['a']);
	});

	it('goes on as before once the file can be used again', async () => {
		const {vault, path} = await newVault({keys: []}, {lockWaitMs: 0});
		const text = readFileSync(path);
		writeFileSync(path, 'not now');
		await failureOf(vault.change(adding('a')));
		writeFileSync(path, text);
		await vault.change(adding('a'));
		expect(ids(vault)).toEqual(['a']);
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
