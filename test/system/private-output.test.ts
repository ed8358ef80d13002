import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readExisting, replacePrivate, workTreeOf} from '../../source/system/user-files/private-output.ts';
import {failureOf} from '../vault/world.ts';

const isRoot = process.getuid!() === 0;
const hasGit = spawnSync('git', ['--version']).status === 0;
let folder: string;
beforeEach(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-'));
});
afterEach(() => {
	fs.rmSync(folder, {recursive: true});
});

const at = (name: string) => path.join(folder, name);
const bytes = Buffer.from('new');

describe('a private file', () => {
	test('is written with mode 0600 under any umask, new or in the place of another', () => {
		fs.writeFileSync(at('old'), 'old');
		fs.chmodSync(at('old'), 0o666);
		const before = process.umask(0);
		try {
			for (const name of ['old', 'new']) replacePrivate(at(name), bytes);
		} finally {
			process.umask(before);
		}

		for (const name of ['old', 'new'])
			expect([fs.readFileSync(at(name), 'utf8'), fs.statSync(at(name)).mode & 0o777]).toEqual(['new', 0o600]);
		expect(fs.readdirSync(folder).toSorted()).toEqual(['new', 'old']);
	});

	test.skipIf(!isRoot)('stays that of its owner where root replaces it', () => {
		fs.writeFileSync(at('bot.env'), 'old');
		fs.chownSync(at('bot.env'), 4321, 4322);
		replacePrivate(at('bot.env'), bytes);
		expect(fs.statSync(at('bot.env'))).toMatchObject({uid: 4321, gid: 4322});
	});

	test('credential-left-behind: takes away what a killed export of the same file has left, and nothing else', () => {
		const gone = spawnSync('true').pid;
		const others = ['.bot.env.tmp-mine', `.bot.env.tmp-${process.pid}-0a1b2c3d4e5f`, `.x.env.tmp-${gone}-0a1b2c3d4e5f`];
		for (const name of ['bot.env', ...others, `.bot.env.tmp-${gone}-0a1b2c3d4e5f`]) fs.writeFileSync(at(name), 'old');
		replacePrivate(at('bot.env'), bytes);
		expect(fs.readdirSync(folder).toSorted()).toEqual(['bot.env', ...others].toSorted());
		fs.writeFileSync(at(`.new.env.tmp-${gone}-0a1b2c3d4e5f`), 'old');
		replacePrivate(at('new.env'), bytes);
		expect(fs.readdirSync(folder).toSorted()).toEqual(['bot.env', 'new.env', ...others].toSorted());
	});

	test('that cannot be written leaves the old one and nothing else', async () => {
		fs.mkdirSync(at('taken'));
		fs.writeFileSync(at('taken/inside'), '');
		expect(
			await failureOf(() => {
				replacePrivate(at('taken'), bytes);
			}),
		).toMatchObject({code: 'file-not-written', message: expect.stringContaining(at('taken')) as string});
		expect(fs.readdirSync(folder)).toEqual(['taken']);
	});

	test.each([
		[
			'a symbolic link',
			() => {
				fs.symlinkSync('elsewhere', at('x'));
			},
			'it is a symbolic link',
		],
		[
			'a pipe',
			() => {
				execFileSync('mkfifo', [at('x')]);
			},
			'it is a pipe',
		],
		[
			'too long',
			() => {
				fs.writeFileSync(at('x'), 'x'.repeat(11));
			},
			'it is too long',
		],
		[
			'no text',
			() => {
				fs.writeFileSync(at('x'), Buffer.from([0x1f, 0x8b, 0]));
			},
			'it is compressed with gzip',
		],
	] as const)('is not read where it is %s', async (_, make, told) => {
		make();
		expect(await failureOf(() => readExisting(at('x'), 10))).toMatchObject({
			code: 'file-unreadable',
			message: expect.stringContaining(told) as string,
		});
	});

	test('that is not there holds nothing, and is refused where it has no folder', async () => {
		expect(readExisting(at('x'), 10)).toBeUndefined();
		expect(await failureOf(() => readExisting(at('.okx/config.toml'), 10))).toMatchObject({
			code: 'file-not-written',
			message: expect.stringContaining(`(there is no folder ${at('.okx')})`) as string,
			hint: `Make it with mkdir -p -m 700 ${at('.okx')}, or choose another place.`,
		});
	});
});

test.skipIf(!hasGit)('a work tree of git runs no program of its own when it is asked about a file', () => {
	execFileSync('git', ['init', '-q', folder]);
	const trap = at('trap');
	fs.writeFileSync(trap, `#!/bin/sh\ntouch '${at('sprung')}'\n`, {mode: 0o755});
	execFileSync('git', ['-C', folder, 'config', 'core.fsmonitor', trap]);
	expect(workTreeOf(at('.env'))).toBe(folder);
	expect(fs.existsSync(at('sprung'))).toBe(false);
});
