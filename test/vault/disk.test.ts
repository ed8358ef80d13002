import {execFileSync} from 'node:child_process';
import fs, {existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {hash, idsIn, run} from './program.ts';
import {adding, afterwards, failureOf, ids, newVault, temporaryFolder} from './world.ts';

describe('a disk that fails during a save', () => {
	const refused = [
		['writeSync:short', 'what was read back is not what was written'],
		['writeSync:ENOSPC', 'the disk is full'],
		['fsyncSync:EIO', 'the disk reports an error'],
		['renameSync:EROFS', 'the file system is read-only'],
		['linkSync:EIO', 'the disk reports an error'],
		['mkdirSync:EROFS', 'the file system is read-only'],
	] as const;

	it.each(refused)('%s: says so and keeps the earlier vault', async (fault, words) => {
		const {vault, path} = await newVault();
		await vault.change(adding('before'));
		const before = hash(path);
		const [, answer] = await run(['add', path, 'lost'], {fault});
		expect(JSON.parse(answer!)).toMatchObject({code: 'not-saved', message: expect.stringContaining(words)});
		expect(hash(path)).toBe(before);
		expect(statSync(path).mode & 0o777).toBe(0o600);
		// Neither a half-written file nor a backup of a save that was not made.
		expect(readdirSync(dirname(path)).toSorted()).toEqual(['.vault.json.lock', 'backups', 'vault.json']);
		expect(readdirSync(join(dirname(path), 'backups'))).toHaveLength(1);
		await vault.change(adding('after'));
		expect(await idsIn(path)).toEqual(['before', 'after']);
	});

	it('does not confirm the folder: says that the change is there and may not last', async () => {
		const {path} = await newVault();
		const [, answer] = await run(['add', path, 'unsure'], {fault: 'fsyncSync:folderEIO'});
		expect(JSON.parse(answer!)).toMatchObject({code: 'saved-not-durable'});
		expect(await idsIn(path)).toEqual(['unsure-0']);
	});

	it('does not confirm the folder of a new vault: makes none, since its recovery key would be lost', async () => {
		const path = join(temporaryFolder(), 'vault.json');
		const [answer] = await run(['create', path], {fault: 'fsyncSync:folderEIO'});
		expect(JSON.parse(answer!)).toMatchObject({code: 'not-saved'});
		expect(existsSync(path)).toBe(false);
	});

	it('does not confirm the folder: what is in memory is what is in the file', async () => {
		const {vault, path} = await newVault();
		const {fsyncSync} = fs;
		const mend = () => {
			fs.fsyncSync = fsyncSync;
			syncBuiltinESMExports();
		};

		afterwards(mend);
		fs.fsyncSync = descriptor => {
			if (fs.fstatSync(descriptor).isDirectory()) throw Object.assign(new Error('EIO'), {code: 'EIO'});
			fsyncSync(descriptor);
		};

		syncBuiltinESMExports();
		expect(await failureOf(vault.change(adding('unsure')))).toMatchObject({code: 'saved-not-durable'});
		expect(ids(vault)).toEqual(['unsure']);
		mend();
		await vault.change(adding('sure'));
		expect(await idsIn(path)).toEqual(['unsure', 'sure']);
	});

	it('knows no hard links: the backups are copies', async () => {
		const {vault, path} = await newVault();
		await vault.change(adding('first'));
		const before = hash(path);
		expect(await run(['add', path, 'more'], {fault: 'linkSync:EPERM'})).toEqual(['open', 'more-0']);
		const backup = join(dirname(path), 'backups/vault.000002.json');
		expect(hash(backup)).toBe(before);
		expect(statSync(backup)).toMatchObject({nlink: 1, mode: 0o100_600});
	});

	it('makes conf write into the file itself (EXDEV): the backup still holds the earlier save', async () => {
		const {path} = await newVault();
		const [before, inode] = [hash(path), statSync(path).ino];
		expect(await run(['add', path, 'more'], {fault: 'renameSync:EXDEV'})).toEqual(['open', 'more-0']);
		expect(statSync(path).ino).toBe(inode);
		expect(hash(join(dirname(path), 'backups/vault.000001.json'))).toBe(before);
		expect(await idsIn(path)).toEqual(['more-0']);
	});

	it('makes conf write into the file itself, and takes only a part: the earlier vault is written back', async () => {
		const {vault, path} = await newVault();
		const [before, inode] = [hash(path), statSync(path).ino];
		const [, answer] = await run(['add', path, 'lost'], {fault: 'renameSync:EXDEV,writeFileSync:short'});
		expect(JSON.parse(answer!)).toMatchObject({code: 'not-saved'});
		expect([hash(path), statSync(path).ino]).toEqual([before, inode]);
		expect(readdirSync(join(dirname(path), 'backups'))).toEqual([]);
		await vault.change(adding('after'));
		expect(await idsIn(path)).toEqual(['after']);
	});

	it('is below a program that came as a snap (SNAP): the file is replaced all the same', async () => {
		const {path} = await newVault();
		const inode = statSync(path).ino;
		expect(await run(['add', path, 'more'], {environment: {SNAP: '/snap/node/1'}})).toEqual(['open', 'more-0']);
		expect(statSync(path).ino).not.toBe(inode);
	});
});

describe('something in the way of a save', () => {
	const backups = ['backups', ''] as const;
	const lock = ['.vault.json.lock', 'While no other program uses the vault, '] as const;
	it.each([
		[
			'a folder for its lock',
			...lock,
			(path: string) => {
				mkdirSync(path);
			},
		],
		[
			'a FIFO for its lock',
			...lock,
			(path: string) => {
				execFileSync('mkfifo', [path]);
			},
		],
		[
			'a lock that holds something',
			...lock,
			(path: string) => {
				writeFileSync(path, 'x'.repeat(200));
			},
		],
		[
			'a file for its backups',
			...backups,
			(path: string) => {
				writeFileSync(path, '');
			},
		],
		[
			'a FIFO for its backups',
			...backups,
			(path: string) => {
				execFileSync('mkfifo', [path]);
			},
		],
		[
			'a link that leads nowhere for its backups',
			...backups,
			(path: string) => {
				symlinkSync('/nowhere/at/all', path);
			},
		],
	])('%s: is named, with what to do about it', async (_, name, first, put) => {
		const {vault, path} = await newVault();
		const [way, before] = [join(dirname(path), name), hash(path)];
		rmSync(way, {recursive: true, force: true});
		put(way);
		const {code, message, hint} = await failureOf(vault.change(adding('lost')));
		expect({code, message, hint}).toMatchObject({
			code: 'not-saved',
			message: expect.not.stringMatching(/\bE[A-Z]{3,}\b/),
			hint: expect.stringContaining(way),
		});
		expect(hint).toMatch(new RegExp(`^${first}`));
		expect(hash(path)).toBe(before);
		rmSync(way, {recursive: true});
		await vault.change(adding('after'));
		expect(await idsIn(path)).toEqual(['after']);
	});
});

describe('a limit on the size of files (ulimit -f)', () => {
	it.each([
		['refuses it', 'trap "" XFSZ; '],
		['would end the program', ''],
	])('that %s: the earlier vault is kept, and that is said', async (_, trap) => {
		const {vault, path} = await newVault();
		await vault.change(adding('before'));
		const before = hash(path);
		// 4 KiB, where a vault has more than 6.
		const [, answer] = await run(['add', path, 'lost'], {under: ['sh', '-c', `${trap}ulimit -f 8; exec "$@"`, 'sh']});
		expect(JSON.parse(answer!)).toMatchObject({
			code: 'not-saved',
			message: expect.stringMatching(/may be full|larger than allowed/),
		});
		expect(hash(path)).toBe(before);
		await vault.change(adding('after'));
		expect(await idsIn(path)).toEqual(['before', 'after']);
	});
});
