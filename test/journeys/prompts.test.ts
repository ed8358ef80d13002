import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {fakeAgent, missing} from '../ssh-agent/world.ts';
import {hasTmux, Home, program, run, Terminal, type Run} from './program.ts';

const passphrase = 'canary of a vault';
const credential = {
	apiKey: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
	secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
	passphrase: 'Correct-Horse9!',
};
const esc = '\u001B';
const hasBash = spawnSync('bash', ['-c', ':']).status === 0;

let home: Home;
let file: string;
let terminal: Terminal;

async function own(...words: readonly string[]): Promise<Run> {
	return run(home, [...words, '--passphrase-file', file]);
}

/** What the terminal does with what is typed, as stty tells it. */
async function modes(): Promise<string> {
	terminal.type('clear; stty -a; echo $?-told\r');
	return terminal.see(/^\d-told/m);
}

const cooked = /(?=[^]*(?<!-)\bisig\b)(?=[^]*(?<!-)\bicanon\b)(?=[^]*(?<!-)\becho\b)/;
const isRaw = () => execFileSync('stty', ['-a', '-F', terminal.tty()], {encoding: 'utf8'}).includes('-icanon');

/** Waits until the program, and not the shell, has the terminal. */
async function raw(): Promise<void> {
	for (const end = Date.now() + 20_000; !isRaw(); await delay(20))
		if (Date.now() > end) throw new Error(`Never raw:\n${terminal.screen()}`);
}

/** Starts a command in a shell that says each exit status. */
function start(...words: readonly string[]): void {
	terminal.type(`PS1='status=$? $ '; clear; ${process.execPath} ${program} ${words.join(' ')}`);
	terminal.press('Enter');
}

beforeEach(async () => {
	home = new Home();
	file = home.passphraseFile(passphrase);
	expect(await own('init')).toMatchObject({status: 0});
	if (hasTmux) terminal = new Terminal(home, {columns: 120});
});
afterEach(() => {
	terminal.close();
	home.remove();
});

describe.skipIf(!hasTmux)('a paste at a prompt (needs tmux)', () => {
	const lines = `${credential.apiKey}\n${credential.secretKey}\n${credential.passphrase}\n`;

	async function stored(): Promise<void> {
		expect(await terminal.see('status=')).toContain('x is stored in the vault, untested.');
		expect(terminal.history()).toContain(credential.apiKey);
		expect(terminal.history()).not.toMatch(new RegExp(`${credential.secretKey}|${credential.passphrase}`));
		expect(JSON.parse((await own('show', 'x', '--reveal', '--json')).out)).toMatchObject({name: 'x'});
		expect((await own('show', 'x', '--reveal')).out).toContain(credential.secretKey);
	}

	test.each([
		['line feeds', lines],
		['CRLF', lines.replaceAll('\n', '\r\n')],
		['carriage returns', lines.replaceAll('\n', '\r')],
		['the marks of a bracketed paste', `${esc}[200~${lines.trimEnd()}${esc}[201~\r`],
	])('three lines at the first of three questions answer all three, and no secret is shown: %s', async (_, paste) => {
		start('add', 'x', '--no-test', '--site', 'http://127.0.0.1:9', '--passphrase-file', file);
		await terminal.see('API key:');
		terminal.type(paste);
		await stored();
	});

	test('in pieces, while the vault is being opened, all four are taken and none is shown', async () => {
		start('add', 'x', '--no-test', '--site', 'http://127.0.0.1:9');
		await terminal.see('Passphrase or recovery key:');
		terminal.type(`${passphrase}\r`);
		terminal.type(`${credential.apiKey}\r${credential.secretKey.slice(0, 9)}`);
		terminal.type(`${credential.secretKey.slice(9)}\r${credential.passphrase}\r`);
		await terminal.see('status=');
		expect(terminal.history()).toContain('x is stored');
		expect(terminal.history()).not.toMatch(
			new RegExp(`${passphrase}|${credential.secretKey}|${credential.passphrase}`),
		);
		expect((await own('show', 'x', '--reveal')).out).toContain(credential.secretKey);
	});

	test('of more lines than are asked for gives none of them to the shell', async () => {
		start('list');
		await terminal.see('Passphrase or recovery key:');
		terminal.type(`${passphrase}\recho canary-$((6*7))\r`);
		await terminal.see('status=0');
		expect(await modes()).toMatch(cooked);
		expect(terminal.history()).not.toMatch(/canary/);
	});

	test('of megabytes is refused by its length, and nothing of it reaches the shell', async () => {
		start('list');
		await terminal.see('Passphrase or recovery key:');
		terminal.paste(`${'echo canary; '.repeat(20_000)}\n${'echo canary\n'.repeat(2000)}`);
		await terminal.see('status=2');
		expect(terminal.screen()).toContain('longer than 4096 characters');
		expect(await modes()).toMatch(cooked);
		expect(terminal.history()).not.toMatch(/canary/);
	});

	test('a shown answer can be edited, and is not shown where it came before its question', async () => {
		expect(await own('rekey', '--yes', '--json')).toMatchObject({status: 0});
		start('rekey');
		await terminal.see('Passphrase or recovery key:');
		terminal.type(`${passphrase}\r`);
		await terminal.see('Seal the vault with a new key? [y/N]');
		terminal.type('nox');
		await terminal.see('[y/N] nox');
		terminal.press('Left', 'BSpace', 'BSpace', 'Delete');
		await terminal.see(/\[y\/N\] *$/m);
		terminal.type('n');
		terminal.press('Enter');
		await terminal.see('status=3');
		start('rekey');
		await terminal.see('Passphrase or recovery key:');
		terminal.type(`${passphrase}\rcanary\r`);
		await terminal.see('status=3');
		expect(terminal.screen()).toMatch(/\[y\/N\] *$/m);
	});
});

