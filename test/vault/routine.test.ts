import fs from 'node:fs';
import {dirname} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Vault, VaultContent} from '../../source/vault/vault.ts';
import {storedKey} from '../helpers/keys.ts';
import {sharedMemory} from '../helpers/memory-store.ts';
import {idsIn, start} from './program.ts';
import {adding, ids, newVault, openable, opener, temporaryFolder} from './world.ts';

const routine = {routine: true};

/** A change that notes something with every key, as a test does. */
function noting(at: number) {
	return (content: VaultContent): VaultContent => ({
		...content,
		keys: content.keys.map(key => ({...key, lastUsedAt: at})),
	});
}

/** What is in each earlier save that is kept, the oldest first. */
async function earlierContents(vault: Vault, mark = /$/): Promise<VaultContent[]> {
	const kept: VaultContent[] = [];
	for (const {label} of (await vault.earlier()).filter(({id}) => mark.test(id)).toReversed()) {
		const copy = await vault.openBackup(opener, label);
		kept.push(copy.content);
		copy.dispose();
	}

	return kept;
}

/** The keys in each earlier save of a person. */
async function earlierIds(vault: Vault): Promise<string[][]> {
	const contents = await earlierContents(vault, /(?<!\.tests)\.json$/);
	return contents.map(({keys}) => keys.map(({id}) => id));
}

describe('a save that only notes what tests have learnt', () => {
	it('cron-pushes-out-good-save: is not kept once another replaces it, so that changes stay', async () => {
		const {vault, path} = await newVault();
		await vault.change(adding('a'));
		await vault.change(adding('b'));
		for (let test = 1; test <= 25; test++) await vault.change(noting(test), routine);
		expect(await earlierIds(vault)).toEqual([[], ['a'], ['a', 'b']]);
		await vault.change(adding('c'));
		for (let test = 1; test <= 25; test++) await vault.change(noting(test), routine);
		expect(await earlierIds(vault)).toEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']]);
		const other = openable(path);
		await other.unlock(opener);
		expect(other.read().keys.map(({id, lastUsedAt}) => [id, lastUsedAt])).toEqual([
			['a', 25],
			['b', 25],
			['c', 25],
		]);
	});

	it('of such saves keeps the newest earlier one alone, so that damage to the present one costs little', async () => {
		const {vault, path} = await newVault({keys: [storedKey({id: 'a'})]});
		for (let test = 1; test <= 5; test++) await vault.change(noting(test), routine);
		const contents = await earlierContents(vault);
		expect(contents.map(({keys}) => keys[0]!.lastUsedAt)).toEqual([null, 4]);
		await vault.change(adding('b'));
		expect((await vault.earlier()).map(({label}) => label.slice(path.length - 'vault.json'.length))).toEqual([
			'backups/vault.000006.tests.json',
			'backups/vault.000001.json',
		]);
		expect((await earlierContents(vault)).map(({keys}) => keys[0]!.lastUsedAt)).toEqual([null, 5]);
		await vault.change(adding('c'));
		expect(await earlierIds(vault)).toEqual([['a'], ['a', 'b']]);
	});

	it('keeps the ten newest saves of people, each followed by a test', async () => {
		const {vault} = await newVault();
		for (let change = 1; change <= 12; change++) {
			await vault.change(adding(`${change}`));
			await vault.change(noting(change), routine);
			await vault.change(noting(change + 0.5), routine);
		}

		expect((await earlierIds(vault)).slice(-10).map(list => list.length)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
	});

	it('of another program counts as one too, and what that one has changed is merged under the lock', async () => {
		const {vault, path} = await newVault({keys: [storedKey({id: 'a'})]});
		const other = openable(path);
		await other.unlock(opener);
		await other.change(noting(1), routine);
		await vault.change(adding('b'));
		await other.change(noting(2), routine);
		await vault.change(noting(3), routine);
		expect(await earlierIds(vault)).toEqual([['a'], ['a', 'b']]);
		await other.refresh();
		expect(ids(other)).toEqual(['a', 'b']);
	});

	it('foreign-program-keeps-the-mark: a save that writes the mark again counts as a person’s change', async () => {
		const {vault} = await newVault({keys: [storedKey({id: 'a'})]});
		await vault.change(noting(1), routine);
		const mark = vault.read().routine;
		expect(mark).toBe(2);
		// As every program does with members that it does not know.
		await vault.change(content => ({...adding('b')(content), routine: mark!}));
		await vault.change(adding('c'));
		expect(await earlierIds(vault)).toEqual([['a'], ['a', 'b']]);
	});

	it('that follows a new way into the vault pushes nothing out', async () => {
		const {vault} = await newVault({keys: [storedKey({id: 'a'})]});
		await vault.change(noting(1), routine);
		await vault.addSlot({type: 'recovery'}, 'spare');
		await vault.change(noting(2), routine);
		await vault.change(noting(3), routine);
		expect(await vault.earlier()).toHaveLength(3);
		expect(vault.slots().map(({label}) => label)).toContain('spare');
	});

	it('that was brought back by a restore is a change of a person', async () => {
		const {vault} = await newVault({keys: [storedKey({id: 'a'})]});
		await vault.change(noting(1), routine);
		const file = `${temporaryFolder()}/copy.json`;
		await vault.backup(file);
		await vault.change(adding('b'));
		await (await vault.openBackup(opener, file)).restore();
		expect(ids(vault)).toEqual(['a']);
		const before = (await vault.earlier()).length;
		await vault.change(noting(2), routine);
		expect(await vault.earlier()).toHaveLength(before + 1);
	});

	it('is the same in a store that is no file', async () => {
		const memory = sharedMemory(200);
		const vault = openable('memory', {store: memory.open()});
		await vault.create(opener.passphrase, {keys: [storedKey({id: 'a'})]});
		for (let test = 1; test <= 5; test++) await vault.change(noting(test), routine);
		await vault.change(adding('b'));
		await vault.change(noting(6), routine);
		expect((await memory.open().earlier()).map(({id}) => id)).toEqual(['7', '6', '1']);
	});
});

it('the way is smoothed for a save without a trace, of a vault that is there and of one that has gone', async () => {
	const {vault, path} = await newVault();
	const before = {bytes: fs.readFileSync(path), names: fs.readdirSync(dirname(path), {recursive: true})};
	await openable(path).preload();
	await vault.preload();
	expect({bytes: fs.readFileSync(path), names: fs.readdirSync(dirname(path), {recursive: true})}).toEqual(before);
	fs.rmSync(path);
	await openable(path).preload();
	expect(fs.existsSync(path)).toBe(false);
});

describe('a program killed while it replaces such a save', () => {
	it.each(['linkSync:killAfter', 'renameSync:kill', 'renameSync:killAfter', 'unlinkSync:kill', 'unlinkSync:killAfter'])(
		'%s leaves a whole vault, and every earlier save of a person',
		async step => {
			const {vault, path} = await newVault();
			await vault.change(adding('before'));
			await vault.change(noting(1), routine);
			await vault.change(noting(2), routine);
			const {signal} = await start(['add', path, 'killed'], {fault: step}).ended;
			expect(signal).toBe('SIGKILL');
			const isSaved = step !== 'linkSync:killAfter' && step !== 'renameSync:kill';
			expect(await idsIn(path)).toEqual(isSaved ? ['before', 'killed-0'] : ['before']);
			await vault.change(adding('after'));
			expect(await earlierIds(vault)).toEqual(expect.arrayContaining([[], ['before']]) as string[][]);
			expect(await idsIn(path)).toEqual(isSaved ? ['before', 'killed-0', 'after'] : ['before', 'after']);
		},
	);
});
