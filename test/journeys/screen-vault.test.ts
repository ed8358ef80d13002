import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {hasTmux, Home, run, Terminal, type Run} from './program.ts';

const passphrase = 'correct horse battery';
const hasSshAgent = spawnSync('ssh-agent', ['-k']).error === undefined;

let home: Home;
let terminal: Terminal;
let file: string;
let vault: string;
beforeEach(async () => {
	home = new Home();
	file = home.passphraseFile(passphrase);
	vault = home.file('.config/okx-keys/sandbox.json');
	expect(await sandbox('init')).toMatchObject({status: 0});
});
afterEach(() => {
	terminal.close();
	home.remove();
});

/** A command in a shell beside the screen. */
async function sandbox(...words: readonly string[]): Promise<Run> {
	return run(home, [...words, '--sandbox', '--passphrase-file', file]);
}

async function done(...words: readonly string[]): Promise<Run> {
	const ran = await sandbox(...words);
	expect(ran, ran.err).toMatchObject({status: 0});
	return ran;
}

function open(...words: readonly string[]): void {
	terminal = new Terminal(home);
	terminal.start('--sandbox', ...words);
}

async function type(typed = passphrase): Promise<void> {
	await terminal.see('› Passphrase');
	terminal.type(typed);
	terminal.press('Enter');
}

async function opened(): Promise<void> {
	open();
	await type();
	await terminal.see(/main +RT-/);
}

/** Opens the form of the first key and types something after its description. */
async function editDescription(name: string, typed: string): Promise<void> {
	await terminal.see(new RegExp(`› ${name} `));
	terminal.press('e');
	await terminal.see('› Name');
	terminal.press('Tab');
	terminal.type(typed);
	await terminal.see(typed);
	terminal.press('PageDown');
	await terminal.see(`+ ${typed}`);
}

async function descriptionOf(name: string): Promise<string> {
	return (JSON.parse((await done('show', name, '--json')).out) as {readonly description: string}).description;
}

describe.skipIf(!hasTmux)('a command beside the open screen', () => {
	test('adds, edits, takes away keys and ways in, and the list follows', async () => {
		await opened();
		await done('create', 'other');
		await terminal.see(/other +R--/);
		await done('edit', 'other', '--name', 'renamed');
		await terminal.see(/renamed +R--/);
		await done('remove', 'renamed', '--yes');
		await terminal.seeNot('renamed');
		const slots = JSON.parse((await done('slots', '--json')).out) as readonly {
			readonly id: string;
			readonly type: string;
		}[];
		await done('remove-slot', slots.find(({type}) => type === 'recovery')!.id, '--yes');
		await done('create', 'last');
		await terminal.see(/last +R--/);
		expect(terminal.screen()).not.toContain('READ-ONLY');
	});

	test('edits the key that is being edited here: the save is refused with what was typed kept, and can then be made', async () => {
		await done('create', 'bot1');
		await opened();
		await editDescription('bot1', 'typed here');
		await done('edit', 'bot1', '--description', 'written there');
		terminal.press('y');
		await terminal.see('bot1 was changed by another program meanwhile: description.');
		await terminal.see('typed here');
		expect(await descriptionOf('bot1')).toBe('written there');
		terminal.press('PageDown');
		await terminal.see('- written there');
		terminal.press('y');
		await terminal.see('bot1 is changed in this vault.');
		expect(await descriptionOf('bot1')).toBe('typed here');
	});

	test('edits another key: both changes survive', async () => {
		await done('create', 'bot1');
		await done('create', 'bot2');
		await opened();
		await editDescription('bot1', 'typed here');
		await done('edit', 'bot2', '--description', 'written there');
		terminal.press('y');
		await terminal.see('bot1 is changed in this vault.');
		expect([await descriptionOf('bot1'), await descriptionOf('bot2')]).toEqual(['typed here', 'written there']);
	});

	test('gives a new passphrase, and the screen goes on; gives a new key, and the screen locks and says why', async () => {
		await opened();
		const changed = home.passphraseFile('another passphrase', 'changed');
		await done('passwd', '--new-passphrase-file', changed);
		file = changed;
		await done('create', 'bot1');
		await terminal.see(/bot1 +R--/);
		await done('rekey', '--yes');
		await terminal.see('Locked:');
		await terminal.see(/has been given\s+a new key/);
		await type('another passphrase');
		await terminal.see(/bot1 +R--/);
	});
});

