import {randomBytes} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {AppError} from '../../source/core/errors.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {printKeyFile} from '../../source/vault/slots/key-file.ts';
import {adding, failureOf, ids, newVault, openable, opener} from './world.ts';

const second = new Secret('another passphrase altogether');

describe('a new key of the vault', () => {
	it('leaves only the slots it was made with, and the content', async () => {
		const {vault, path, recoveryKey} = await newVault();
		await vault.change(adding('grid'));
		const old = vault.key();
		const {recoveryKey: fresh} = await vault.rekey([
			{source: {type: 'passphrase', passphrase: second}, label: 'mine'},
			{source: {type: 'recovery'}, label: ''},
		]);
		expect(vault.key().key.equals(old.key)).toBe(false);
		await vault.change(adding('after'));
		expect(await failureOf(openable(path).unlock(opener))).toMatchObject({code: 'wrong-passphrase'});
		expect(await failureOf(openable(path).unlock({recoveryKey}))).toMatchObject({code: 'wrong-recovery-key'});
		expect(await failureOf(openable(path).unlock({key: old.key}))).toMatchObject({
			code: 'wrong-vault-key',
			exit: 'locked',
		});
		for (const way of [{passphrase: second}, {recoveryKey: fresh!}]) {
			const again = openable(path);
			await again.unlock(way);
			expect(ids(again)).toEqual(['grid', 'after']);
		}

		expect(vault.slots().map(({label}) => label)).toEqual(['mine', '']);
	});

	it('is not made over slots that another program has changed since they were looked at', async () => {
		const {vault, path} = await newVault();
		const other = openable(path);
		await other.unlock(opener);
		await other.changePassphrase(second);
		expect(await failureOf(vault.rekey([{source: {type: 'passphrase', ...opener}, label: ''}]))).toMatchObject({
			code: 'slot-changed',
		});
		await openable(path).unlock({passphrase: second});
	});

	it('of which the disk is not sure still gives its recovery key, and so does a new slot', async () => {
		const {path} = await newVault();
		const store = fileStoreAt({path, clock: Date.now, lockWaitMs: 1000});
		const unsure = {
			...store,
			async write(...given: Parameters<typeof store.write>): Promise<never> {
				await store.write(...given);
				throw new AppError('saved-not-durable', {path, reason: 'the disk reports an error', fix: ''});
			},
		};
		const vault = openable(path, {store: unsure});
		await vault.unlock(opener);
		const added = await vault.addSlot({type: 'recovery'}, 'safe');
		expect(added.doubt).toMatchObject({code: 'saved-not-durable'});
		await openable(path).unlock({recoveryKey: added.recoveryKey!});
		const {recoveryKey, doubt} = await vault.rekey([{source: {type: 'recovery'}, label: ''}]);
		expect(doubt).toMatchObject({code: 'saved-not-durable'});
		await openable(path).unlock({recoveryKey: recoveryKey!});
	});

	it('is not made when only a file would open it', async () => {
		const {vault, path} = await newVault();
		expect(
			await failureOf(vault.rekey([{source: {type: 'keyfile', keyFile: printKeyFile(randomBytes(32))}, label: ''}])),
		).toMatchObject({code: 'last-slot'});
		await openable(path).unlock(opener);
	});

	it('stops another program that has the vault open, without damage: it opens it anew', async () => {
		const {vault, path} = await newVault();
		const other = openable(path);
		await other.unlock(opener);
		await vault.rekey([{source: {type: 'passphrase', passphrase: opener.passphrase}, label: ''}]);
		expect(await failureOf(other.refresh())).toMatchObject({code: 'vault-replaced'});
		expect(await failureOf(other.change(adding('lost')))).toMatchObject({code: 'vault-replaced'});
		await other.unlock(opener);
		await other.change(adding('kept'));
		expect(ids(other)).toEqual(['kept']);
	});
});
