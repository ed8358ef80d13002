import {chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {foreignFault, pathFault} from '../../source/files/permissions.ts';

/** The user who runs this. */
const folderOwner = (folder: string) => Number(lstatSync(folder, {bigint: true}).uid);

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'okx-keys-permissions-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	return folder;
}

/** What the system would say of a file or folder, were it another user's. */
function statsAs(path: string, uid: number) {
	return Object.assign(lstatSync(path, {bigint: true}), {uid: BigInt(uid)});
}

describe('a file of another user', () => {
	test('is told with the number of its owner and the command that makes it yours', () => {
		const file = join(newFolder(), "it's here");
		writeFileSync(file, '');
		expect(foreignFault(file, statsAs(file, 4711), 1000)).toEqual({
			path: file,
			problem: 'belongs to another user (number 4711)',
			fix: expect.stringMatching(/chown 1000 '.*it'\\''s here' if you trust it\.$/) as string,
		});
	});

	test('is no fault where it is yours, or where files have no owners', () => {
		const folder = newFolder();
		expect(foreignFault(folder, statsAs(folder, 1000), 1000)).toBe(undefined);
		expect(foreignFault(folder, statsAs(folder, 4711), undefined)).toBe(undefined);
	});
});

describe('what root left behind', () => {
	test('by sudo in a folder of yours is yours again by one command', () => {
		const folder = newFolder();
		// Root can make it another user's folder; for another user it is that already.
		const owner = folderOwner(folder) || 1000;
		if (folderOwner(folder) === 0) chownSync(folder, owner, owner);
		const inside = join(folder, 'backups');
		mkdirSync(inside);
		expect(foreignFault(inside, statsAs(inside, 0), owner)).toEqual({
			path: inside,
			problem: 'belongs to root',
			fix: `If sudo left it behind, make it yours with sudo chown -R ${owner} ${inside}.`,
		});
	});

	test('elsewhere is a place to stay away from', () => {
		expect(foreignFault('/etc/passwd', statsAs('/etc/passwd', 0), 1000)).toEqual({
			path: '/etc/passwd',
			problem: 'belongs to root',
			fix: 'Choose a place of your own.',
		});
	});
});

describe('a folder on the way', () => {
	test.each([
		[0o700, undefined],
		[0o755, undefined],
		[0o777, 'can be written by other users, who could exchange what is in it'],
		[0o1777, undefined],
	])('of mode %o is judged by who may write in it', (mode, problem) => {
		const folder = newFolder();
		const shared = join(folder, 'shared');
		const below = join(shared, 'below');
		mkdirSync(below, {recursive: true});
		chmodSync(shared, mode);
		const fault = pathFault(below, folderOwner(folder));
		expect([fault?.problem, fault?.path]).toEqual([problem, problem && shared]);
		if (problem) expect(fault?.fix).toBe(`Run chmod go-w ${shared}.`);
	});

	test('is judged where a link leads, and a circle of links ends', () => {
		const folder = newFolder();
		const shared = join(folder, 'shared');
		mkdirSync(join(shared, 'below'), {recursive: true});
		chmodSync(shared, 0o777);
		symlinkSync(join(shared, 'below'), join(folder, 'link'));
		expect(pathFault(join(folder, 'link'), folderOwner(folder))?.path).toBe(shared);
		symlinkSync('round', join(folder, 'round'));
		expect(() => pathFault(join(folder, 'round'), folderOwner(folder))).toThrow(/circle/);
	});
});