describe.skipIf(!hasTmux || !hasBash)('a prompt that is suspended (needs tmux and bash)', () => {
	/** An interactive shell with a history, in which the program has stopped at a prompt. */
	async function stopped(words: readonly string[], question: string, stop: () => void): Promise<void> {
		terminal.type('exec env HISTFILE=$HOME/history bash --norc --noprofile -i');
		terminal.press('Enter');
		await terminal.see('bash-');
		terminal.type(`${process.execPath} ${program} ${words.join(' ')}`);
		terminal.press('Enter');
		await terminal.see(question);
		stop();
		await terminal.see('Stopped');
	}

	async function answered(answer: string, wanted: string | RegExp): Promise<void> {
		terminal.type(`${answer}\r`);
		await terminal.see(wanted);
		terminal.type('clear; history -w; history; stty -a; echo $?-told\r');
		expect(await terminal.see(/^\d-told/m)).toMatch(cooked);
		expect(fs.readFileSync(home.file('history'), 'utf8')).toContain(program);
		expect(fs.readFileSync(home.file('history'), 'utf8')).not.toContain('canary');
		expect(terminal.history()).not.toContain('canary');
	}

	const ways: readonly (readonly [string, () => void])[] = [
		[
			'Ctrl+Z',
			() => {
				terminal.press('C-z');
			},
		],
		[
			'SIGTSTP from outside',
			() => {
				process.kill(terminal.programId(), 'SIGTSTP');
			},
		],
		[
			'SIGSTOP from outside',
			() => {
				process.kill(terminal.programId(), 'SIGSTOP');
			},
		],
	];

	test.each(ways)(
		'with %s leaves the shell its terminal, asks again after fg, and shows nobody the passphrase',
		async (_, stop) => {
			await stopped(['list'], 'Passphrase or recovery key:', stop);
			terminal.type('clear; stty -a; echo $?-told\r');
			expect(await terminal.see(/^\d-told/m)).toMatch(cooked);
			terminal.type('clear; fg\r');
			await terminal.see('Passphrase or recovery key:');
			await raw();
			await answered(passphrase, /no keys|NAME/i);
		},
	);

	test('again and again, with half an answer typed before, is answered in the end', async () => {
		await stopped(['list'], 'Passphrase or recovery key:', () => {
			terminal.type('canary');
			terminal.press('C-z');
		});
		for (let times = 0; times < 2; times++) {
			terminal.type('clear; fg\r');
			await terminal.see('Passphrase or recovery key:');
			await raw();
			terminal.press('C-z');
			await terminal.see('Stopped');
		}

		terminal.type('clear; fg\r');
		await terminal.see('Passphrase or recovery key:');
		await raw();
		await answered(passphrase, /no keys|NAME/i);
	});

	test('while the vault is being opened gives the shell its terminal too, and what is typed after fg is not echoed', async () => {
		await stopped(['rekey', '--new-passphrase'], 'Passphrase or recovery key:', () => {
			terminal.type(`${passphrase}\r`);
			terminal.press('C-z');
		});
		terminal.type('clear; stty -a; echo $?-told\r');
		expect(await terminal.see(/^\d-told/m)).toMatch(cooked);
		terminal.type('clear; fg\r');
		await terminal.see('New passphrase:');
		await raw();
		await answered(String.fromCharCode(3), 'Stopped; nothing was changed.');
	});

	test('at a question whose answer is shown is asked again, and takes its answer', async () => {
		expect(await run(home, ['init', '--sandbox', '--passphrase-file', file])).toMatchObject({status: 0});
		await stopped(['revoke', 'main', '--sandbox', '--passphrase-file', file], 'Type its name to go on:', () => {
			terminal.press('C-z');
		});
		terminal.type('clear; fg\r');
		await terminal.see('Type its name to go on:');
		await raw();
		await answered('main', 'main is deleted');
	});
});

