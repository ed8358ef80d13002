import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {until, watched} from './ending.ts';
import {test as journey} from './journey.ts';
import {enter, expectEnd, modes, startOtherProgram, stopped, terminalNow, waits} from './other-program.ts';
import {hasTmux, program} from './program.ts';
import {list} from './screen.ts';

/** A shell, and ways to have the full screen in it. */
const test = journey.extend('shell', ({sandbox, openTerminal}) => {
	const terminal = openTerminal();
	const command = [process.execPath, program, ...sandbox.opened].join(' ');

	/** The list of keys; gives the program's process. */
	async function opened(): Promise<number> {
		enter(terminal, command);
		await terminal.see(list);
		const id = terminal.programId();
		await watched(id);
		return id;
	}

	return {
		terminal,
		opened,
		/** As `opened`, and the person is back in the shell. */
		async suspended(): Promise<number> {
			const id = await opened();
			terminal.press('C-z');
			await terminal.see('Stopped');
			return id;
		},
		/** The program, started in the background; gives its process. */
		async startedThere(): Promise<number> {
			enter(terminal, `${command} & echo "id=$!"`);
			return Number(/^(?:# )?id=(\d+)$/m.exec(await terminal.see(/^(?:# )?id=\d+$/m))![1]);
		},
	};
});

describe.skipIf(!hasTmux || process.platform !== 'linux')(
	'the full screen in the background (needs tmux and /proc)',
	() => {
		test.for(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
			'suspended, it ends within 2 s of being continued after %s, and another program keeps the terminal as it was',
			async (signal, {home, shell: {terminal, suspended}}) => {
				const id = await suspended();
				await startOtherProgram(home, terminal);
				await expectEnd(id, signal, terminal);
			},
		);

		test('suspended, it ends by the signal that it was sent, also where the shell continues it', async ({
			shell: {terminal, suspended},
		}) => {
			const id = await suspended();
			enter(terminal, `kill ${id}; bg; wait ${id}; echo "ended $?"`);
			await terminal.see('ended 143');
			expect(modes(terminal)).toMatch(/ icanon[^]* echo /);
		});

		test('continued there, it stops again, and fg comes back to the same screen', async ({
			shell: {terminal, suspended},
		}) => {
			const id = await suspended();
			const before = waits(id);
			enter(terminal, 'clear; bg');
			await until(() => waits(id) > before, 'the program has been continued');
			await stopped(id);
			enter(terminal, 'echo the "shell"');
			await terminal.see('the shell');
			expect(terminal.screen()).not.toMatch(list);
			enter(terminal, 'fg');
			await terminal.see(list);
			terminal.press('Enter');
			await terminal.see('Management › main');
		});

		test('stopped by SIGSTOP while it is drawn, it ends within 2 s of SIGTERM, and leaves the terminal', async ({
			home,
			shell: {terminal, opened},
		}) => {
			const id = await opened();
			process.kill(id, 'SIGSTOP');
			await terminal.see('Stopped');
			await startOtherProgram(home, terminal);
			await expectEnd(id, 'SIGTERM', terminal);
		});

		test('stopped by SIGSTOP and continued there, it draws nothing and stops again, and fg brings it back', async ({
			home,
			shell: {terminal, opened},
		}) => {
			const id = await opened();
			process.kill(id, 'SIGSTOP');
			await terminal.see('Stopped');
			await startOtherProgram(home, terminal);
			const before = terminalNow(terminal);
			process.kill(id, 'SIGCONT');
			await stopped(id);
			expect(terminalNow(terminal)).toEqual(before);
			fs.writeFileSync(home.file('done'), '');
			await terminal.see('Stopped');
			terminal.press('C-u');
			enter(terminal, 'stty sane; fg');
			await terminal.see(list);
			terminal.press('Enter');
			await terminal.see('Management › main');
		});

		test('started there, it waits for fg', async ({shell: {terminal, startedThere}}) => {
			await stopped(await startedThere());
			enter(terminal, 'fg');
			await terminal.see(list);
		});

		test('started there, it ends within 2 s of being continued after SIGTERM, and leaves the terminal', async ({
			home,
			shell: {terminal, startedThere},
		}) => {
			const id = await startedThere();
			await stopped(id);
			await startOtherProgram(home, terminal);
			await expectEnd(id, 'SIGTERM', terminal);
		});
	},
);
