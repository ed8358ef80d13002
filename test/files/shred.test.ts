import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {copiesOf} from '../../source/files/copies.ts';
import {shredFile} from '../../source/files/shred.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
let folder: string;
const at = (name: string) => path.join(folder, name);

beforeEach(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-shred-'));
});
afterEach(() => {
	fs.rmSync(folder, {recursive: true, force: true});
});

describe('a file that is shredded', () => {
	test('is gone, and what an open descriptor still shows of it is noise of the same length', () => {
		const secret = 'CANARY'.repeat(30_000);
		fs.writeFileSync(at('a'), secret);
		const descriptor = fs.openSync(at('a'), 'r');
		expect(shredFile(at('a'), sha256(secret))).toBe(undefined);
		expect(fs.existsSync(at('a'))).toBe(false);
		const left = fs.readFileSync(descriptor);
		fs.closeSync(descriptor);
		expect(left.length).toBe(secret.length);
		expect(left.includes('CANARY')).toBe(false);
	});

	test('stays as it is where it holds something else, has a second name, or is a link', () => {
		fs.writeFileSync(at('a'), 'new');
		expect(shredFile(at('a'), sha256('old'))).toBe('changed');
		fs.symlinkSync('a', at('link'));
		expect(shredFile(at('link'), sha256('new'))).toBe('not-a-file');
		fs.linkSync(at('a'), at('b'));
		expect(shredFile(at('a'), sha256('new'))).toBe('linked');
		expect(fs.readFileSync(at('a'), 'utf8')).toBe('new');
		expect(() => shredFile(at('none'), '')).toThrow('ENOENT');
	});
});

describe('copies', () => {
	test('are what editors leave beside a file; without git there is no history', () => {
		for (const name of ['k.env', 'k.env~', 'k.env.bak', '.k.env.swp', '#k.env#', 'other.env'])
			fs.writeFileSync(at(name), '');
		expect(copiesOf(at('k.env'))).toEqual({
			files: ['k.env~', 'k.env.bak', '.k.env.swp', '#k.env#'].map(name => at(name)),
			isInGit: false,
		});
	});

	test('are in git where its index names the file, and no other', () => {
		fs.mkdirSync(at('.git'));
		fs.mkdirSync(at('bots'));
		fs.writeFileSync(at('.git/index'), 'DIRC....bots/k.env\0\0\0');
		expect(copiesOf(at('bots/k.env')).isInGit).toBe(true);
		expect(copiesOf(at('bots/k')).isInGit).toBe(false);
		fs.mkdirSync(at('tree'));
		fs.writeFileSync(at('tree/.git'), `gitdir: ${at('.git')}\n`);
		expect(copiesOf(at('tree/bots/k.env')).isInGit).toBe(true);
		fs.rmSync(at('.git/index'));
		execFileSync('mkfifo', [at('.git/index')]);
		expect(copiesOf(at('bots/k.env')).isInGit).toBe(false);
	});
});
