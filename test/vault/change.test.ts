import {cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {takeLock} from '../../source/files/lock.ts';
import {storedKey} from '../helpers/keys.ts';
import {hash} from './program.ts';
import {adding, failureOf, ids, newVault, openable, opener} from './world.ts';

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

	it('goes on with its own copy of the key when the news of another program’s save locks the vault', async () => {
		const {vault, path} = await newVault();
		const other = openable(path);
		await other.unlock(opener);
		await other.change(adding('theirs'));
		vault.subscribe(() => vault.lock());
		await vault.change(adding('ours'));
		expect(vault.isOpen()).toBe(false);
		await other.refresh();
		expect(ids(other)).toEqual(['theirs', 'ours']);
		await openable(path).unlock(opener);
	});

	it('writes nothing when the change throws or returns what it got', async () => {
		const {vault, path} = await newVault({keys: [storedKey()]});
		const before = [hash(path), vault.read()];
		await expect(
			vault.change(() => {
				throw Object.assign(new Error('mine'), {code: 'ENOSPC'});
			}),
		).rejects.toThrow('mine');
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

	it('waits for another program for its time without blocking, and gives up with vault-busy', async () => {
		const {vault, path} = await newVault({keys: []}, {lockWaitMs: 150});
		const release = await takeLock(join(dirname(path), '.vault.json.lock'), 0);
		const start = performance.now();
		// A program that blocks has few turns, and one that waits has thousands.
		let turns = 0;
		const count = () => {
			turns++;
			counting = setImmediate(count);
		};
		let counting = setImmediate(count);
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({code: 'vault-busy', exit: 'busy'});
		clearImmediate(counting);
		expect(performance.now() - start).toBeGreaterThan(140);
		expect(turns).toBeGreaterThan(100);
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
