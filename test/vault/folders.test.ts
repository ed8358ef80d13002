import {execFileSync} from 'node:child_process';
import {chmodSync, chownSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {seenRevisionsIn} from '../../source/vault/rollback-guard.ts';
import {failureOf, newVault, openable, opener, temporaryFolder} from './world.ts';

const isRoot = process.getuid?.() === 0;

/** A vault two folders below one that others may write in. */
async function below(mode: number): Promise<{readonly path: string; readonly above: string}> {
	const above = join(temporaryFolder(), 'shared');
	mkdirSync(join(above, 'mine'), {recursive: true, mode: 0o700});
	const path = join(above, 'mine', 'vault.json');
	await openable(path).create(opener.passphrase, {keys: []});
	chmodSync(above, mode);
	return {path, above};
}

describe('vault-swapped-by-the-folder-above', () => {
	it.each([0o777, 0o757])(
		'a folder above the vault that every user may write in (%o) is refused, with the command that mends it',
		async mode => {
			const {path, above} = await below(mode);
			const failure = await failureOf(openable(path).unlock(opener));
			expect(failure).toMatchObject({code: 'vault-unsafe', exit: 'unexpected'});
			expect(failure.message).toContain(above);
			expect(failure.hint).toContain(`chmod go-w ${above}`);
			chmodSync(above, 0o755);
			await openable(path).unlock(opener);
		},
	);

	it('a sticky folder above, such as /tmp, is no way to swap it', async () => {
		const {path} = await below(0o1777);
		await openable(path).unlock(opener);
	});

	it.skipIf(!isRoot)('a folder above that belongs to another user is refused', async () => {
		const {path, above} = await below(0o755);
		chownSync(above, 12_345, 0);
		expect(await failureOf(openable(path).unlock(opener))).toMatchObject({code: 'vault-unsafe'});
		chownSync(above, 0, 0);
		await openable(path).unlock(opener);
	});
});

describe('the memory of saves', () => {
	async function remembered() {
		const folder = join(temporaryFolder(), 'seen');
		const seen = seenRevisionsIn(folder);
		const {path} = await newVault({keys: []}, {seen});
		const [file = ''] = readdirSync(folder);
		await openable(path, {seen}).unlock(opener);
		return {path, seen, folder, file: join(folder, file)};
	}

	it.each([
		[
			'a FIFO',
			(file: string) => {
				execFileSync('mkfifo', [file]);
			},
		],
		[
			'a file of 3 GB',
			(file: string) => {
				writeFileSync(file, '', {mode: 0o600});
				truncateSync(file, 3 * 1024 ** 3);
			},
		],
	])('that is %s is neither waited for nor read whole', async (name, put) => {
		const {path, seen, file} = await remembered();
		rmSync(file);
		put(file);
		const opened = openable(path, {seen}).unlock(opener);
		if (name === 'a FIFO') expect(await failureOf(opened)).toMatchObject({code: 'vault-unsafe'});
		else await opened;
	});

	it('that is a link into a folder which others may write in is refused', async () => {
		const {path, seen, folder} = await remembered();
		const open = join(temporaryFolder(), 'open');
		mkdirSync(open);
		chmodSync(open, 0o777);
		rmSync(folder, {recursive: true});
		symlinkSync(open, folder);
		expect(await failureOf(openable(path, {seen}).unlock(opener))).toMatchObject({code: 'vault-unsafe'});
	});
});
