import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {machineHere} from '../../source/system/machine.ts';
import {readProcessState} from '../../source/system/process-state.ts';
import {lockOf, takeLock} from '../../source/files/lock.ts';
import {world} from '../helpers/world.ts';

const here = machineHere(readProcessState());
const isLinux = process.platform === 'linux';

function folder(): string {
	const made = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-machine-'));
	onTestFinished(() => {
		fs.rmSync(made, {recursive: true});
	});
	return made;
}

test('the guards that commands have judge a vault, its folder and its earlier saves', async () => {
	const {context} = await world();
	const {path: file} = context.vault;
	await context.vault.change(content => ({...content, sandbox: {}}));
	expect([here.vaultFile(file), here.vaultFolder(file)]).toEqual(['fine', 'fine']);
	expect(here.backupsOf(file).map(backup => here.vaultFile(backup))).toEqual(['fine']);
	fs.chmodSync(here.backupsOf(file)[0]!, 0o644);
	expect(here.vaultFile(here.backupsOf(file)[0]!)).toMatchObject({code: 'vault-unsafe'});
	fs.chmodSync(path.dirname(file), 0o777);
	expect(here.vaultFolder(file)).toMatchObject({code: 'vault-unsafe'});
	const none = path.join(path.dirname(file), 'none/vault.json');
	expect([here.vaultFile(none), here.vaultFolder(none), here.backupsOf(none)]).toEqual(['missing', 'missing', []]);
});

test('files that open a vault are judged without a word of what is in them', () => {
	const file = path.join(folder(), 'passphrase');
	fs.writeFileSync(file, 'canary of a passphrase\n', {mode: 0o600});
	expect([here.passphraseFile(file), here.keyFile(file)]).toEqual(['fine', 'fine']);
	fs.chmodSync(file, 0o644);
	expect(here.passphraseFile(file)).toMatchObject({code: 'passphrase-file'});
	expect(here.keyFile(file)).toMatchObject({code: 'key-file'});
	expect(here.keyFile(`${file}.none`)).toMatchObject({code: 'no-such-file'});
	expect(JSON.stringify([here.passphraseFile(file), here.keyFile(file)])).not.toContain('canary');
});

describe('the lock of a vault', () => {
	test('is free where no program has taken it, and none is made', async () => {
		const vault = path.join(folder(), 'vault.json');
		expect(await here.lockHolder(vault)).toBeUndefined();
		expect(fs.existsSync(lockOf(vault))).toBe(false);
		(await takeLock(lockOf(vault), 0))!();
		expect(await here.lockHolder(vault)).toBeUndefined();
	});

	test.skipIf(!isLinux)('is of the process that holds it', async () => {
		const vault = path.join(folder(), 'vault.json');
		const release = await takeLock(lockOf(vault), 0);
		expect(await here.lockHolder(vault)).toMatchObject({pid: process.pid, name: expect.any(String) as string});
		release!();
		expect(await here.lockHolder(vault)).toBeUndefined();
	});
});

test('the work of a passphrase is measured', async () => {
	expect(await here.timeOf({m: 19 * 1024, t: 2, p: 1})).toBeGreaterThan(0);
	expect(await here.timeOf({m: 2 ** 40, t: 2, p: 1})).toBeUndefined();
});

test('a file that cannot be read is told with its reason', () => {
	const file = path.join(folder(), 'ca.pem');
	expect(here.unreadable(file)).toBe('there is no such file or folder');
	fs.writeFileSync(file, '');
	expect(here.unreadable(file)).toBeUndefined();
	expect(here.unreadable(path.dirname(file))).toBeDefined();
});

test.skipIf(spawnSync('tmux', ['-V']).status !== 0)('tmux is asked, and nothing where it does not answer', async () => {
	expect(await here.tmux('-V')).toMatch(/^tmux /);
	expect(await here.tmux('-S', path.join(folder(), 'none'), 'show-options')).toBeUndefined();
});

test('an address stays one, and has no name of the other family', async () => {
	expect(await here.addresses('127.0.0.1', 4)).toEqual(['127.0.0.1']);
	expect(await here.addresses('127.0.0.1', 6)).toEqual([]);
});
