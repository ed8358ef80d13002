import {readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {damage} from '../helpers/damage.ts';
import {opener} from './world.ts';
import {saved} from './saved-vault.ts';

describe('proving a vault', () => {
	it('proves saves whose slots are all gone, as long as their key is the same', async () => {
		const {vault} = await saved();
		await vault.addSlot({type: 'recovery'}, '');
		const [first, , third] = vault.slots();
		await vault.removeSlot(first!.id);
		await vault.removeSlot(vault.slots()[0]!.id);
		expect(vault.slots().map(({id}) => id)).toEqual([third!.id]);
		expect((await vault.verify()).earlier.every(found => 'rev' in found)).toBe(true);
	});

	it('says of the file and of each earlier save whether it is whole', async () => {
		const {vault, path} = await saved();
		const [oldest] = readdirSync(join(dirname(path), 'backups')).toSorted();
		damage(join(dirname(path), 'backups', oldest!));
		const report = await vault.verify();
		expect(report.file).toMatchObject({rev: 3, keys: 2});
		expect(report.earlier).toMatchObject([{rev: 2, keys: 1}, {problem: {code: 'vault-damaged'}}]);
		damage(path);
		expect((await vault.verify()).file).toMatchObject({problem: {code: 'vault-damaged'}});
		expect(vault.read().keys[0]!.credential.secretKey.reveal()).not.toBe('');
	});

	it('says of saves from before a rekey that they cannot be proved', async () => {
		const {vault} = await saved();
		await vault.rekey([{source: {type: 'passphrase', ...opener}, label: ''}]);
		expect((await vault.verify()).earlier[0]).toMatchObject({isOtherKey: true});
	});
});
