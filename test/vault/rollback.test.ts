import {copyFileSync, lstatSync, readFileSync, readdirSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {seenRevisionsIn} from '../../source/vault/rollback-guard.ts';
import {damage} from '../helpers/damage.ts';
import {adding, failureOf, ids, newVault, openable, opener, temporaryFolder} from './world.ts';
import {second} from './saved-vault.ts';

describe('an older copy in the vault’s place', () => {
	async function remembered() {
		const seen = seenRevisionsIn(join(temporaryFolder(), 'state', 'okx-keys'));
		const made = await newVault({keys: []}, {seen});
		const {vault, path} = made;
		await vault.change(adding('a'));
		const old = `${path}.old`;
		copyFileSync(path, old);
		await vault.change(adding('b'));
		return {...made, seen, old};
	}

	it('rollback: is noticed at the next unlock, and opened only on purpose', async () => {
		const {path, old, seen} = await remembered();
		copyFileSync(old, path);
		const again = openable(path, {seen});
		expect(await failureOf(again.unlock(opener))).toMatchObject({
			code: 'vault-older',
			details: {rev: 2, seen: 3},
			exit: 'unexpected',
		});
		expect(again.isOpen()).toBe(false);
		await again.unlock(opener, {acceptOlder: true});
		expect(ids(again)).toEqual(['a']);
		await openable(path, {seen}).unlock(opener);
	});

	it('rollback: a save that was opened on purpose is the newest seen, also where it was found before', () => {
		const seen = seenRevisionsIn(join(temporaryFolder(), 'seen'));
		const [first, later] = [
			{rev: 1, mac: 'a'},
			{rev: 2, mac: 'b'},
		];
		seen.note('store', 'vault', first);
		expect(seen.of('store', 'vault')).toEqual(first);
		seen.note('store', 'vault', later);
		seen.note('store', 'vault', first);
		expect(seen.of('store', 'vault')).toEqual(first);
	});

	it('rollback: is noticed while the vault is open, and not written over', async () => {
		const {vault, path, old} = await remembered();
		copyFileSync(old, path);
		expect(await failureOf(vault.refresh())).toMatchObject({code: 'vault-older'});
		expect(await failureOf(vault.change(adding('c')))).toMatchObject({code: 'vault-older'});
		expect(readFileSync(path)).toEqual(readFileSync(old));
		expect(ids(vault)).toEqual(['a', 'b']);
	});

	it('rollback: to before a new passphrase, the wrong passphrase is explained', async () => {
		const {vault, path, old, seen} = await remembered();
		await vault.changePassphrase(second.passphrase);
		copyFileSync(old, path);
		expect(await failureOf(openable(path, {seen}).unlock(second))).toMatchObject({
			code: 'wrong-passphrase-older',
			exit: 'locked',
			details: {rev: 2, seen: 4},
		});
		expect(await failureOf(openable(path, {seen}).unlock(opener))).toMatchObject({code: 'vault-older'});
	});

	it('fork: another save with the same number is noticed too', async () => {
		const {path, old, seen} = await remembered();
		copyFileSync(old, path);
		const elsewhere = openable(path);
		await elsewhere.unlock(opener);
		await elsewhere.change(adding('c'));
		expect(await failureOf(openable(path, {seen}).unlock(opener))).toMatchObject({
			code: 'vault-older',
			details: {rev: 3, seen: 3},
		});
	});

	it('is not what another program’s save during the KDF makes of the vault', async () => {
		const {vault, path, seen} = await remembered();
		const slow = openable(path, {seen});
		const opening = slow.unlock(opener);
		await vault.change(adding('meanwhile'));
		await opening;
		expect(ids(slow)).toEqual(['a', 'b', 'meanwhile']);
	});

	it('is only what lies in its own place: a drill with a backup elsewhere is a vault by itself', async () => {
		const {vault, path, seen} = await remembered();
		const file = join(temporaryFolder(), 'backup.json');
		await vault.backup(file);
		const drill = openable(join(temporaryFolder(), 'vault.json'), {seen});
		await (await drill.openBackup(opener, file)).restore();
		await drill.change(adding('drill'));
		await openable(path, {seen}).unlock(opener);
		await vault.change(adding('real'));
	});

	it('that is brought back on purpose counts as new', async () => {
		const {path, old, seen} = await remembered();
		const again = openable(path, {seen});
		const copy = await again.openBackup(opener, old);
		await copy.restore();
		await openable(path, {seen}).unlock(opener);
		damage(path);
		const last = openable(path, {seen});
		const whole = await last.openBackup(opener, old);
		await whole.restore();
		await openable(path, {seen}).unlock(opener);
	});

	it('goes unnoticed where the memory is lost, which locks no owner out', async () => {
		const {path, old} = await remembered();
		copyFileSync(old, path);
		const seen = seenRevisionsIn(temporaryFolder());
		const vault = openable(path, {seen});
		await vault.unlock(opener);
		expect(vault.takeWarning()).toBe(undefined);
		const elsewhere = openable(path, {seen: seenRevisionsIn(join(old, 'below a file'))});
		await elsewhere.unlock(opener);
		expect(elsewhere.takeWarning()).toBe(undefined);
	});

	it.each([
		['that is empty', ''],
		['of null', 'null'],
		['of a list', '[]'],
		['of another object', '{"__proto__": 1}'],
		['with a number that is a text', '{"rev": "high", "mac": ""}'],
		['with a number without end', '{"rev": 1e999, "mac": ""}'],
		['of bytes that are no text', Buffer.from([0xff, 0x00, 0xfe])],
		['of 3 GB', 3_000_000_000],
	])('memory-wiped: a memory %s is begun anew, and a warning says so once', async (_, garbage) => {
		const {path, old} = await remembered();
		copyFileSync(old, path);
		const folder = temporaryFolder();
		await openable(path, {seen: seenRevisionsIn(folder)}).unlock(opener);
		const file = join(folder, readdirSync(folder)[0]!);
		writeFileSync(file, typeof garbage === 'number' ? '' : garbage);
		if (typeof garbage === 'number') truncateSync(file, garbage);
		const vault = openable(path, {seen: seenRevisionsIn(folder)});
		await vault.unlock(opener);
		expect(vault.takeWarning()).toEqual({
			problem: expect.stringContaining('was damaged') as string,
			fix: expect.stringContaining('latest changes') as string,
		});
		expect(vault.takeWarning()).toBe(undefined);
		expect(lstatSync(file).size).toBeLessThan(4096);
		const again = openable(path, {seen: seenRevisionsIn(folder)});
		await again.unlock(opener);
		expect(again.takeWarning()).toBe(undefined);
	});

	it('the memory is for its owner alone and holds no secret', async () => {
		const {vault, path, seen} = await remembered();
		const {vaultId, key} = vault.key();
		expect(seen.of(path, vaultId)).toMatchObject({rev: 3});
		expect(JSON.stringify(seen.of(path, vaultId))).not.toContain(key.toString('base64'));
	});
});
