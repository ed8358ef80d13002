import {describe, expect, it} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import type {AppError} from '../../source/core/errors.ts';
import {storedKey} from '../helpers/keys.ts';
import {sharedMemory} from '../helpers/memory-store.ts';
import {adding, failureOf, openable, opener} from './world.ts';
import {sealed} from './sealed.ts';

describe('a store without files', () => {
	it('has failures that name no file, folder or disk, whatever goes wrong', async () => {
		const memory = sharedMemory(0);
		const store = memory.open();
		const seen = {of: () => ({rev: 99, mac: ''}), note() {}, takeDamage: () => undefined};
		const vault = openable('', {store});
		const other = openable('', {store: memory.open()});
		const failures: AppError[] = [];
		const fails = async (code: AppError['code'], work: Promise<unknown> | (() => unknown)) => {
			const failure = await failureOf(work);
			expect(failure.code).toBe(code);
			failures.push(failure);
		};

		await fails('vault-missing', vault.unlock(opener));
		await fails('no-usable-backup', vault.openBackup(opener));
		await vault.create(opener.passphrase, {keys: []});
		await fails('vault-exists', vault.create(opener.passphrase, {keys: []}));
		await fails('wrong-passphrase', other.unlock({passphrase: new Secret('not the passphrase')}));
		await fails('vault-older', openable('', {store, seen}).unlock(opener));
		await fails('vault-too-large', () => {
			vault.checkRoom({keys: [storedKey({description: 'x'.repeat(store.largest)})]});
		});
		await store.exclusively(async () =>
			fails(
				'vault-busy',
				other.unlock(opener).then(async () => other.change(adding('a'))),
			),
		);
		const whole = await store.read();
		await fails('not-saved', store.write(sealed(), 'another version'));
		memory.overwrite(Buffer.from('something else'));
		await fails('not-a-vault', vault.refresh());
		memory.overwrite(whole.bytes.subarray(0, 500));
		await fails('vault-damaged', vault.refresh());
		memory.overwrite(Buffer.from(whole.bytes.toString().replace('"version": 1', '"version": 2')));
		await fails('vault-newer', vault.refresh());
		memory.overwrite(sealed());
		await fails('vault-replaced', vault.refresh());
		memory.vanish();
		await fails('vault-vanished', vault.change(adding('a')));

		for (const {message, hint = ''} of failures) {
			// A backup is a file for any store, and is named by one.
			expect(`${message} ${hint}`.replace('name its file: okx-keys restore FILE', '')).not.toMatch(
				/\b(files?|folders?|disk|chmod|permissions|beside|backups)\b/i,
			);
		}
	});
});
