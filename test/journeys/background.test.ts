import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {isRunning, timeToEnd, until} from './ending.ts';
import {allModes, enter, expectEnd, modes, startOtherProgram, stopped, waits} from './other-program.ts';
import {hasTmux, Home, program, run, Terminal} from './program.ts';

const passphrase = 'canary of a vault';
const question = 'Passphrase or recovery key:';

let home: Home;
let file: string;
let terminal: Terminal;
beforeEach(async () => {
	home = new Home();
	file = home.passphraseFile(passphrase);
	expect(await run(home, ['init', '--sandbox', '--passphrase-file', file])).toMatchObject({status: 0});
	if (hasTmux) terminal = new Terminal(home);
});
afterEach(() => {
	terminal.close();
	home.remove();
});

const command = (...words: readonly string[]) => `${process.execPath} ${program} ${words.join(' ')} --sandbox`;

/** A command that asks `wanted` and is suspended there; gives its process. */
async function suspended(wanted: string, ...words: readonly string[]): Promise<number> {
	enter(terminal, command(...words));
	await terminal.see(wanted);
	const id = terminal.programId();
	terminal.press('C-z');
	await terminal.see('Stopped');
	return id;
}

/** A command, started in the background; gives its process. */
async function startedThere(line: string): Promise<number> {
	enter(terminal, `${line} & echo "id=$!"`);
	return Number(/^id=(\d+)$/m.exec(await terminal.see(/^id=\d+$/m))![1]);
}

describe.skipIf(!hasTmux || process.platform !== 'linux')('a question in the background (needs tmux and /proc)', () => {
	test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const)(
		'suspended, its command ends within 2 s of being continued after %s, and another program keeps the terminal as it was',
		async signal => {
			const id = await suspended(question, 'list');
			await startOtherProgram(home, terminal);
			await expectEnd(id, signal, terminal);
		},
	);

	test.each([
		[
			'Ctrl+Z',
			() => {
				terminal.press('C-z');
			},
		],
		[
			'SIGSTOP',
			() => {
				process.kill(terminal.programId(), 'SIGSTOP');
			},
		],
	])(
		'stopped by %s, a command that SIGTERM lets finish in order does so, and leaves the modes to the owner',
		async (_, stop) => {
			enter(terminal, command('edit', 'main', '--ip', '192.0.2.7', '--passphrase-file', file));
			await terminal.see('[y/N]');
			const id = terminal.programId();
			stop();
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

	test('suspended, its command ends by the signal that it was sent, also where the shell continues it', async () => {
		const id = await suspended(question, 'list');
		enter(terminal, `kill ${id}; bg; wait ${id}; echo "ended $?"`);
		await terminal.see('ended 143');
		expect(modes(terminal)).toMatch(/ icanon[^]* echo /);
	});

	test('continued there, it stops again, and fg asks it again without echo', async () => {
		const id = await suspended(question, 'list');
		const before = waits(id);
		enter(terminal, 'clear; bg');
		await until(() => waits(id) > before, 'the command has been continued');
		await stopped(id);
		enter(terminal, 'echo the "shell"');
		await terminal.see('the shell');
		expect(terminal.screen()).not.toContain(question);
		enter(terminal, 'clear; fg');
		await terminal.see(question);
		terminal.type(`${passphrase}\r`);
		await terminal.see(/main +read/);
		expect(terminal.history()).not.toContain('canary');
		expect(modes(terminal)).toMatch(/ icanon[^]* echo /);
	});

	test('stopped by SIGSTOP, its command ends within 2 s of SIGTERM, and leaves the terminal to its owner', async () => {
		enter(terminal, command('list'));
		await terminal.see(question);
		const id = terminal.programId();
		process.kill(id, 'SIGSTOP');
		await terminal.see('Stopped');
		await startOtherProgram(home, terminal, '');
		await expectEnd(id, 'SIGTERM', terminal);
	});

	test('started there, it waits for fg', async () => {
		await stopped(await startedThere(command('list')));
		enter(terminal, 'clear; fg');
		await terminal.see(question);
		terminal.type(`${passphrase}\r`);
		await terminal.see(/main +read/);
		expect(terminal.history()).not.toContain('canary');
	});

	test('started there, its command ends within 2 s of being continued after SIGTERM, and leaves the terminal to its owner', async () => {
		const id = await startedThere(command('list'));
		await stopped(id);
		await startOtherProgram(home, terminal);
		await expectEnd(id, 'SIGTERM', terminal);
	});

	test('started there by a shell that has ended, its command ends too', async () => {
		enter(terminal, `cd; (sh -c 'echo $$ > id; exec ${command('list')} 2> told' &); echo "shell again"`);
		await terminal.see(/^shell again$/m);
		await until(() => fs.existsSync(home.file('told')), 'the command has begun');
		await until(() => !isRunning(Number(fs.readFileSync(home.file('id'), 'utf8'))), 'the command has ended');
	});
});

describe.skipIf(!hasTmux || process.platform !== 'linux')(
	'a command without a question in the background (needs tmux and /proc)',
	() => {
		/** A command that waits there for its passphrase while another program has the terminal; gives its process. */
		async function behindOther(
			streams = '',
		): Promise<{readonly id: number; readonly answer: (passphrase: string) => void}> {
			execFileSync('mkfifo', [home.file('fifo')]);
			const pipe = fs.openSync(home.file('fifo'), 'r+');
			const id = await startedThere(`cd; ${command('list', '--passphrase-fd', '3')} 3< fifo ${streams}`);
			await until(() => readers(id) === 2, 'the command waits');
			await startOtherProgram(home, terminal);
			return {
				id,
				answer(line) {
					fs.writeSync(pipe, line);
					fs.closeSync(pipe);
				},
			};
		}

		/** How often a command has the pipe of its passphrase open: once as it was given, and once as it reads it. */
		const readers = (id: number) =>
			fs.readdirSync(`/proc/${id}/fd`).filter(name => targetOf(`/proc/${id}/fd/${name}`) === home.file('fifo')).length;

		test.each([
			['all of its streams', ''],
			['its standard input', '> out 2>&1'],
			['its standard error', '< passphrase > out'],
		])('that ends leaves the terminal to its owner, also where that is %s', async (_, streams) => {
			const {id, answer} = await behindOther(streams);
			const before = allModes(terminal);
			answer(passphrase);
			await until(() => !isRunning(id), 'the command has ended');
			expect(allModes(terminal)).toEqual(before);
		});

		test('that has failed ends with its own status', async () => {
			const id = await startedThere(command('show', 'none', '--passphrase-file', file));
			enter(terminal, `wait ${id}; echo "ended $?"`);
			await terminal.see('ended 10');
		});

		test.each(['SIGTERM', 'SIGINT'] as const)('that %s ends leaves the terminal to its owner', async signal => {
			const {id, answer} = await behindOther();
			const before = allModes(terminal);
			process.kill(id, signal);
			await timeToEnd(id);
			answer('');
			expect(allModes(terminal)).toEqual(before);
		});
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
