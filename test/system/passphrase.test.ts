import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {fromDescriptor, fromFile} from '../../source/system/user-files/passphrase.ts';

let folder: string;
beforeEach(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-'));
});
afterEach(() => {
	fs.rmSync(folder, {recursive: true});
});

const uid = process.getuid!();

function file(content: string | Buffer, mode = 0o600): string {
	const name = path.join(folder, 'passphrase');
	fs.writeFileSync(name, content, {mode});
	fs.chmodSync(name, mode);
	return name;
}

describe('a passphrase file', () => {
	test.each([
		['one line', 'two words\n'],
		['no newline at its end', 'two words'],
		['Windows line ends', 'two words\r\nmore\r\n'],
	])('with %s gives its first line', (_, content) => {
		expect(fromFile(file(content), uid).reveal()).toBe('two words');
	});

	test.each<[string, Buffer]>([
		['a byte-order mark', Buffer.from('\u{FEFF}two wörds\r\n')],
		['UTF-16, as PowerShell writes it', Buffer.from('\u{FEFF}two wörds\r\n', 'utf16le')],
		['UTF-16 the other way round', Buffer.from('\u{FEFF}two wörds\r\n', 'utf16le').swap16()],
		['UTF-16 without its mark', Buffer.from('two wörds\r\n', 'utf16le')],
	])('bom-in-passphrase: in %s gives the same as in plain UTF-8', (_, bytes) => {
		expect(fromFile(file(bytes), uid).reveal()).toBe('two wörds');
	});

	test('replaced-byte: that is not UTF-8 is named as that, and never used with other letters for it', async () => {
		expect(() => fromFile(file(Buffer.from('two wörds\n', 'latin1')), uid)).toThrow(/is not UTF-8 text/);
		const descriptor = fs.openSync(file(Buffer.from('two wörds\n', 'latin1')), 'r');
		await expect(fromDescriptor(String(descriptor))).rejects.toThrow(
			`What file descriptor ${descriptor} gave is not UTF-8 text.`,
		);
		fs.closeSync(descriptor);
	});

	test.each([0o644, 0o640, 0o604, 0o660])('that others can read is refused (mode %o)', mode => {
		expect(() => fromFile(file('canary', mode), uid)).toThrow(/can be read by others/);
	});

	test('is named in the command that closes it as a shell takes it', () => {
		const name = path.join(folder, 'two words');
		fs.writeFileSync(name, 'canary', {mode: 0o644});
		expect(() => fromFile(name, uid)).toThrow(
			expect.objectContaining({hint: expect.stringContaining(`chmod 600 '${name}',`) as string}) as Error,
		);
	});

	test('that others can read is named as the shell knows it, and not by a descriptor of this process', () => {
		const name = file('canary', 0o644);
		const descriptor = fs.openSync(name, 'r');
		try {
			expect(() => fromFile(`/dev/fd/${descriptor}`, uid)).toThrow(
				expect.objectContaining({
					hint:
						process.platform === 'linux'
							? `Close it with chmod 600 ${name}, and think of a new passphrase.`
							: 'Close the file itself with chmod 600, and think of a new passphrase.',
				}) as Error,
			);
		} finally {
			fs.closeSync(descriptor);
		}
	});

	test.skipIf(process.platform !== 'linux')('that has no name any more is to be closed itself', () => {
		const name = file('canary', 0o644);
		const descriptor = fs.openSync(name, 'r');
		fs.rmSync(name);
		try {
			expect(() => fromFile(`/dev/fd/${descriptor}`, uid)).toThrow(
				expect.objectContaining({
					hint: expect.stringMatching(/^Close the file itself with chmod 600,/) as string,
				}) as Error,
			);
		} finally {
			fs.closeSync(descriptor);
		}
	});

	test('of another user is refused', () => {
		const name = file('canary');
		// Root's own files are trusted by every user, so as root the file must become another's.
		if (uid === 0) fs.chownSync(name, 12_345, 0);
		expect(() => fromFile(name, uid + 1)).toThrow(/belongs to another user/);
	});

	test('that is missing, a folder, a FIFO or empty is refused by name', () => {
		const fifo = path.join(folder, 'fifo');
		execFileSync('mkfifo', [fifo]);
		expect(() => fromFile(path.join(folder, 'none'), uid)).toThrow(/^There is no passphrase file .*none\.$/);
		expect(() => fromFile(folder, uid)).toThrow(/is not a file/);
		expect(() => fromFile(fifo, uid)).toThrow(/is not a file/);
		expect(() => fromFile(file('\n'), uid)).toThrow(/empty first line/);
	});

	test('whose refusal names it never shows what is in it', () => {
		expect.assertions(1);
		try {
			fromFile(file('canary', 0o644), uid);
		} catch (error) {
			expect(JSON.stringify(error) + String(error)).not.toContain('canary');
		}
	});
});

describe('a file descriptor', () => {
	test('gives the first line of what is behind it', async () => {
		const descriptor = fs.openSync(file('two words\nmore'), 'r');
		expect((await fromDescriptor(String(descriptor))).reveal()).toBe('two words');
		fs.closeSync(descriptor);
	});

	test('that is a pipe is waited for, in pieces and at length, and leaves the event loop free', async () => {
		const fifo = path.join(folder, 'fifo');
		execFileSync('mkfifo', [fifo]);
		const reader = fs.openSync(fifo, fs.constants.O_RDWR);
		const writer = fs.openSync(fifo, 'w');
		const read = vi.spyOn(fs, 'readSync');
		onTestFinished(() => {
			read.mockRestore();
		});
		const passphrase = fromDescriptor(String(reader));
		fs.writeSync(writer, 'two ');
		await expect.poll(() => read.mock.results.map(({value}) => value)).toContain('two '.length);
		fs.writeSync(writer, 'words\nmore');
		fs.closeSync(writer);
		fs.closeSync(reader);
		expect((await passphrase).reveal()).toBe('two words');
	});

	test.each(['987', '-1', 'three', ''])('%j that is none is refused', async given => {
		await expect(fromDescriptor(given)).rejects.toThrow(/file descriptor/i);
	});
});
