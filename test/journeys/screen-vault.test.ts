import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {hasTmux, run, type Terminal} from './program.ts';
import {list, openList, takeLetters, unlock} from './screen.ts';
import type {TestVault} from './vaults.ts';

const hasSshAgent = spawnSync('ssh-agent', ['-k']).error === undefined;

/** Opens the form of the first key and types something after its description. */
async function editDescription(terminal: Terminal, name: string, typed: string): Promise<void> {
	await terminal.see(new RegExp(`› ${name} `));
	terminal.press('e');
	await terminal.see('› Name');
	terminal.press('Tab');
	terminal.type(typed);
	await terminal.see(typed);
	terminal.press('PageDown');
	await terminal.see(`+ ${typed}`);
}

const descriptionOf = async (vault: TestVault, name: string) =>
	(await vault.json<{readonly description: string}>('show', name)).description;

describe.skipIf(!hasTmux).concurrent('a command beside the open screen', () => {
	test('adds, edits, takes away keys and ways in, and the list follows', async ({sandbox, openTerminal}) => {
		const terminal = await openList(sandbox, openTerminal);
		await sandbox.done('create', 'other');
		await terminal.see(/other +R--/);
		await sandbox.done('edit', 'other', '--name', 'renamed');
		await terminal.see(/renamed +R--/);
		await sandbox.done('remove', 'renamed', '--yes');
		await terminal.seeNot('renamed');
		const slots = await sandbox.json<readonly {readonly id: string; readonly type: string}[]>('slots');
		expect(await sandbox.own('remove-slot', slots.find(({type}) => type === 'recovery')!.id, '--yes')).toMatchObject({
			status: 0,
		});
		await sandbox.done('create', 'last');
		await terminal.see(/last +R--/);
		expect(terminal.screen()).not.toContain('READ-ONLY');
	});

	test('edits the key that is being edited here: the save is refused, what was typed stays, and can be saved', async ({
		sandbox,
		openTerminal,
	}) => {
		await sandbox.done('create', 'bot1');
		const terminal = await openList(sandbox, openTerminal);
		await editDescription(terminal, 'bot1', 'typed here');
		await sandbox.done('edit', 'bot1', '--description', 'written there');
		terminal.press('y');
		await terminal.see('bot1 was changed by another program meanwhile: description.');
		await terminal.see('typed here');
		expect(await descriptionOf(sandbox, 'bot1')).toBe('written there');
		terminal.press('PageDown');
		await terminal.see('- written there');
		terminal.press('y');
		await terminal.see('bot1 is changed in this vault.');
		expect(await descriptionOf(sandbox, 'bot1')).toBe('typed here');
	});

	test('edits another key: both changes survive', async ({sandbox, openTerminal}) => {
		await sandbox.done('create', 'bot1');
		await sandbox.done('create', 'bot2');
		const terminal = await openList(sandbox, openTerminal);
		await editDescription(terminal, 'bot1', 'typed here');
		await sandbox.done('edit', 'bot2', '--description', 'written there');
		terminal.press('y');
		await terminal.see('bot1 is changed in this vault.');
		expect([await descriptionOf(sandbox, 'bot1'), await descriptionOf(sandbox, 'bot2')]).toEqual([
			'typed here',
			'written there',
		]);
	});

	test('gives a new passphrase, and the screen goes on; gives a new key, and the screen locks and says why', async ({
		home,
		sandbox,
		openTerminal,
	}) => {
		const terminal = await openList(sandbox, openTerminal);
		const changed = home.passphraseFile('another passphrase', 'changed');
		expect(await sandbox.byPassphrase('passwd', '--new-passphrase-file', changed)).toMatchObject({status: 0});
		await sandbox.done('create', 'bot1');
		await terminal.see(/bot1 +R--/);
		expect(await sandbox.plain('rekey', '--yes', '--passphrase-file', changed)).toMatchObject({status: 0});
		await terminal.see('Locked:');
		await terminal.see(/was given\s+a\s+new\s+key/);
		await unlock(terminal, 'another passphrase');
		await terminal.see(/bot1 +R--/);
	});
});

