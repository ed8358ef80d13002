import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {until} from './ending.ts';
import {passphrase, secretKey} from './exec.ts';
import {test as journey} from './journey.ts';
import {hasTmux, program, type Terminal} from './program.ts';
import {takeLetters} from './screen.ts';

const copied = (text: string) => `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
const cleared = '\u001B]52;c;IA==\u0007\u001B]52;c;\u0007';

/** Types a command line of a shell, in which `okx copy` is that of the program with the vault. */
const test = journey.extend('copying', ({grid, openTerminal}) => (environment: NodeJS.ProcessEnv = {}) => {
	const terminal = openTerminal({columns: 120, environment});
	const okx = `${process.execPath} ${program} ${grid.opened.join(' ')}`;
	return {
		terminal,
		enter(line: string): void {
			terminal.type(line.replaceAll('okx copy', `${okx} copy`));
			terminal.press('Enter');
		},
	};
});

async function written(terminal: Terminal, wanted: string): Promise<void> {
	await until(() => terminal.written().includes(wanted), `the terminal was sent ${JSON.stringify(wanted)}`);
}

describe.skipIf(!hasTmux)('okx-keys copy (needs tmux)', () => {
	test('sends a secret to the terminal by OSC 52, clears it after its time, and notes it with the key', async ({
		grid,
		copying,
	}) => {
		const {terminal, enter} = copying();
		enter('TMUX= okx copy grid secret-key --clear-after 1s; echo "ended $?"');
		await terminal.see('ended 0');
		const all = terminal.written();
		expect(all.indexOf(copied(secretKey))).toBeGreaterThan(-1);
		expect(all.indexOf(cleared)).toBeGreaterThan(all.indexOf(copied(secretKey)));
		expect(terminal.history()).toMatch(
			/Secret key \(grid\): sent to your terminal\.[^]*The clipboard was told to clear it\./,
		);
		expect(terminal.history()).not.toContain(secretKey);
		expect(await grid.json('show', 'grid')).toMatchObject({uses: [{by: 'copy', program: 'secret-key'}]});
	});

	test.for(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
		'secret-left-on-clipboard: clears it at once on %s',
		async (signal, {copying}) => {
			const {terminal, enter} = copying();
			enter('TMUX= okx copy grid passphrase');
			await terminal.see(/Cleared in \d+s/);
			expect(terminal.written()).toContain(copied(passphrase));
			expect(terminal.written()).not.toContain(cleared);
			process.kill(terminal.programId(), signal);
			await written(terminal, cleared);
		},
	);

	test('copies what is no secret and ends, and with --keep a secret too', async ({copying}) => {
		const {terminal, enter} = copying();
		enter('TMUX= okx copy grid link; TMUX= okx copy grid passphrase --keep; echo "ended $?"');
		await terminal.see('ended 0');
		const all = terminal.written();
		expect(all).toContain(copied('https://www.okx.com/account/my-api?go-live-trading=1'));
		expect(all).toContain(copied(passphrase));
		expect(all).not.toContain(cleared);
	});

	test('asks which part where none is named, in a menu that says what there is nothing of', async ({copying}) => {
		const {terminal, enter} = copying();
		enter('TMUX= okx copy grid; echo "ended $?"');
		const menu = await terminal.see('Copy which');
		expect(menu).toMatch(/2 {2}secret-key {2}Secret key\n/);
		expect(menu).toMatch(/8 {2}failure {5}Failure of the last test, without secrets \(It was never tested\.\)/);
		terminal.type('2');
		terminal.press('Enter');
		await terminal.see(/Cleared in \d+s/);
		expect(terminal.written()).toContain(copied(secretKey));
		terminal.press('C-c');
		await terminal.see('ended 0');
	});

	test('goes through screen as control strings that it passes on', async ({copying}) => {
		const {terminal, enter} = copying();
		enter('TMUX= STY=1.x okx copy grid secret-key --clear-after 1s; echo "ended $?"');
		await terminal.see('ended 0');
		expect(terminal.written()).toContain(`\u001BP${copied(secretKey)}\u001B\\`);
		expect(terminal.written()).toContain('\u001BP\u001B]52;c;\u0007\u001B\\');
	});

	test('secret-in-tmux: reaches the terminal through tmux, and is in none of its buffers, nor in an argument', async ({
		grid: {home},
		copying,
	}) => {
		const socket = home.file('inner');
		const real = execFileSync('sh', ['-c', 'command -v tmux'], {encoding: 'utf8'}).trim();
		fs.mkdirSync(home.file('bin'));
		const words = home.file('words');
		fs.writeFileSync(home.file('bin/tmux'), `#!/bin/sh\necho "$@" >> '${words}'\nexec '${real}' "$@"\n`, {mode: 0o755});
		const {terminal, enter} = copying();
		enter(`TMUX= TERM=xterm-256color ${real} -S ${socket} -f /dev/null new-session -x 120 -y 20 sh`);
		await until(() => fs.existsSync(socket), 'tmux has started');
		const buffers = () => execFileSync(real, ['-S', socket, 'list-buffers'], {encoding: 'utf8'});
		enter(`PATH=${home.file('bin')}:$PATH okx copy grid secret-key --clear-after 1s; echo "ended $?"`);
		await terminal.see(/Cleared in \d+s/);
		await written(terminal, Buffer.from(secretKey).toString('base64'));
		expect(buffers()).toBe('');
		await terminal.see('ended 0');
		await written(terminal, '\u001B]52;;IA==\u0007');
		expect(buffers()).toBe('');
		expect(fs.readFileSync(words, 'utf8')).toMatch(
			/^(load-buffer -w -b (okx-keys-[\da-f-]+) - ; delete-buffer -b \2\n){2}$|^(?:load-buffer -w -b okx-keys-[\da-f-]+ - ; delete-buffer -b okx-keys-[\da-f-]+\n){2}$/,
		);
		execFileSync(real, ['-S', socket, 'kill-server']);
	});

	test('gives it to the desktop of this machine too, but not over SSH', async ({grid: {home}, copying}) => {
		const taken = home.file('taken');
		fs.mkdirSync(home.file('bin'));
		fs.writeFileSync(home.file('bin/xclip'), `#!/bin/sh\necho "$@" >> '${taken}'\ncat >> '${taken}'\n`, {mode: 0o755});
		const {terminal, enter} = copying({PATH: `${home.file('bin')}:${process.env['PATH']}`, DISPLAY: ':9'});
		enter('TMUX= SSH_TTY=/dev/pts/1 okx copy grid secret-key --clear-after 1s; echo "ended $?"');
		await terminal.see('ended 0');
		expect(fs.existsSync(taken)).toBe(false);
		enter('clear; TMUX= okx copy grid secret-key --clear-after 1s; echo "ended $?"');
		await terminal.see(/sent to your terminal and to xclip[^]*ended 0/);
		expect(fs.readFileSync(taken, 'utf8')).toBe(`-selection clipboard\n${secretKey}-selection clipboard\n`);
	});

	test.for([
		['TMUX= TERM=linux okx copy grid secret-key', 4, /Nothing was copied: no clipboard can be reached from here/],
		['TMUX=/nowhere,1,0 okx copy grid secret-key', 1, /Nothing was copied: tmux did not take it/],
		['TMUX= okx copy grid secret', 2, /no field called secret\.\nDid you mean secret-key\?/],
		['TMUX= okx copy grid passphrase --clear-after 0s', 2, /--clear-after is not a time from 1s to 10m/],
		['TMUX= okx copy grid passphrase --no-secrets', 2, /No secret is shown here/],
		['TMUX= okx copy grid failure', 2, /It was never tested\.\nTest it first/],
	] as const)('%s ends with %d and copies nothing', async ([line, status, text], {grid, copying}) => {
		const {terminal, enter} = copying();
		enter(`${line}; echo "ended $?"`);
		expect(await terminal.see(/ended \d/)).toMatch(text);
		expect(terminal.screen()).toContain(`ended ${status}`);
		expect(terminal.written()).not.toContain('\u001B]52;');
		expect(await grid.json('show', 'grid')).toMatchObject({uses: []});
	});
});

