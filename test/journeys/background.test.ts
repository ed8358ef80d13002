import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {isRunning, timeToEnd, until} from './ending.ts';
import {test as journey} from './journey.ts';
import {allModes, enter, expectEnd, modes, startOtherProgram, stopped, waits} from './other-program.ts';
import {hasTmux, program, type Terminal} from './program.ts';
import {passphrase, unlocking} from './vaults.ts';

const [question] = unlocking;
const command = (...words: readonly string[]) => `${process.execPath} ${program} ${words.join(' ')} --sandbox`;

/** A shell beside a vault, and ways to have a command in it that the person does not see. */
const test = journey.extend('shell', ({sandbox, openTerminal}) => {
	const terminal = openTerminal();

	/** A command, started in the background; gives its process. */
	async function startedThere(line: string): Promise<number> {
		enter(terminal, `${line} & echo "id=$!"`);
		return Number(/^(?:# )?id=(\d+)$/m.exec(await terminal.see(/^(?:# )?id=\d+$/m))![1]);
	}

	return {
		terminal,
		vault: sandbox,
		startedThere,
		/** A command that asks for the passphrase and is suspended there; gives its process. */
		async suspended(): Promise<number> {
			enter(terminal, command('list'));
			await terminal.see(question);
			const id = terminal.programId();
			terminal.press('C-z');
			await terminal.see('Stopped');
			return id;
		},
		/** A command that waits there for its passphrase while another program has the terminal; gives its process. */
		async behindOther(streams = ''): Promise<{readonly id: number; readonly answer: (passphrase: string) => void}> {
			const fifo = sandbox.home.file('fifo');
			execFileSync('mkfifo', [fifo]);
			const pipe = fs.openSync(fifo, 'r+');
			const id = await startedThere(`cd; ${command('list', '--passphrase-fd', '3')} 3< fifo ${streams}`);
			await until(() => readers(id, fifo) === 2, 'the command waits');
			await startOtherProgram(sandbox.home, terminal);
			return {
				id,
				answer(line) {
					fs.writeSync(pipe, line);
					fs.closeSync(pipe);
				},
			};
		},
	};
});

describe.skipIf(!hasTmux || process.platform !== 'linux')('a question in the background (needs tmux and /proc)', () => {
	test.for(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const)(
		'suspended, its command ends within 2 s of being continued after %s, and another keeps the terminal',
		async (signal, {home, shell: {terminal, suspended}}) => {
			const id = await suspended();
			await startOtherProgram(home, terminal);
			await expectEnd(id, signal, terminal);
		},
	);

	test.for<readonly [string, (terminal: Terminal) => void]>([
		[
			'Ctrl+Z',
			terminal => {
				terminal.press('C-z');
			},
		],
		[
			'SIGSTOP',
			terminal => {
				process.kill(terminal.programId(), 'SIGSTOP');
			},
		],
	])(
		'stopped by %s, a command that SIGTERM lets finish in order does so, and leaves the modes to the owner',
		async ([, stop], {home, shell: {terminal, vault}}) => {
			enter(terminal, command('edit', 'main', '--ip', '192.0.2.7', '--key-file', vault.keyFile));
			await terminal.see('[y/N]');
			const id = terminal.programId();
			stop(terminal);
			await terminal.see('Stopped');
			await startOtherProgram(home, terminal, '');
			const before = allModes(terminal);
			process.kill(id, 'SIGTERM');
			process.kill(id, 'SIGCONT');
			await timeToEnd(id);
			expect(terminal.screen()).toContain('Stopped; nothing was changed.');
			expect(allModes(terminal)).toEqual(before);
		},
	);

	test('suspended, its command ends by the signal that it was sent, also where the shell continues it', async ({
		shell: {terminal, suspended},
	}) => {
		const id = await suspended();
		enter(terminal, `kill ${id}; bg; wait ${id}; echo "ended $?"`);
		await terminal.see('ended 143');
		expect(modes(terminal)).toMatch(/ icanon[^]* echo /);
	});

	test('continued there, it stops again, and fg asks it again without echo', async ({shell: {terminal, suspended}}) => {
		const id = await suspended();
		const before = waits(id);
		terminal.clear();
		enter(terminal, 'bg');
		await until(() => waits(id) > before, 'the command has been continued');
		await stopped(id);
		enter(terminal, 'echo the "shell"');
		await terminal.see('the shell');
		expect(terminal.screen()).not.toContain(question);
		terminal.clear();
		enter(terminal, 'fg');
		await terminal.see(question);
		terminal.type(`${passphrase}\r`);
		await terminal.see(/main +read/);
		expect(terminal.history()).not.toContain('canary');
		expect(modes(terminal)).toMatch(/ icanon[^]* echo /);
	});

	test('stopped by SIGSTOP, its command ends within 2 s of SIGTERM, and leaves the terminal', async ({
		home,
		shell: {terminal},
	}) => {
		enter(terminal, command('list'));
		await terminal.see(question);
		const id = terminal.programId();
		process.kill(id, 'SIGSTOP');
		await terminal.see('Stopped');
		await startOtherProgram(home, terminal, '');
		await expectEnd(id, 'SIGTERM', terminal);
	});

	test('started there, it waits for fg', async ({shell: {terminal, startedThere}}) => {
		await stopped(await startedThere(command('list')));
		terminal.clear();
		enter(terminal, 'fg');
		await terminal.see(question);
		terminal.type(`${passphrase}\r`);
		await terminal.see(/main +read/);
		expect(terminal.history()).not.toContain('canary');
	});

	test('started there, its command ends within 2 s of being continued after SIGTERM, and leaves the terminal', async ({
		home,
		shell: {terminal, startedThere},
	}) => {
		const id = await startedThere(command('list'));
		await stopped(id);
		await startOtherProgram(home, terminal);
		await expectEnd(id, 'SIGTERM', terminal);
	});

	test('started there by a shell that has ended, its command ends too', async ({home, shell: {terminal}}) => {
		enter(terminal, `cd; (sh -c 'echo $$ > id; exec ${command('list')} 2> told' &); echo "shell again"`);
		await terminal.see(/shell again$/m);
		await until(() => fs.existsSync(home.file('told')), 'the command has begun');
		await until(() => !isRunning(Number(fs.readFileSync(home.file('id'), 'utf8'))), 'the command has ended');
	});
});

describe.skipIf(!hasTmux || process.platform !== 'linux')(
	'a command without a question in the background (needs tmux and /proc)',
	() => {
		test.for([
			['all of its streams', ''],
			['its standard input', '> out 2>&1'],
			['its standard error', '< passphrase > out'],
		])(
			'that ends leaves the terminal to its owner, also where that is %s',
			async ([, streams], {shell: {terminal, behindOther}}) => {
				const {id, answer} = await behindOther(streams);
				const before = allModes(terminal);
				answer(passphrase);
				await until(() => !isRunning(id), 'the command has ended');
				expect(allModes(terminal)).toEqual(before);
			},
		);

		test('that has failed ends with its own status', async ({shell: {terminal, vault, startedThere}}) => {
			const id = await startedThere(command('show', 'none', '--key-file', vault.keyFile));
			enter(terminal, `wait ${id}; echo "ended $?"`);
			await terminal.see('ended 10');
		});

		test.for(['SIGTERM', 'SIGINT'] as const)(
			'that %s ends leaves the terminal to its owner',
			async (signal, {shell: {terminal, behindOther}}) => {
				const {id, answer} = await behindOther();
				const before = allModes(terminal);
				process.kill(id, signal);
				await timeToEnd(id);
				answer('');
				expect(allModes(terminal)).toEqual(before);
			},
		);
	},
);

/** What a link points at, or nothing once it is gone. */
function targetOf(link: string): string | undefined {
	try {
		return fs.readlinkSync(link);
	} catch {
		return undefined;
	}
}

/** How often a command has the pipe of its passphrase open: once as it was given, and once as it reads it. */
function readers(id: number, fifo: string): number {
	return fs.readdirSync(`/proc/${id}/fd`).filter(name => targetOf(`/proc/${id}/fd/${name}`) === fifo).length;
}