describe.skipIf(!hasTmux).concurrent('a vault in trouble', () => {
	test('that is damaged is brought back from the screen, and the damaged file is kept', async ({
		sandbox,
		openTerminal,
	}) => {
		await sandbox.done('create', 'bot1');
		const damaged = sandbox.bytes().subarray(0, -100);
		fs.writeFileSync(sandbox.path, damaged);
		expect(await sandbox.run('list')).toMatchObject({status: 12});
		const terminal = openTerminal();
		terminal.start('--sandbox');
		await unlock(terminal, sandbox.recoveryKey);
		await terminal.see('Restore this earlier save?');
		terminal.press('y');
		await terminal.see(list);
		await terminal.see('The former vault is kept:');
		expect(fs.readFileSync(`${sandbox.path}.set-aside-1`).equals(damaged)).toBe(true);
		await sandbox.done('verify');
	});

	test('that was set back is opened only when that is wanted', async ({sandbox, openTerminal}) => {
		const before = sandbox.bytes();
		await sandbox.done('create', 'bot1');
		fs.writeFileSync(sandbox.path, before);
		const terminal = openTerminal();
		terminal.start('--sandbox');
		await unlock(terminal, sandbox.recoveryKey);
		await terminal.see('This is an older copy of your vault');
		terminal.press('Enter');
		await unlock(terminal, sandbox.recoveryKey);
		await terminal.see('This is an older copy of your vault');
		terminal.press('y');
		await terminal.see('This older copy is your vault now.');
		await sandbox.done('list');
	});

	test('that is not there is offered back before a new one is made', async ({sandbox, openTerminal}) => {
		await sandbox.done('create', 'bot1');
		fs.unlinkSync(sandbox.path);
		const terminal = openTerminal();
		terminal.start('--sandbox');
		await terminal.see('The vault is not there');
		await terminal.see('Ctrl+N make a new vault');
		await unlock(terminal, sandbox.recoveryKey);
		await terminal.see('There now   nothing');
		terminal.press('y');
		await terminal.see(list);
		expect(fs.existsSync(sandbox.path)).toBe(true);
	});

	test('while it is open is told, stays readable, and goes on when the file is back', async ({
		sandbox,
		openTerminal,
	}) => {
		const terminal = await openList(sandbox, openTerminal);
		fs.renameSync(sandbox.path, `${sandbox.path}.away`);
		await terminal.see(/has\s+disappeared\s+since/);
		await terminal.see('READ-ONLY');
		terminal.press('n');
		await terminal.see('Nothing can be changed now.');
		fs.renameSync(`${sandbox.path}.away`, sandbox.path);
		await terminal.see('The vault is back');
		terminal.press('n');
		await terminal.see('step 1 of 6');
	});
});

describe.skipIf(!hasTmux).concurrent('without typing', () => {
	async function lock(terminal: Terminal): Promise<void> {
		await takeLetters(terminal);
		terminal.press('L');
		await terminal.see('Enter ask the agent');
	}

	test('the agent opens the screen; after a lock it is asked only by Enter', async ({home, sandbox, openTerminal}) => {
		await sandbox.done('agent');
		try {
			const terminal = openTerminal();
			terminal.start('--sandbox');
			await terminal.see('Opened with the key that the agent keeps.');
			await lock(terminal);
			terminal.press('Enter');
			await terminal.see(list);
			expect(await run(home, ['agent', 'lock'])).toMatchObject({status: 0});
			await lock(terminal);
			terminal.press('Enter');
			await terminal.see('No agent has the key of this vault.');
			await unlock(terminal, sandbox.recoveryKey);
			await terminal.see(list);
		} finally {
			await run(home, ['agent', 'lock']);
		}
	});

	test('a key file opens the screen', async ({sandbox, openTerminal}) => {
		const terminal = openTerminal();
		terminal.start('--sandbox', '--key-file', sandbox.keyFile);
		await terminal.see(list);
	});

	test.skipIf(!hasSshAgent)(
		'the ssh-agent opens the screen while it has the key, and is no obstacle when it has not',
		async ({home, sandbox, openTerminal}) => {
			const socket = home.file('ssh.sock');
			const pid = /SSH_AGENT_PID=(\d+)/.exec(execFileSync('ssh-agent', ['-s', '-a', socket], {encoding: 'utf8'}))![1]!;
			const environment = {SSH_AUTH_SOCK: socket};
			const ssh = {env: {...home.environment, ...environment}, stdio: 'ignore'} as const;
			try {
				execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', home.file('id')], ssh);
				execFileSync('ssh-add', [home.file('id')], ssh);
				expect(
					await run(home, ['add-slot', 'ssh-agent', '--sandbox', '--passphrase-file', sandbox.recoveryFile], {
						environment,
					}),
				).toMatchObject({status: 0});
				const terminal = openTerminal({environment});
				terminal.start('--sandbox');
				await terminal.see('Opened with your SSH key.');
				execFileSync('ssh-add', ['-D'], ssh);
				await lock(terminal);
				terminal.press('Enter');
				await terminal.see('The ssh-agent has no keys');
				await unlock(terminal, sandbox.recoveryKey);
				await terminal.see(list);
			} finally {
				process.kill(Number(pid));
			}
		},
	);
});