describe.skipIf(!hasTmux)('a prompt ends (needs tmux)', () => {
	test.each([
		[
			'Ctrl+C',
			() => {
				terminal.press('C-c');
			},
			3,
		],
		[
			'Ctrl+D once the line is empty',
			() => {
				terminal.press('C-d', 'C-u', 'C-d');
			},
			3,
		],
		[
			'SIGTERM',
			() => {
				process.kill(terminal.programId(), 'SIGTERM');
			},
			143,
		],
		[
			'SIGINT',
			() => {
				process.kill(terminal.programId(), 'SIGINT');
			},
			130,
		],
		[
			'SIGHUP',
			() => {
				process.kill(terminal.programId(), 'SIGHUP');
			},
			129,
		],
		[
			'SIGQUIT',
			() => {
				process.kill(terminal.programId(), 'SIGQUIT');
			},
			131,
		],
		[
			'Ctrl+\\',
			() => {
				terminal.press('C-\\');
			},
			131,
		],
	])('with %s, and the terminal is as it was', async (_, end, status) => {
		start('list');
		await terminal.see('Passphrase or recovery key:');
		terminal.type('canary');
		end();
		await terminal.see(`status=${status}`);
		expect(await modes()).toMatch(cooked);
		expect(terminal.history()).not.toContain('canary');
	});

	test('with Ctrl+C while the vault is being opened', async () => {
		start('list');
		await terminal.see('Passphrase or recovery key:');
		terminal.type('canary\r');
		terminal.press('C-c');
		// Where both come in one piece, it is the question that ends.
		await terminal.see(/status=(?:130|3)/);
		expect(await modes()).toMatch(cooked);
		expect(terminal.history()).not.toContain('canary');
	});
});

describe.skipIf(!hasTmux)('late replies of the terminal (needs tmux)', () => {
	const replies = [
		`${esc}]11;rgb:1e1e/1e1e/1e1e\u0007`,
		`${esc}]11;rgb:1e1e/1e1e/1e1e${esc}\\`,
		`${esc}P>|tmux 3.4${esc}\\`,
		`${esc}P1+r544e=787465726d${esc}\\`,
		`${esc}_Gi=31;OK${esc}\\`,
	];

	test('are no part of a hidden passphrase, nor of a shown answer, whole and in pieces', async () => {
		start('rekey');
		await terminal.see('Passphrase or recovery key:');
		for (const reply of replies) terminal.type(reply);
		terminal.type(passphrase.slice(0, 5));
		terminal.type(`${esc}]11;rg`);
		await delay(200);
		terminal.type(`b:1e1e/1e1e/1e1e\u0007${passphrase.slice(5)}\r`);
		await terminal.see('[y/N]');
		for (const reply of replies) terminal.type(reply);
		terminal.type('y');
		await terminal.see('[y/N] y');
		terminal.press('Enter');
		await terminal.see('status=0');
	});
});

describe.skipIf(!hasTmux || missing !== '')(
	`waiting for the ssh-agent (needs tmux and ssh-agent${missing === '' ? '' : `; missing: ${missing}`})`,
	() => {
		/** A vault that an ssh-agent opens, and a terminal in which an agent that hears a request does not answer it. */
		async function muteAgent(): Promise<{readonly wasRaw: Promise<boolean>; readonly hangUp: () => void}> {
			const socket = home.file('ssh.sock');
			const pid = /SSH_AGENT_PID=(\d+)/.exec(execFileSync('ssh-agent', ['-s', '-a', socket], {encoding: 'utf8'}))![1]!;
			const ssh = {env: {...home.environment, SSH_AUTH_SOCK: socket}, stdio: 'ignore'} as const;
			try {
				execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', home.file('id')], ssh);
				execFileSync('ssh-add', [home.file('id')], ssh);
				expect(
					await run(home, ['add-slot', 'ssh-agent', '--passphrase-file', file], {environment: {SSH_AUTH_SOCK: socket}}),
				).toMatchObject({status: 0});
			} finally {
				process.kill(Number(pid));
			}

			const asked = Promise.withResolvers<boolean>();
			let hangUp = () => {};
			const mute = await fakeAgent(connection => {
				asked.resolve(isRaw());
				hangUp = () => {
					connection.destroy();
				};
			});
			terminal.close();
			terminal = new Terminal(home, {columns: 120, environment: {SSH_AUTH_SOCK: mute.socket}});
			return {
				wasRaw: asked.promise,
				hangUp() {
					hangUp();
				},
			};
		}

		test('echoes nothing from the first request on', async () => {
			const {wasRaw} = await muteAgent();
			start('list');
			expect(await wasRaw).toBe(true);
		});

		test('in a check, which asks for no passphrase, ends with Ctrl+C too', async () => {
			await muteAgent();
			start('check');
			await terminal.see('Asking the ssh-agent');
			terminal.press('C-c');
			await terminal.see('status=130');
			expect(await modes()).toMatch(cooked);
		});

		test('echoes nothing of a passphrase that is typed meanwhile, takes it for the question that follows, and ends with Ctrl+C', async () => {
			const {hangUp} = await muteAgent();
			start('list');
			await terminal.see('Asking the ssh-agent');
			terminal.type('canary');
			terminal.press('C-c');
			await terminal.see('status=130');
			expect(await modes()).toMatch(cooked);
			start('list');
			await terminal.see('Asking the ssh-agent');
			terminal.type(`${passphrase}\r`);
			hangUp();
			await terminal.see('status=0');
			expect(terminal.history()).toContain('Passphrase or recovery key:');
			expect(terminal.history()).not.toContain('canary');
		});
	},
);