describe.skipIf(!hasTmux)('c on the full screen (needs tmux)', () => {
	/** The menu of a key, with its secret key sent to the terminal. */
	const screen = journey.extend('sent', ({grid, openTerminal}) => async () => {
		const terminal = openTerminal();
		terminal.type(`TMUX= ${process.execPath} ${program} ${grid.opened.join(' ')}`);
		terminal.press('Enter');
		await takeLetters(terminal);
		terminal.press('c');
		await terminal.see('Copy which part of grid?');
		terminal.press('j', 'Enter');
		await terminal.see('Secret key: sent to your terminal');
		expect(terminal.written()).toContain(copied(secretKey));
		expect(terminal.written()).not.toContain(cleared);
		return terminal;
	});

	screen.for([
		['q', ['q']],
		['L', ['L']],
		['Ctrl+Z', ['C-z']],
	] as const)('clears the clipboard at %s', async ([, keys], {sent}) => {
		const terminal = await sent();
		terminal.press(...keys);
		await written(terminal, cleared);
	});

	screen.for(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGTSTP'] as const)(
		'clears the clipboard on %s',
		async (signal, {sent}) => {
			const terminal = await sent();
			process.kill(terminal.programId(), signal);
			await written(terminal, cleared);
		},
	);
});

journey('okx-keys copy needs a terminal or a desktop', async ({grid}) => {
	expect(await grid.run('copy', 'grid', 'secret-key')).toMatchObject({
		status: 4,
		out: '',
		err: expect.stringMatching(/no clipboard can be reached from here/) as string,
	});
});
