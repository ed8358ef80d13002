import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {readInput} from '../../source/system/user-files/files.ts';
import {failureOf} from '../vault/world.ts';

function newFolder(): string {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-input-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	return folder;
}

test('fifo-hangs: a pipe in a folder is not waited for, and the way to give it is told', async () => {
	const fifo = path.join(newFolder(), 'a fifo');
	execFileSync('mkfifo', [fifo]);
	expect(await failureOf(readInput(fifo, 100))).toMatchObject({
		code: 'file-unreadable',
		exit: 'usage',
		message: `${fifo} cannot be read (it is a pipe).`,
		hint: `Give it as standard input: - < '${fifo}'`,
	});
});

test.each(['/dev/zero', '/dev/null'])('endless: %s is refused as no file', async device => {
	expect(await failureOf(readInput(device, 100))).toMatchObject({
		message: `${device} cannot be read (it is a socket or a device).`,
	});
});

test('what is not there, a folder, and more than is wanted are said as that', async () => {
	const folder = newFolder();
	const file = path.join(folder, 'file');
	expect(await failureOf(readInput(file, 100))).toMatchObject({
		code: 'no-such-file',
		exit: 'usage',
		message: `There is no file ${file}.`,
		hint: 'Check its name.',
	});
	expect(await failureOf(readInput(folder, 100))).toMatchObject({
		message: `${folder} cannot be read (it is a folder).`,
	});
	fs.writeFileSync(file, 'x'.repeat(101));
	expect(await failureOf(readInput(file, 100))).toMatchObject({
		code: 'not-importable',
		message: expect.stringContaining('is longer than') as unknown,
	});
	expect((await readInput(file, 101)).toString()).toBe('x'.repeat(101));
	fs.symlinkSync('file', path.join(folder, 'link'));
	expect(await readInput(path.join(folder, 'link'), 101)).toHaveLength(101);
});