describe.skipIf(!hasTmux)('a vault in trouble', () => {
	test('that is damaged is brought back from the screen, and the damaged file is kept', async () => {
		await done('create', 'bot1');
		const damaged = fs.readFileSync(vault).subarray(0, -100);
		fs.writeFileSync(vault, damaged);
		expect(await sandbox('list')).toMatchObject({status: 12});
		open();
		await type();
		await terminal.see('Restore this earlier save?');
		terminal.press('y');
		await terminal.see(/main +RT-/);
		await terminal.see('What was there is kept:');
		expect(fs.readFileSync(`${vault}.set-aside-1`).equals(damaged)).toBe(true);
		await done('verify');
	});

	test('that somebody has set back is opened only when that is wanted', async () => {
		const before = fs.readFileSync(vault);
		await done('create', 'bot1');
		fs.writeFileSync(vault, before);
		open();
		await type();
		await terminal.see('This is an older copy of your vault');
		terminal.press('Enter');
		await type();
		await terminal.see('This is an older copy of your vault');
		terminal.press('y');
		await terminal.see('This older copy is your vault now.');
		await done('list');
	});

	test('that is not there is offered back before a new one is made', async () => {
		await done('create', 'bot1');
		fs.unlinkSync(vault);
		open();
		await terminal.see('The vault is not there');
		await terminal.see('Ctrl+N make a new vault');
		await type();
		await terminal.see('There now   nothing');
		terminal.press('y');
		await terminal.see(/main +RT-/);
		expect(fs.existsSync(vault)).toBe(true);
	});

	test('while it is open is told, stays readable, and goes on when the file is back', async () => {
		await opened();
		fs.renameSync(vault, `${vault}.away`);
		await terminal.see(/has\s+disappeared\s+since/);
		await terminal.see('READ-ONLY');
		terminal.press('n');
		await terminal.see('Nothing can be changed now.');
		fs.renameSync(`${vault}.away`, vault);
		await terminal.see('The vault is back');
		terminal.press('n');
		await terminal.see('step 1 of 6');
	});
});

describe.skipIf(!hasTmux)('without typing', () => {
	async function lock(): Promise<void> {
		// Until then, letters may be those of a passphrase.
		await delay(1500);
		terminal.press('L');
		await terminal.see('Enter ask the agent');
	}

	test('the agent opens the screen; after a lock it is asked only by Enter', async () => {
		await done('agent');
		try {
			open();
			await terminal.see('Opened with the key that the agent keeps.');
			await lock();
			terminal.press('Enter');
			await terminal.see(/main +RT-/);
			expect(await run(home, ['agent', 'lock'])).toMatchObject({status: 0});
			await lock();
			terminal.press('Enter');
			await terminal.see('No agent has the key of this vault.');
			await type();
			await terminal.see(/main +RT-/);
		} finally {
			await run(home, ['agent', 'lock']);
		}
	});

	test('a key file opens the screen', async () => {
		const keyFile = home.file('cron.key');
		await done('add-slot', 'key-file', '--file', keyFile);
		open('--key-file', keyFile);
		await terminal.see(/main +RT-/);
	});

	test.skipIf(!hasSshAgent)(
		'the ssh-agent opens the screen while it has the key, and is no obstacle when it has not',
		async () => {
			const socket = home.file('ssh.sock');
			const pid = /SSH_AGENT_PID=(\d+)/.exec(execFileSync('ssh-agent', ['-s', '-a', socket], {encoding: 'utf8'}))![1]!;
			const environment = {SSH_AUTH_SOCK: socket};
			const ssh = {env: {...home.environment, ...environment}, stdio: 'ignore'} as const;
			try {
				execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', home.file('id')], ssh);
				execFileSync('ssh-add', [home.file('id')], ssh);
				expect(
					await run(home, ['add-slot', 'ssh-agent', '--sandbox', '--passphrase-file', file], {environment}),
				).toMatchObject({status: 0});
				terminal = new Terminal(home, {environment});
				terminal.start('--sandbox');
				await terminal.see('Opened with your SSH key.');
				execFileSync('ssh-add', ['-D'], ssh);
				await lock();
				terminal.press('Enter');
				await terminal.see('The ssh-agent has no keys');
				await type();
				await terminal.see(/main +RT-/);
			} finally {
				process.kill(Number(pid));
			}
		},
	);
});
