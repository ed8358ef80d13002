import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {hasTmux, program, type Terminal} from './program.ts';
import {cooked, raw, test} from './prompt.ts';
import {passphrase} from './vaults.ts';

const hasBash = spawnSync('bash', ['-c', ':']).status === 0;

describe.skipIf(!hasTmux || !hasBash).concurrent('a prompt that is suspended (needs tmux and bash)', () => {
	/** An interactive shell with a history, in which the program has stopped at a prompt. */
	async function stopped(
		terminal: Terminal,
		words: readonly string[],
		question: string,
		stop: () => void,
	): Promise<void> {
		terminal.type('exec env HISTFILE=$HOME/history bash --norc --noprofile -i');
		terminal.press('Enter');
		await terminal.see('bash-');
		terminal.type(`${process.execPath} ${program} ${words.join(' ')}`);
		terminal.press('Enter');
		await terminal.see(question);
		stop();
		await terminal.see('Stopped');
	}

	async function answered(terminal: Terminal, answer: string, wanted: string | RegExp): Promise<void> {
		terminal.type(`${answer}\r`);
		await terminal.see(wanted);
		terminal.clear();
		terminal.type('history -w; history; stty -a; echo $?-told\r');
		expect(await terminal.see(/^\d-told/m)).toMatch(cooked);
		expect(fs.readFileSync(terminal.home.file('history'), 'utf8')).toContain(program);
		expect(fs.readFileSync(terminal.home.file('history'), 'utf8')).not.toContain('canary');
		expect(terminal.history()).not.toContain('canary');
	}

	const ways: readonly (readonly [string, (terminal: Terminal) => void])[] = [
		[
			'Ctrl+Z',
			(terminal: Terminal) => {
				terminal.press('C-z');
			},
		],
		[
			'SIGTSTP from outside',
			(terminal: Terminal) => {
				process.kill(terminal.programId(), 'SIGTSTP');
			},
		],
		[
			'SIGSTOP from outside',
			(terminal: Terminal) => {
				process.kill(terminal.programId(), 'SIGSTOP');
			},
		],
	];

	test.for(ways)(
		'with %s leaves the shell its terminal, asks again after fg, and never shows the passphrase',
		async ([, stop], {terminal}) => {
			await stopped(terminal, ['list'], 'Passphrase or recovery key:', () => {
				stop(terminal);
			});
			terminal.clear();
			terminal.type('stty -a; echo $?-told\r');
			expect(await terminal.see(/^\d-told/m)).toMatch(cooked);
			terminal.clear();
			terminal.type('fg\r');
			await terminal.see('Passphrase or recovery key:');
			await raw(terminal);
			await answered(terminal, passphrase, /no keys|NAME/i);
		},
	);

	test('again and again, with half an answer typed before, is answered in the end', async ({terminal}) => {
		await stopped(terminal, ['list'], 'Passphrase or recovery key:', () => {
			terminal.type('canary');
			terminal.press('C-z');
		});
		for (let times = 0; times < 2; times++) {
			terminal.clear();
			terminal.type('fg\r');
			await terminal.see('Passphrase or recovery key:');
			await raw(terminal);
			terminal.press('C-z');
			await terminal.see('Stopped');
		}

		terminal.clear();
		terminal.type('fg\r');
		await terminal.see('Passphrase or recovery key:');
		await raw(terminal);
		await answered(terminal, passphrase, /no keys|NAME/i);
	});

	test('while the vault is being opened gives the shell its terminal, and does not echo what follows fg', async ({
		terminal,
	}) => {
		await stopped(terminal, ['rekey', '--new-passphrase'], 'Passphrase or recovery key:', () => {
			// All in one piece, as over a slow connection.
			terminal.type(`${passphrase}\r\u001A`);
		});
		terminal.clear();
		terminal.type('stty -a; echo $?-told\r');
		expect(await terminal.see(/^\d-told/m)).toMatch(cooked);
		terminal.clear();
		terminal.type('fg\r');
		await terminal.see('New passphrase:');
		await raw(terminal);
		await answered(terminal, String.fromCharCode(3), 'Stopped; nothing was changed.');
	});

	test('at a question whose answer is shown is asked again, and takes its answer', async ({sandbox, openTerminal}) => {
		const terminal = openTerminal({columns: 120});
		await stopped(terminal, ['revoke', 'main', ...sandbox.opened], 'Type its name to go on:', () => {
			terminal.press('C-z');
		});
		terminal.clear();
		terminal.type('fg\r');
		await terminal.see('Type its name to go on:');
		await raw(terminal);
		await answered(terminal, 'main', 'main is deleted');
	});
});
