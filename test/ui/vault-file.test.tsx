import fs from 'node:fs';
import {describe, expect, test, vi} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {stopTime} from '../helpers/time.ts';
import {worldPassphrase} from '../helpers/world.ts';
import {adding} from '../vault/world.ts';
import {opened} from './elsewhere.ts';

describe('the file of an open vault', () => {
	test('that vanishes is told once; what was read stays, and nothing can be changed until it is back', async () => {
		stopTime('Date');
		const {vault, file, terminal, looks} = await opened();
		await terminal.press('e', 'Tab', ' half', 'PgDn');
		await terminal.see('+ first half');
		fs.renameSync(file, `${file}.away`);
		await terminal.see('has disappeared since it was', 'READ-ONLY');
		await terminal.press('y');
		await terminal.see('Nothing can be changed now.', '+ first half');
		// A message that has stayed for its time goes with the next key.
		vi.setSystemTime(Date.now() + 1500);
		await terminal.press('Esc', 'Down');
		await looks(3);
		await terminal.settle();
		expect(terminal.screen).not.toContain('disappeared');
		await terminal.see('first half', 'READ-ONLY');

		fs.renameSync(`${file}.away`, file);
		await terminal.see('The vault is back; changes are saved again.');
		expect(terminal.screen).not.toContain('READ-ONLY');
		await terminal.press('PgDn', 'y');
		await terminal.see('is changed in this vault');
		expect(vault.read().keys.find(({id}) => id === 'a1')?.description).toBe('first half');
	});

	test.each([
		['is damaged', 'is damaged', (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
		['is something else', 'is not a vault', () => Buffer.from('hello')],
	])('that %s is told, and nothing is written over it', async (_, words, change) => {
		const {file, terminal} = await opened();
		const good = fs.readFileSync(file);
		const bad = change(good);
		fs.writeFileSync(file, bad);
		await terminal.see(words, 'READ-ONLY', '2 keys', 'Keep this open');
		await terminal.press('D');
		await terminal.see('Nothing can be changed now.');
		expect(fs.readFileSync(file).equals(bad)).toBe(true);
		fs.writeFileSync(file, good);
		await terminal.see('The vault is back');
	});

	test('rollback: that becomes older is told, and the newer one stays in sight', async () => {
		const {elsewhere, file, terminal} = await opened();
		const older = fs.readFileSync(file);
		const other = await elsewhere();
		await other.change(adding('late'));
		await terminal.see('3 keys');
		fs.writeFileSync(file, older);
		await terminal.see('is an older copy', 'READ-ONLY', '3 keys', 'late');
	});

	test('with a new passphrase is the same vault: the session goes on, and only the new one unlocks it', async () => {
		const {elsewhere, terminal} = await opened();
		const other = await elsewhere();
		await other.changePassphrase(new Secret('another passphrase altogether'));
		await other.change(adding('late'));
		await terminal.see('3 keys');
		expect(terminal.screen).not.toContain('READ-ONLY');
		await terminal.press('L', worldPassphrase, 'Enter');
		await terminal.see('Wrong passphrase');
		await terminal.press('another passphrase altogether', 'Enter');
		await terminal.see('3 keys');
	});

	test('with one way in less is the same vault', async () => {
		const {elsewhere, context, terminal} = await opened();
		const other = await elsewhere();
		const slot = other.slots().find(({type}) => type === 'recovery')!;
		await other.removeSlot(slot.id);
		await vi.waitFor(() => {
			expect(context.vault.slots()).toHaveLength(1);
		});
		await terminal.see('2 keys');
		expect(terminal.screen).not.toContain('READ-ONLY');
	});

	test('with a new key locks the vault, and says why', async () => {
		const {elsewhere, context, terminal} = await opened();
		const other = await elsewhere();
		await other.rekey([{source: {type: 'passphrase', passphrase: new Secret(worldPassphrase)}, label: ''}]);
		await terminal.see(
			'Unlock your vault',
			'Locked: ',
			'was given a new key, or',
			'Unlock it with its current passphrase.',
		);
		expect(context.vault.isOpen()).toBe(false);
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('2 keys');
	});

	test('with a new key locks it only once nothing that was typed would be lost', async () => {
		const {elsewhere, context, terminal, looks} = await opened();
		await terminal.press('e', 'Tab', ' half');
		const other = await elsewhere();
		await other.rekey([{source: {type: 'passphrase', passphrase: new Secret(worldPassphrase)}, label: ''}]);
		await terminal.see('was given a new key', 'READ-ONLY');
		await looks(5);
		await terminal.see('first half');
		expect(context.vault.isOpen()).toBe(true);
		await terminal.press('Esc', 'y');
		await terminal.see('Locked: ', 'Unlock your vault');
	});
});
