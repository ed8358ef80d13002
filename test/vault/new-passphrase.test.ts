import {describe, expect, it} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {adding, failureOf, ids, kdf, newVault, openable, opener} from './world.ts';

const second = new Secret('another passphrase altogether');

describe('a new passphrase', () => {
	it('takes the place of the old one, in the slot that was used', async () => {
		const {vault, path, recoveryKey} = await newVault();
		await vault.addSlot({type: 'passphrase', passphrase: second}, 'for Ana');
		const hers = openable(path);
		await hers.unlock({passphrase: second});
		await hers.changePassphrase(new Secret('hers from now on'));
		expect(await failureOf(openable(path).unlock({passphrase: second}))).toMatchObject({code: 'wrong-passphrase'});
		for (const way of [opener, {recoveryKey}, {passphrase: new Secret('hers from now on')}])
			await openable(path).unlock(way);
		expect(hers.slots()[2]).toMatchObject({label: 'for Ana'});
	});

	it('is for the only passphrase when the recovery key was used, and for a named one of several', async () => {
		const {vault, path, recoveryKey} = await newVault();
		const recovered = openable(path);
		await recovered.unlock({recoveryKey});
		await recovered.changePassphrase(second);
		await openable(path).unlock({passphrase: second});
		const {slot} = await vault.addSlot({type: 'passphrase', passphrase: new Secret('a third one')}, '');
		await recovered.refresh();
		expect(await failureOf(recovered.changePassphrase(opener.passphrase))).toMatchObject({code: 'no-passphrase-slot'});
		await recovered.changePassphrase(opener.passphrase, slot.id);
		await openable(path).unlock(opener);
		expect(await failureOf(recovered.changePassphrase(second, recovered.slots()[1]!.id))).toMatchObject({
			code: 'no-passphrase-slot',
		});
		expect(await failureOf(recovered.changePassphrase(second, 'nothing'))).toMatchObject({code: 'no-such-slot'});
	});

	it('is not stored over one that another program has just set', async () => {
		const {vault, path} = await newVault();
		const other = openable(path);
		await other.unlock(opener);
		await other.changePassphrase(second);
		expect(await failureOf(vault.changePassphrase(new Secret('too late, I fear')))).toMatchObject({
			code: 'slot-changed',
			exit: 'busy',
		});
		await openable(path).unlock({passphrase: second});
	});

	it('leaves another program that has the vault open at work', async () => {
		const {vault, path} = await newVault();
		const other = openable(path);
		await other.unlock(opener);
		await vault.changePassphrase(second);
		await other.change(adding('still'));
		expect(ids(other)).toEqual(['still']);
	});
});

describe('a passphrase that was cheap to guess', () => {
	const dear = {...kdf, m: 2 * kdf.m};

	it('costs what a new one costs after it was used once', async () => {
		const {path} = await newVault();
		const vault = openable(path, {kdf: dear});
		await vault.unlock(opener);
		expect(await vault.upgradeKdf(opener.passphrase)).toBe(true);
		expect(await vault.upgradeKdf(opener.passphrase)).toBe(false);
		const again = openable(path, {kdf: dear});
		await again.unlock(opener);
		expect(await again.upgradeKdf(opener.passphrase)).toBe(false);
	});

	it('is never made cheaper, nor replaced by another, nor touched by the recovery key', async () => {
		const {vault, path, recoveryKey} = await newVault({keys: []}, {kdf: dear});
		const modest = openable(path);
		await modest.unlock(opener);
		expect(await modest.upgradeKdf(opener.passphrase)).toBe(false);
		const recovered = openable(path, {kdf: {...dear, t: 9}});
		await recovered.unlock({recoveryKey});
		expect(await recovered.upgradeKdf(recoveryKey)).toBe(false);
		const costly = openable(path, {kdf: {...dear, t: 3}});
		await costly.unlock(opener);
		expect(await failureOf(costly.upgradeKdf(second))).toMatchObject({code: 'wrong-passphrase'});
		expect(await vault.refresh()).toBe(false);
	});
});
