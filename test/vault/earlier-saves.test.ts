import {readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {AppError} from '../../source/core/errors.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {damage} from '../helpers/damage.ts';
import {adding, failureOf, openable, opener, temporaryFolder} from './world.ts';
import {second, saved} from './saved-vault.ts';

describe('a backup', () => {
	it('is the newest save, whole, for its owner alone', async () => {
		const {vault, path} = await saved();
		const other = openable(path);
		await other.unlock(opener);
		await other.change(adding('c'));
		const file = join(temporaryFolder(), 'copy.json');
		expect(await vault.backup(file)).toEqual({rev: 4});
		expect(readFileSync(file)).toEqual(readFileSync(path));
		expect(statSync(file).mode & 0o777).toBe(0o600);
	});

	it('is not put among the saves that the program counts', async () => {
		const {vault, path} = await saved();
		expect(await failureOf(vault.backup(join(dirname(path), 'backups', 'vault.999999999999999.json')))).toMatchObject({
			code: 'invalid',
		});
	});

	it('overwrites nothing and follows no link', async () => {
		const {vault} = await saved();
		const folder = temporaryFolder();
		const [file, link] = [join(folder, 'there'), join(folder, 'link')];
		writeFileSync(file, 'mine');
		symlinkSync(join(folder, 'elsewhere'), link);
		expect(await failureOf(vault.backup(file))).toMatchObject({code: 'file-exists'});
		expect(await failureOf(vault.backup(link))).toMatchObject({code: 'file-exists'});
		expect(await failureOf(vault.backup(join(folder, 'no', 'folder')))).toMatchObject({code: 'file-not-written'});
		expect(readdirSync(folder).toSorted()).toEqual(['link', 'there']);
		expect(readFileSync(file, 'utf8')).toBe('mine');
	});

	it('is not made of a damaged vault', async () => {
		const {vault, path} = await saved();
		damage(path);
		const file = join(temporaryFolder(), 'copy.json');
		expect(await failureOf(vault.backup(file))).toMatchObject({code: 'vault-damaged'});
		expect(() => statSync(file)).toThrow('ENOENT');
	});
});

describe('another vault in the place of one that is gone', () => {
	it('does not push out what is kept of the former one', async () => {
		const {vault, path} = await saved();
		vault.lock();
		rmSync(path);
		const fresh = openable(path);
		await fresh.create(second.passphrase, {keys: []});
		expect(await fresh.earlier()).toEqual([]);
		const former = join(dirname(path), 'backups', 'former-1');
		expect(readdirSync(former)).toHaveLength(2);
		await fresh.change(adding('x'));
		const copy = await openable(path).openBackup(opener, join(former, readdirSync(former).toSorted().at(-1)!));
		expect(copy.content.keys.map(({id}) => id)).toEqual(['a']);
		await copy.restore();
		expect(readdirSync(join(dirname(path), 'backups', 'former-2'))).toHaveLength(1);
	});
});

describe('a vault that could not be made', () => {
	it('leaves the saves of a former one where they were, and speaks of no earlier vault', async () => {
		const {path} = await saved();
		rmSync(path);
		const before = readdirSync(join(dirname(path), 'backups'));
		const failing = {
			...fileStoreAt({path, clock: Date.now, lockWaitMs: 100}),
			async write(): Promise<never> {
				throw new AppError('not-saved', {path, reason: 'the disk is full'});
			},
		};
		const failure = await failureOf(openable(path, {store: failing}).create(second.passphrase, {keys: []}));
		expect(failure.message).toContain('No vault was made');
		expect(readdirSync(join(dirname(path), 'backups'))).toEqual(before);
		const copy = await openable(path).openBackup(opener);
		copy.dispose();
	});
});
