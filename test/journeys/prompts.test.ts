import {execFileSync} from 'node:child_process';
import {describe, expect} from 'vitest';
import {fakeAgent, missing} from '../ssh-agent/world.ts';
import {until} from './ending.ts';
import {waits} from './other-program.ts';
import {hasTmux, run, type Terminal} from './program.ts';
import {cooked, isRaw, modes, start, test} from './prompt.ts';
import {passphrase, type TestVault} from './vaults.ts';

const credential = {
	apiKey: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
	secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
	passphrase: 'Correct-Horse9!',
};
const esc = '\u001B';

describe.skipIf(!hasTmux).concurrent('a paste at a prompt (needs tmux)', () => {
	const lines = `${credential.apiKey}\n${credential.secretKey}\n${credential.passphrase}\n`;

	async function stored(terminal: Terminal, live: TestVault): Promise<void> {
		expect(await terminal.see('status=')).toContain('x is stored in the vault, untested.');
		expect(terminal.history()).toContain(credential.apiKey);
		expect(terminal.history()).not.toMatch(new RegExp(`${credential.secretKey}|${credential.passphrase}`));
		expect(JSON.parse((await live.run('show', 'x', '--reveal', '--json')).out)).toMatchObject({name: 'x'});
		expect((await live.run('show', 'x', '--reveal')).out).toContain(credential.secretKey);
	}

	test.for<readonly [string, string]>([
		['line feeds', lines],
		['CRLF', lines.replaceAll('\n', '\r\n')],
		['carriage returns', lines.replaceAll('\n', '\r')],
		['the marks of a bracketed paste', `${esc}[200~${lines.trimEnd()}${esc}[201~\r`],
	])(
		'three lines at the first of three questions answer all three, and no secret is shown: %s',
		async ([, paste], {live, terminal}) => {
			start(terminal, 'add', 'x', '--no-test', '--site', 'http://127.0.0.1:9', ...live.opened);
			await terminal.see('API key:');
			terminal.type(paste);
			await stored(terminal, live);
		},
	);

	test('in pieces, while the vault is being opened, all four are taken and none is shown', async ({live, terminal}) => {
		start(terminal, 'add', 'x', '--no-test', '--site', 'http://127.0.0.1:9');
		await terminal.see('Passphrase or recovery key:');
		terminal.type(`${passphrase}\r`);
		terminal.type(`${credential.apiKey}\r${credential.secretKey.slice(0, 9)}`);
		terminal.type(`${credential.secretKey.slice(9)}\r${credential.passphrase}\r`);
		await terminal.see('status=');
		expect(terminal.history()).toContain('x is stored');
		expect(terminal.history()).not.toMatch(
			new RegExp(`${passphrase}|${credential.secretKey}|${credential.passphrase}`),
		);
		expect((await live.run('show', 'x', '--reveal')).out).toContain(credential.secretKey);
	});

	test('of more lines than are asked for gives none of them to the shell', async ({terminal}) => {
		start(terminal, 'list');
		await terminal.see('Passphrase or recovery key:');
		terminal.type(`${passphrase}\recho canary-$((6*7))\r`);
		await terminal.see('status=0');
		expect(await modes(terminal)).toMatch(cooked);
		expect(terminal.history()).not.toMatch(/canary/);
	});

	test('of megabytes is refused by its length, and nothing of it reaches the shell', async ({terminal}) => {
		start(terminal, 'list');
		await terminal.see('Passphrase or recovery key:');
		terminal.paste(`${'echo canary; '.repeat(20_000)}\n${'echo canary\n'.repeat(2000)}`);
		await terminal.see('status=2');
		expect(terminal.screen()).toContain('longer than 4096 characters');
		expect(await modes(terminal)).toMatch(cooked);
		expect(terminal.history()).not.toMatch(/canary/);
	});

	test('a shown answer can be edited, and is not shown where it came before its question', async ({live, terminal}) => {
		expect(await live.byPassphrase('rekey', '--yes', '--json')).toMatchObject({status: 0});
		start(terminal, 'rekey');
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
		start(terminal, 'rekey');
		await terminal.see('Passphrase or recovery key:');
		terminal.type(`${passphrase}\rcanary\r`);
		await terminal.see('status=3');
		expect(terminal.screen()).toMatch(/\[y\/N\] *$/m);
	});
});

