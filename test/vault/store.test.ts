import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import type {SealedStore} from '../../source/vault/store/store.ts';
import {sharedMemory, type SharedStore} from '../helpers/memory-store.ts';
import {adding, failureOf, ids, openable, opener, temporaryFolder} from './world.ts';
import {sealed} from './sealed.ts';

const lockWaitMs = 200;

function sharedFile(): SharedStore {
	const path = join(temporaryFolder(), 'own/vault.json');
	return {
		vanish: () => rmSync(path),
		open: () => fileStoreAt({path, clock: Date.now, lockWaitMs}),
	};
}

// What a vault asks of its store; every kind of store passes this.
describe.each([
	['a file', sharedFile],
	['memory', () => sharedMemory(lockWaitMs)],
])('%s as a store', (_, share) => {
	/** A store that holds something, and its version. */
	async function filled() {
		const at = share();
		const store = at.open();
		const bytes = sealed();
		await store.initialize();
		const {version} = await store.exclusively(async () => store.write(bytes, null));
		return {at, store, bytes, version};
	}

	async function earlierBytes(store: SealedStore): Promise<Buffer[]> {
		return Promise.all((await store.earlier()).map(async ({read}) => read()));
	}

	it('holds nothing at first: no version, nothing to read, nothing to replace, no earlier versions', async () => {
		const store = share().open();
		expect(await store.version()).toBeNull();
		expect(await failureOf(store.read())).toMatchObject({code: 'vault-missing'});
		expect(await store.earlier()).toEqual([]);
		await store.initialize();
		expect(await failureOf(store.write(sealed(), 'a version'))).toMatchObject({code: 'vault-vanished'});
		expect(await store.version()).toBeNull();
	});

	it('gives back what was written, however it is opened, under the version that it had said', async () => {
		const {at, store, bytes, version} = await filled();
		for (const reader of [store, at.open()]) {
			expect(await reader.read()).toEqual({bytes, version});
			expect(await reader.version()).toBe(version);
		}
	});

	it('is made once: what is there is not taken for nothing', async () => {
		const {store, bytes, version} = await filled();
		expect(await failureOf(store.write(sealed(), null))).toMatchObject({code: 'vault-exists'});
		expect(await store.read()).toEqual({bytes, version});
	});

	it('replaces the version that was expected, each time by a new one', async () => {
		const {store, bytes, version} = await filled();
		const [next, last] = [sealed(), sealed()];
		const second = await store.write(next, version);
		expect(await store.read()).toEqual({bytes: next, version: second.version});
		const third = await store.write(last, second.version);
		// The same bytes again are another save.
		const fourth = await store.write(bytes, third.version);
		expect(new Set([version, second.version, third.version, fourth.version]).size).toBe(4);
		expect(await earlierBytes(store)).toEqual([last, next, bytes]);
		expect(new Set((await store.earlier()).map(({id}) => id)).size).toBe(3);
	});

	it('lost-update: refuses a version that is not there any more, and keeps what is', async () => {
		const {at, store, version} = await filled();
		const theirs = sealed();
		const {version: now} = await at.open().write(theirs, version);
		expect(await failureOf(store.write(sealed(), version))).toMatchObject({code: 'not-saved'});
		expect(await store.read()).toEqual({bytes: theirs, version: now});
		expect(await store.earlier()).toHaveLength(1);
	});

	it('that has vanished is not brought back as something new', async () => {
		const {at, store, version} = await filled();
		at.vanish();
		expect(await store.version()).toBeNull();
		expect(await failureOf(store.write(sealed(), version))).toMatchObject({code: 'vault-vanished'});
		expect(await store.version()).toBeNull();
	});

	it('puts what is of no use aside, and not among the earlier versions', async () => {
		const {store, version} = await filled();
		const next = sealed();
		const {version: now, keptAs} = await store.write(next, version, {aside: true});
		expect(keptAs).toEqual(expect.any(String));
		expect(await store.earlier()).toEqual([]);
		expect(await store.read()).toEqual({bytes: next, version: now});
	});

	it('makes room for another vault: earlier versions are no longer in the way, and what is there stays', async () => {
		const {store, version} = await filled();
		const next = sealed();
		const {version: now} = await store.write(next, version);
		await store.archive();
		expect(await store.earlier()).toEqual([]);
		expect(await store.read()).toEqual({bytes: next, version: now});
		await store.write(sealed(), now);
		expect(await earlierBytes(store)).toEqual([next]);
		await store.archive();
		await store.archive();
	});

	it('lets one at a time in, however it is opened, and the next when that one has failed', async () => {
		const {at, store} = await filled();
		const order: string[] = [];
		const held = Promise.withResolvers<undefined>();
		const entered = Promise.withResolvers<undefined>();
		const {store: free} = await filled();
		const first = store.exclusively(async () => {
			order.push('first');
			entered.resolve(undefined);
			await held.promise;
			order.push('first ends');
			throw new Error('mine');
		});
		await entered.promise;
		const second = at.open().exclusively(async () => {
			order.push('second');
			return 7;
		});
		// By the time that another store has let a holder in, this one would have too, if nothing kept it out.
		await free.exclusively(async () => {
			order.push('elsewhere');
		});
		held.resolve(undefined);
		await expect(first).rejects.toThrow('mine');
		expect(await second).toBe(7);
		expect(order).toEqual(['first', 'elsewhere', 'first ends', 'second']);
	});

	it('ends every wait at some time', async () => {
		const {at, store} = await filled();
		await store.exclusively(async () => {
			expect(await failureOf(at.open().exclusively(async () => 7))).toMatchObject({code: 'vault-busy'});
		});
		expect(await at.open().exclusively(async () => 7)).toBe(7);
	});

	it('carries a vault: two programs on it keep each other’s changes', async () => {
		const at = share();
		const [ours, theirs] = [openable('', {store: at.open()}), openable('', {store: at.open()})];
		await ours.create(opener.passphrase, {keys: []});
		await theirs.unlock(opener);
		await Promise.all(
			['a', 'b', 'c', 'd'].map(async (id, index) => (index % 2 === 0 ? ours : theirs).change(adding(id))),
		);
		await ours.refresh();
		expect(ids(ours).toSorted()).toEqual(['a', 'b', 'c', 'd']);
	});

	it('carries a vault that is proved, backed up, lost and restored', async () => {
		const at = share();
		const vault = openable('', {store: at.open()});
		await vault.create(opener.passphrase, {keys: []});
		await vault.change(adding('a'));
		await vault.change(adding('b'));
		const {file, earlier} = await vault.verify();
		expect([file, ...earlier].map(found => 'rev' in found && found.rev)).toEqual([3, 2, 1]);
		const backup = join(temporaryFolder(), 'copy.json');
		await vault.backup(backup);
		at.vanish();

		const other = openable('', {store: at.open()});
		expect(await other.exists()).toBe(false);
		const newest = await other.openBackup(opener);
		expect(newest).toMatchObject({rev: 2, label: (await other.earlier())[0]!.label});
		await newest.restore();
		expect(ids(other)).toEqual(['a']);
		await (await other.openBackup(opener, backup)).restore();
		expect(ids(other)).toEqual(['a', 'b']);
	});
});
