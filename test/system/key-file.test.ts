import {execFileSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {readKeyFile, writeKeyFile} from '../../source/system/user-files/key-file.ts';
import {parseKeyFile, printKeyFile} from '../../source/vault/slots/key-file.ts';
import {failureOf} from '../vault/world.ts';

let folder: string;
beforeEach(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-'));
});
afterEach(() => {
	fs.rmSync(folder, {recursive: true});
});

const uid = process.getuid!();
const isRoot = uid === 0;
/** A user that is neither root nor who runs the tests. */
const nobody = 65_534;

function file(mode: number, content = 'canary'): string {
	const name = path.join(folder, 'key');
	fs.writeFileSync(name, content);
	fs.chmodSync(name, mode);
	return name;
}

describe('a key file', () => {
	test('comes back as it was written, and is the owner’s alone under any umask', () => {
		const name = path.join(folder, 'key');
		const key = randomBytes(32);
		const before = process.umask(0);
		try {
			writeKeyFile(name, printKeyFile(key));
		} finally {
			process.umask(before);
		}

		expect(fs.statSync(name).mode & 0o777).toBe(0o600);
		expect(parseKeyFile(readKeyFile(name, uid)).equals(key)).toBe(true);
	});

	test('is written over nothing that is there, be it a file, a folder or a link that leads nowhere', async () => {
		const name = file(0o644, 'mine');
		const link = path.join(folder, 'link');
		fs.symlinkSync(path.join(folder, 'elsewhere'), link);
		for (const taken of [name, folder, link]) {
			expect(
				await failureOf(() => {
					writeKeyFile(taken, new Secret('canary'));
				}),
			).toMatchObject({code: 'file-exists', exit: 'usage'});
		}

		expect(fs.readFileSync(name, 'utf8')).toBe('mine');
		expect(fs.readdirSync(folder).toSorted()).toEqual(['key', 'link']);
	});

	test('that cannot be written leaves nothing behind', async () => {
		const failure = await failureOf(() => {
			writeKeyFile(path.join(folder, 'no', 'such'), new Secret('canary'));
		});
		expect(failure).toMatchObject({code: 'file-not-written'});
		expect(failure.message + JSON.stringify(failure)).not.toContain('canary');
		expect(fs.readdirSync(folder)).toEqual([]);
	});

	test.each([0o600, 0o400])('of its reader alone is read (mode %o)', mode => {
		expect(readKeyFile(file(mode), uid).reveal()).toBe('canary');
	});

	test.each([0o644, 0o640, 0o604, 0o660, 0o440])(
		'that others can read is refused, and says what to do about the slot (mode %o)',
		async mode => {
			const failure = await failureOf(() => readKeyFile(file(mode), uid));
			expect(failure).toMatchObject({code: 'key-file', exit: 'usage'});
			expect(failure.message).toContain('can be read by others');
			expect(failure.hint).toContain('remove the slot of this one');
			expect(failure.message + JSON.stringify(failure)).not.toContain('canary');
		},
	);

	test('of another user is refused', async () => {
		const name = file(0o600);
		// Root's own files are trusted by every user, so as root the file must become another's.
		if (isRoot) fs.chownSync(name, nobody, 0);
		expect((await failureOf(() => readKeyFile(name, uid + 1))).message).toContain('belongs to another user');
	});

	test('that is missing, a folder, a FIFO, a device or too long is refused by name', async () => {
		const fifo = path.join(folder, 'fifo');
		execFileSync('mkfifo', ['-m', '600', fifo]);
		for (const [name, says] of [
			[path.join(folder, 'none'), 'There is no key file '],
			[folder, 'is not a file'],
			[fifo, 'is not a file'],
			['/dev/zero', 'is not a file'],
			[file(0o600, 'x'.repeat(70_000)), 'is too long'],
		] as const) {
			const failure = await failureOf(() => readKeyFile(name, uid));
			expect(['key-file', 'no-such-file']).toContain(failure.code);
			expect(failure.message).toContain(says);
		}
	});
});

describe.skipIf(!isRoot)('a credential of systemd (as root, since only root can own one)', () => {
	test('is read by its service: owned by root and opened by an access list, or owned by the service', () => {
		expect(readKeyFile(file(0o400), nobody).reveal()).toBe('canary');
		fs.rmSync(path.join(folder, 'key'));
		expect(readKeyFile(file(0o440), nobody).reveal()).toBe('canary');
		fs.chownSync(path.join(folder, 'key'), nobody, nobody);
		fs.chmodSync(path.join(folder, 'key'), 0o400);
		expect(readKeyFile(path.join(folder, 'key'), nobody).reveal()).toBe('canary');
	});

	test.each([
		[0, nobody, 0o440],
		[nobody, 0, 0o440],
		[nobody, nobody, 0o440],
		[0, 0, 0o444],
		[0, 0, 0o640],
		[0, 0, 0o460],
	])('has no likeness that lets other users in (owner %i, group %i, mode %o)', async (owner, group, mode) => {
		const name = file(mode);
		fs.chownSync(name, owner, group);
		expect((await failureOf(() => readKeyFile(name, nobody))).message).toContain('can be read by others');
	});
});