describe.skipIf(!hasTmux).concurrent('a prompt ends (needs tmux)', () => {
	test.for([
		[
			'Ctrl+C',
			(terminal: Terminal) => {
				terminal.press('C-c');
			},
			3,
		],
		[
			'Ctrl+D once the line is empty',
			(terminal: Terminal) => {
				terminal.press('C-d', 'C-u', 'C-d');
			},
			3,
		],
		[
			'SIGTERM',
			(terminal: Terminal) => {
				process.kill(terminal.programId(), 'SIGTERM');
			},
			143,
		],
		[
			'SIGINT',
			(terminal: Terminal) => {
				process.kill(terminal.programId(), 'SIGINT');
			},
			130,
		],
		[
			'SIGHUP',
			(terminal: Terminal) => {
				process.kill(terminal.programId(), 'SIGHUP');
			},
			129,
		],
		[
			'SIGQUIT',
			(terminal: Terminal) => {
				process.kill(terminal.programId(), 'SIGQUIT');
			},
			131,
		],
		[
			'Ctrl+\\',
			(terminal: Terminal) => {
				terminal.press('C-\\');
			},
			131,
		],
	] as const)('with %s, and the terminal is as it was', async ([, end, status], {terminal}) => {
		start(terminal, 'list');
		await terminal.see('Passphrase or recovery key:');
		const id = terminal.programId();
		const before = waits(id);
		terminal.type('canary');
		await until(() => waits(id) > before, 'the program has read what was typed');
		end(terminal);
		await terminal.see(`status=${status}`);
		expect(await modes(terminal)).toMatch(cooked);
		expect(terminal.history()).not.toContain('canary');
	});

	test('with Ctrl+C while the vault is being opened', async ({terminal}) => {
		start(terminal, 'list');
		await terminal.see('Passphrase or recovery key:');
		terminal.type('canary\r');
		terminal.press('C-c');
		// Where both come in one piece, it is the question that ends.
		await terminal.see(/status=(?:130|3)/);
		expect(await modes(terminal)).toMatch(cooked);
		expect(terminal.history()).not.toContain('canary');
	});
});

describe.skipIf(!hasTmux).concurrent('late replies of the terminal (needs tmux)', () => {
	const replies = [
		`${esc}]11;rgb:1e1e/1e1e/1e1e\u0007`,
		`${esc}]11;rgb:1e1e/1e1e/1e1e${esc}\\`,
		`${esc}P>|tmux 3.4${esc}\\`,
		`${esc}P1+r544e=787465726d${esc}\\`,
		`${esc}_Gi=31;OK${esc}\\`,
	];

	test('are no part of a hidden passphrase, nor of a shown answer, whole and in pieces', async ({terminal}) => {
		start(terminal, 'rekey');
		await terminal.see('Passphrase or recovery key:');
		for (const reply of replies) terminal.type(reply);
		terminal.type(passphrase.slice(0, 5));
		const id = terminal.programId();
		const before = waits(id);
		terminal.type(`${esc}]11;rg`);
		await until(() => waits(id) > before, 'the program has read the first piece');
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
		const mute = test.extend('mute', async ({home, live, openTerminal}) => {
			const socket = home.file('ssh.sock');
			const pid = /SSH_AGENT_PID=(\d+)/.exec(execFileSync('ssh-agent', ['-s', '-a', socket], {encoding: 'utf8'}))![1]!;
			const ssh = {env: {...home.environment, SSH_AUTH_SOCK: socket}, stdio: 'ignore'} as const;
			try {
				execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', home.file('id')], ssh);
				execFileSync('ssh-add', [home.file('id')], ssh);
				expect(
					await run(home, ['add-slot', 'ssh-agent', '--passphrase-file', live.recoveryFile], {
						environment: {SSH_AUTH_SOCK: socket},
					}),
				).toMatchObject({status: 0});
			} finally {
				process.kill(Number(pid));
			}

			const asked = Promise.withResolvers<boolean>();
			let hangUp = () => {};
			const agent = await fakeAgent(connection => {
				asked.resolve(isRaw(terminal));
				hangUp = () => {
					connection.destroy();
				};
			});
			const terminal = openTerminal({columns: 120, environment: {SSH_AUTH_SOCK: agent.socket}});
			return {
				terminal,
				wasRaw: asked.promise,
				hangUp() {
					hangUp();
				},
			};
		});

		mute('echoes nothing from the first request on', async ({mute: {terminal, wasRaw}}) => {
			start(terminal, 'list');
			expect(await wasRaw).toBe(true);
		});

		mute('in a check, which asks for no passphrase, ends with Ctrl+C too', async ({mute: {terminal}}) => {
			start(terminal, 'check');
			await terminal.see('Asking the ssh-agent');
			terminal.press('C-c');
			await terminal.see('status=130');
			expect(await modes(terminal)).toMatch(cooked);
		});

		mute(
			'echoes nothing of a passphrase that is typed meanwhile, takes it for the question that ' +
				'follows, and ends with Ctrl+C',
			async ({mute: {terminal, hangUp}}) => {
				start(terminal, 'list');
				await terminal.see('Asking the ssh-agent');
				terminal.type('canary');
				terminal.press('C-c');
				await terminal.see('status=130');
				expect(await modes(terminal)).toMatch(cooked);
				start(terminal, 'list');
				await terminal.see('Asking the ssh-agent');
				terminal.type(`${passphrase}\r`);
				hangUp();
				await terminal.see('status=0');
				expect(terminal.history()).toContain('Passphrase or recovery key:');
				expect(terminal.history()).not.toContain('canary');
			},
		);
	},
);
