import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {leewayMs, promisedMs, stateOf, timeToEnd, until, watched} from './ending.ts';
import {hasTmux, Home, program, run, Terminal} from './program.ts';

const passphrase = 'correct horse battery';
const list = /main +RT-/;

let home: Home;
let terminal: Terminal;
let words: readonly string[];
beforeEach(async () => {
	home = new Home();
	words = ['--sandbox', '--passphrase-file', home.passphraseFile(passphrase)];
	expect(await run(home, ['init', ...words])).toMatchObject({status: 0});
	if (hasTmux) terminal = new Terminal(home);
});
afterEach(() => {
	terminal.close();
	home.remove();
});

const command = (...more: readonly string[]) => `${process.execPath} ${program} ${[...words, ...more].join(' ')}`;

/** Types a line into the shell, also where a stopped program has left the terminal raw. */
function enter(line: string): void {
	terminal.type(line);
	terminal.press('C-j');
}

/** The list of keys; gives the program's process. */
async function opened(): Promise<number> {
	enter(command());
	await terminal.see(list);
	const id = terminal.programId();
	await watched(id);
	return id;
}

/** As `opened`, and the person is back in the shell. */
async function suspended(): Promise<number> {
	const id = await opened();
	terminal.press('C-z');
	await terminal.see('Stopped');
	return id;
}

/** The program, started in the background; gives its process. */
async function startedThere(): Promise<number> {
	enter(`${command()} & echo "id=$!"`);
	return Number(/^id=(\d+)$/m.exec(await terminal.see(/^id=\d+$/m))![1]);
}

/** What the terminal does with what is typed. */
const modes = () => execFileSync('stty', ['-a', '-F', terminal.tty()], {encoding: 'utf8'});

/** Has another program take the whole screen, as an editor does, and not read yet what is typed for it. */
async function otherProgram(): Promise<void> {
	fs.writeFileSync(
		home.file('other'),
		String.raw`stty raw -echo; printf '\033[?1049h\033[2J\033[HANOTHER PROGRAM'; until [ -e done ]; do sleep 0.1; done`,
	);
	enter(`cd; sh other`);
	await terminal.see(/^ANOTHER PROGRAM$/m);
	terminal.type('typed');
}

/** What a person sees, and how the terminal is. */
const terminalNow = () => ({screen: terminal.screen(), modes: modes()});

async function stopped(id: number): Promise<void> {
	await until(() => stateOf(id) === 'T', 'the program has stopped');
}

/** How often the program has begun to wait for something, which a stopped one does not. */
const waits = (id: number) =>
	Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${id}/status`, 'utf8'))![1]);

describe.skipIf(!hasTmux || process.platform !== 'linux')(
	'the full screen in the background (needs tmux and /proc)',
	() => {
		test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
			'suspended, it ends within 2 s of being continued after %s, and another program keeps the terminal as it was',
			async signal => {
				const id = await suspended();
				await otherProgram();
				const before = terminalNow();
				process.kill(id, signal);
				process.kill(id, 'SIGCONT');
				expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
				expect(terminalNow()).toEqual(before);
			},
		);

		test('suspended, it ends by the signal that it was sent, also where the shell continues it', async () => {
			const id = await suspended();
			enter(`kill ${id}; bg; wait ${id}; echo "ended $?"`);
			await terminal.see('ended 143');
			expect(modes()).toMatch(/ icanon[^]* echo /);
		});

		test('continued there, it stops again, and fg comes back to the same screen', async () => {
			const id = await suspended();
			const before = waits(id);
			enter('clear; bg');
			await until(() => waits(id) > before, 'the program has been continued');
			await stopped(id);
			enter('echo the "shell"');
			await terminal.see('the shell');
			expect(terminal.screen()).not.toMatch(list);
			enter('fg');
			await terminal.see(list);
			terminal.press('Enter');
			await terminal.see('Management › main');
		});

		test('stopped by SIGSTOP while it is drawn, it ends within 2 s of SIGTERM, and leaves the terminal to its owner', async () => {
			const id = await opened();
			process.kill(id, 'SIGSTOP');
			await terminal.see('Stopped');
			await otherProgram();
			const before = terminalNow();
			process.kill(id, 'SIGTERM');
			process.kill(id, 'SIGCONT');
			expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
			expect(terminalNow()).toEqual(before);
		});

		test('stopped by SIGSTOP and continued there, it draws nothing and stops again, and fg brings it back', async () => {
			const id = await opened();
			process.kill(id, 'SIGSTOP');
			await terminal.see('Stopped');
			await otherProgram();
			const before = terminalNow();
			process.kill(id, 'SIGCONT');
			await stopped(id);
			expect(terminalNow()).toEqual(before);
			fs.writeFileSync(home.file('done'), '');
			await terminal.see('Stopped');
			terminal.press('C-u');
			enter('stty sane; fg');
			await terminal.see(list);
			terminal.press('Enter');
			await terminal.see('Management › main');
		});

		test('started there, it waits for fg', async () => {
			await stopped(await startedThere());
			enter('fg');
			await terminal.see(list);
		});

		test('started there, it ends within 2 s of being continued after SIGTERM, and leaves the terminal to its owner', async () => {
			const id = await startedThere();
			await stopped(id);
			await otherProgram();
			const before = terminalNow();
			process.kill(id, 'SIGTERM');
			process.kill(id, 'SIGCONT');
			expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
			expect(terminalNow()).toEqual(before);
		});
	},
);
