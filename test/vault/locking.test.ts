import {randomBytes} from 'node:crypto';
import {dirname, join} from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import {describe, expect, it, vi} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import type {SealedStore} from '../../source/vault/store/store.ts';
import {takeLock} from '../../source/files/lock.ts';
import {hash} from './program.ts';
import {adding, failureOf, ids, newVault, openable, opener} from './world.ts';

describe('locking', () => {
	it('wipes every secret that was given out, also of a content that another program has replaced since', async () => {
		const {vault, path} = await newVault({keys: []});
		await vault.change(adding('a'));
		const other = openable(path);
		await other.unlock(opener);
		const before = other.read();
		await vault.change(content => ({
			...content,
			keys: content.keys.map(key => ({...key, credential: {...key.credential, secretKey: new Secret('a new one')}})),
		}));
		await vault.change(adding('b'));
		await other.refresh();
		const after = other.read();
		expect(after.keys[0]!.credential.secretKey.reveal()).toBe('a new one');
		expect(before.keys[0]!.credential.secretKey.reveal()).not.toBe('');
		other.lock();
		await vi.waitFor(() => {
			for (const {credential} of [...before.keys, ...after.keys])
				for (const secret of [credential.secretKey, credential.passphrase])
					expect(() => secret.reveal()).toThrow('locked');
		});
	});

	it('wipes the key, forgets the content and may be done twice', async () => {
		const drawn: Uint8Array[] = [];
		const {vault} = await newVault(
			{keys: []},
			{
				random: bytes => {
					const next = randomBytes(bytes);
					if (bytes === 32) drawn.push(next);
					return next;
				},
			},
		);
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
		const {vault: free} = await newVault();
		const change = failureOf(vault.change(adding('a')));
		// By the time that another vault has been changed, this change has come to the lock.
		await free.change(adding('a'));
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
		const {path} = await newVault();
		const store = fileStoreAt({path, clock: Date.now, lockWaitMs: 0});
		const wasRead = Promise.withResolvers<undefined>();
		const vault = openable(path, {
			store: {
				...store,
				async read() {
					const sealed = await store.read();
					wasRead.resolve(undefined);
					return sealed;
				},
			},
		});
		const unlock = failureOf(vault.unlock(opener));
		await wasRead.promise;
		await turn();
		vault.lock();
		expect(await unlock).toMatchObject({code: 'locked'});
		expect(vault.isOpen()).toBe(false);
	});
});

it('a vault that is locked while it looks for another save is locked, and not taken for damaged', async () => {
	const {path} = await newVault();
	const store = fileStoreAt({path, clock: Date.now, lockWaitMs: 1000});
	const asked = Promise.withResolvers<void>();
	const answer = Promise.withResolvers<string>();
	const slow: SealedStore = {
		...store,
		async version() {
			asked.resolve();
			return answer.promise;
		},
	};
	const vault = openable(path, {store: slow});
	await vault.unlock(opener);
	const refreshed = failureOf(vault.refresh());
	await asked.promise;
	vault.lock();
	answer.resolve('another version');
	expect(await refreshed).toMatchObject({code: 'locked'});
});
