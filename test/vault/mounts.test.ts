import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {describe, expect, it, vi} from 'vitest';
import {hash, idsIn} from './program.ts';
import {adding, afterwards, failureOf, ids, newVault, openable, opener, temporaryFolder} from './world.ts';

const mountable = canMount();

const unless = mountable ? '' : ' (skipped: only root may mount the small file system that this needs)';

function mount(folder: string): void {
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=700', 'tmpfs', folder], {stdio: 'ignore'});
}

function canMount(): boolean {
	const folder = mkdtempSync(join(tmpdir(), 'okx-keys-mount-'));
	try {
		mount(folder);
		execFileSync('umount', [folder]);
		return true;
	} catch {
		return false;
	} finally {
		rmdirSync(folder);
	}
}

/** A file system of 256 KiB, gone after the test. */
function mounted(): string {
	const folder = temporaryFolder();
	mount(folder);
	afterwards(() => void execFileSync('umount', [folder]));
	return folder;
}

function freeOn(folder: string): number {
	return 1024 * Number(execFileSync('df', ['--output=avail', folder], {encoding: 'utf8'}).split('\n')[1]);
}

describe.skipIf(!mountable)(`a disk of its own${unless}`, () => {
	it('that is full: keeps the earlier vault and says so', async () => {
		const folder = mounted();
		const path = join(folder, 'own/vault.json');
		const vault = openable(path);
		await vault.create(opener.passphrase, {keys: []});
		await vault.change(adding('before'));
		const before = hash(path);
		// Leaves 8 KiB, less than the next save takes.
		writeFileSync(join(folder, 'filler'), Buffer.alloc(freeOn(folder) - 8192));
		const failure = await failureOf(
			vault.change(content => ({
				...content,
				keys: content.keys.map(key => ({...key, description: 'x'.repeat(20_000)})),
			})),
		);
		expect(failure).toMatchObject({code: 'not-saved', message: expect.stringMatching(/disk (is|may be) full/)});
		expect(hash(path)).toBe(before);
		expect(readdirSync(dirname(path)).toSorted()).toEqual(['.vault.json.lock', 'backups', 'vault.json']);
		rmSync(join(folder, 'filler'));
		await vault.change(adding('after'));
		expect(await idsIn(path)).toEqual(['before', 'after']);
	});

	it('that is read-only: can be read, and a change is refused at once', async () => {
		const folder = mounted();
		const path = join(folder, 'own/vault.json');
		await openable(path).create(opener.passphrase, {keys: []});
		execFileSync('mount', ['-o', 'remount,ro', folder]);
		const vault = openable(path);
		await vault.unlock(opener);
		const start = performance.now();
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({
			code: 'not-saved',
			message: expect.stringContaining('the file system is read-only'),
		});
		expect(performance.now() - start).toBeLessThan(1500);
	});
});

describe.skipIf(!mountable)(`a vault that is a mount by itself, as containers have them${unless}`, () => {
	it('is left as it is, which is said soon', async () => {
		const {vault, path} = await newVault();
		await vault.change(adding('before'));
		const before = hash(path);
		execFileSync('mount', ['--bind', path, path]);
		let isMounted = true;
		const unmount = () => {
			if (isMounted) execFileSync('umount', [path]);
			isMounted = false;
		};

		afterwards(unmount);
		const start = performance.now();
		expect(await failureOf(vault.change(adding('lost')))).toMatchObject({
			code: 'not-saved',
			message: expect.stringContaining('the file is in use, or mounted on its own'),
		});
		expect(performance.now() - start).toBeLessThan(5000);
		expect(hash(path)).toBe(before);
		expect(ids(vault)).toEqual(['before']);
		// The writer removes its half-written file in the background.
		await vi.waitFor(() => {
			expect(readdirSync(dirname(path)).toSorted()).toEqual(['.vault.json.lock', 'backups', 'vault.json']);
		});
		unmount();
		await vault.change(adding('after'));
		expect(await idsIn(path)).toEqual(['before', 'after']);
	});
});
