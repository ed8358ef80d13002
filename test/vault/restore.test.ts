import {randomBytes} from 'node:crypto';
import {chmodSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {printKeyFile} from '../../source/vault/slots/key-file.ts';
import {damage} from '../helpers/damage.ts';
import {adding, failureOf, ids, newVault, openable, opener, temporaryFolder} from './world.ts';
import {second, saved} from './saved-vault.ts';

describe('bringing a copy back', () => {
	it('shows what is in place first and changes nothing', async () => {
		const {vault, path} = await saved();
		const before = readFileSync(path);
		const copy = await openable(path).openBackup(opener);
		expect(copy.rev).toBe(2);
		expect(copy.content.keys.map(({id}) => id)).toEqual(['a']);
		expect('content' in copy.present && copy.present.content.keys.map(({id}) => id)).toEqual(['a', 'b']);
		expect(copy.isOther).toBe(false);
		copy.dispose();
		expect(readFileSync(path)).toEqual(before);
		expect(await vault.refresh()).toBe(false);
	});

	it('is a save like any other: what it replaces is the newest earlier save, and open programs see it', async () => {
		const {vault, path} = await saved();
		const other = openable(path);
		const copy = await other.openBackup(opener);
		expect(await copy.restore()).toEqual({});
		expect(ids(other)).toEqual(['a']);
		expect(await vault.refresh()).toBe(true);
		expect(ids(vault)).toEqual(['a']);
		const undo = await other.openBackup(opener);
		expect(undo.content.keys.map(({id}) => id)).toEqual(['a', 'b']);
		undo.dispose();
	});

	it('revoked-passphrase-returns: keeps the slots of now', async () => {
		const {vault, path} = await saved();
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		await vault.changePassphrase(second.passphrase);
		const copy = await openable(path).openBackup(opener, file);
		await copy.restore();
		expect(await failureOf(openable(path).unlock(opener))).toMatchObject({code: 'wrong-passphrase'});
		await openable(path).unlock(second);
	});

	it('from before a new passphrase opens with the new one too, for the vault’s key is the same', async () => {
		const {vault, path} = await saved();
		await vault.changePassphrase(second.passphrase);
		const copy = await openable(path).openBackup(second);
		expect(copy.rev).toBe(3);
		await copy.restore();
		await openable(path).unlock(second);
	});

	it('revoked-passphrase-returns: not even when the file in place is the one from before it was changed', async () => {
		const {vault, path} = await saved();
		const before = readFileSync(path);
		await vault.changePassphrase(second.passphrase);
		await vault.change(adding('c'));
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		writeFileSync(path, before);
		const seen = {of: () => ({rev: 40, mac: ''}), note() {}, takeDamage: () => undefined};
		const copy = await openable(path, {seen}).openBackup(second, file);
		await copy.restore();
		expect(await failureOf(openable(path).unlock(opener))).toMatchObject({code: 'wrong-passphrase'});
		const again = openable(path);
		await again.unlock(second);
		expect(ids(again)).toEqual(['a', 'b', 'c']);
		expect(await again.backup(`${file}.2`)).toEqual({rev: 41});
	});

	it('revoked-key-returns: not even when the file in place is the one from before the rekey', async () => {
		const {vault, path} = await saved();
		const before = readFileSync(path);
		const leaked = printKeyFile(randomBytes(32));
		await vault.addSlot({type: 'keyfile', keyFile: leaked}, '');
		await vault.rekey([{source: {type: 'passphrase', ...opener}, label: ''}]);
		await vault.change(adding('c'));
		await vault.change(adding('d'));
		writeFileSync(path, before);
		const copy = await openable(path).openBackup(opener);
		expect(copy.content.keys).toHaveLength(3);
		await copy.restore();
		expect(await failureOf(openable(path).unlock({keyFile: leaked}))).toMatchObject({code: 'wrong-key-file'});
	});

	it('replaces a vault that was cut short, emptied or scribbled on, whatever it holds now', async () => {
		for (const garbage of ['', 'hello', '{}', '{"format": "okx-keys-vault"']) {
			const {path} = await saved();
			writeFileSync(path, garbage);
			const again = openable(path);
			const copy = await again.openBackup(opener);
			expect(copy.isReplaceable).toBe(true);
			const {keptAs} = await copy.restore();
			expect(readFileSync(keptAs!, 'utf8')).toBe(garbage);
			expect(ids(again)).toEqual(['a']);
		}
	});

	it('is not spoilt by who forgets the copy meanwhile, and happens once', async () => {
		const {path} = await saved();
		const again = openable(path);
		const copy = await again.openBackup(opener);
		const restoring = copy.restore();
		copy.dispose();
		await restoring;
		expect(again.read().keys[0]!.credential.secretKey.reveal()).not.toBe('');
		await openable(path).unlock(opener);
		expect(await failureOf(copy.restore())).toMatchObject({code: 'locked'});
	});

	it('that is not done leaves no secret in memory', async () => {
		const {path} = await saved();
		const copy = await openable(path).openBackup(opener);
		copy.dispose();
		expect(() => copy.content.keys[0]!.credential.secretKey.reveal()).toThrow('locked');
	});

	it('revoked-key-returns: keeps the vault’s key of now when what was given opens both', async () => {
		const {vault, path} = await saved();
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		const old = vault.key().key;
		await vault.rekey([{source: {type: 'passphrase', ...opener}, label: ''}]);
		await vault.change(adding('c'));
		const copy = await openable(path).openBackup(opener, file);
		expect('content' in copy.present && copy.present.content.keys).toHaveLength(3);
		await copy.restore();
		const again = openable(path);
		expect(await failureOf(again.unlock({key: old}))).toMatchObject({code: 'wrong-vault-key'});
		await again.unlock(opener);
		expect(ids(again)).toEqual(['a', 'b']);
	});

	it('keeps a damaged vault aside, and finds the newest save that is whole', async () => {
		const {path} = await saved();
		const newest = readdirSync(join(dirname(path), 'backups'))
			.toSorted()
			.at(-1)!;
		damage(path);
		damage(join(dirname(path), 'backups', newest));
		const bad = readFileSync(path);
		const again = openable(path);
		expect(await failureOf(again.unlock(opener))).toMatchObject({code: 'vault-damaged'});
		const copy = await again.openBackup(opener);
		expect(copy.rev).toBe(1);
		expect('problem' in copy.present && copy.present.problem.code).toBe('vault-damaged');
		const {keptAs} = await copy.restore();
		expect(readFileSync(keptAs!)).toEqual(bad);
		expect(statSync(keptAs!).mode & 0o777).toBe(0o600);
		expect(ids(again)).toEqual([]);
		await again.change(adding('on'));
	});

	it('works where the vault has vanished, with its folder too', async () => {
		const {vault, path} = await saved();
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		rmSync(dirname(path), {recursive: true});
		const again = openable(path);
		const copy = await again.openBackup(opener, file);
		expect(await copy.restore()).toEqual({});
		expect(ids(again)).toEqual(['a', 'b']);
		expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
	});

	it('tells a copy of another vault, and never buries the one in place', async () => {
		const {path} = await saved();
		const foreign = await newVault();
		const copy = await openable(path).openBackup(opener, foreign.path);
		expect(copy.isOther).toBe(true);
		await copy.restore();
		// Opened with the same passphrase, it is another vault all the same.
		expect(readdirSync(dirname(path)).some(name => name.includes('set-aside'))).toBe(true);
		const locked = await newVault();
		await locked.vault.changePassphrase(second.passphrase);
		const other = await openable(path).openBackup(second, locked.path);
		expect('problem' in other.present && other.present.problem.code).toBe('wrong-passphrase');
		const {keptAs} = await other.restore();
		expect(keptAs).toMatch(/set-aside-2$/);
	});

	it('does not overwrite what another program saved after the difference was shown', async () => {
		const {vault, path} = await saved();
		const copy = await openable(path).openBackup(opener);
		await vault.change(adding('c'));
		expect(await failureOf(copy.restore())).toMatchObject({code: 'restore-conflict', exit: 'busy'});
		expect(ids(vault)).toEqual(['a', 'b', 'c']);
	});

	it('with a wrong passphrase says so, and looks at each set of slots once', async () => {
		const {path} = await saved();
		expect(await failureOf(openable(path).openBackup(second))).toMatchObject({code: 'wrong-passphrase'});
		rmSync(join(dirname(path), 'backups'), {recursive: true});
		expect(await failureOf(openable(path).openBackup(opener))).toMatchObject({
			code: 'no-usable-backup',
			exit: 'usage',
			message: `No earlier saves of ${path} are kept.`,
		});
		expect(await failureOf(openable(path).openBackup(opener, join(dirname(path), 'nothing')))).toMatchObject({
			code: 'no-such-file',
		});
		expect(await failureOf(openable(path).openBackup(opener, dirname(path)))).toMatchObject({code: 'not-a-vault'});
	});

	it('reads a copy from a medium without modes', async () => {
		const {vault, path} = await saved();
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		chmodSync(file, 0o755);
		const copy = await openable(path).openBackup(opener, file);
		expect(copy.rev).toBe(3);
		copy.dispose();
	});

	it('does not replace a vault of a newer program', async () => {
		const {vault, path} = await saved();
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		writeFileSync(path, readFileSync(path, 'utf8').replace('"version": 1', '"version": 2'));
		const copy = await openable(path).openBackup(opener, file);
		expect(copy.isReplaceable).toBe(false);
		expect(await failureOf(copy.restore())).toMatchObject({code: 'vault-newer'});
	});
});
