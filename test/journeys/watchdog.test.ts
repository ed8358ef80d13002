import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {hasTmux, Home, program, run, Terminal} from './program.ts';

const passphrase = 'correct horse battery';
/** What is promised, ms, and some for a machine that is at work. */
const promisedMs = 2000;
const leewayMs = 1500;

let home: Home;
let terminal: Terminal;
beforeEach(() => {
	home = new Home();
});
afterEach(() => {
	terminal.close();
	home.remove();
});

/**
 * The program as it ships, and a signal that has its main thread do nothing else for ever: no call of the program can
 * do that.
 */
function blockable(): string {
	const copy = home.file('copy');
	fs.mkdirSync(path.join(copy, 'bin'), {recursive: true});
	fs.symlinkSync(path.resolve('dist'), path.join(copy, 'dist'));
	const bin = fs
		.readFileSync(program, 'utf8')
		.replace('// No new syntax', 'process.on("SIGUSR2", () => { for (;;); });\n// No new syntax');
	fs.writeFileSync(path.join(copy, 'bin/okx-keys.js'), bin);
	fs.writeFileSync(path.join(copy, 'package.json'), '{"type": "module"}');
	return path.join(copy, 'bin/okx-keys.js');
}

/** The list of keys of an open vault, in a terminal; gives the program's process. */
async function opened(prefix = ''): Promise<number> {
	const file = home.passphraseFile(passphrase);
	expect(await run(home, ['init', '--sandbox', '--passphrase-file', file])).toMatchObject({status: 0});
	terminal = new Terminal(home);
	terminal.type(`${prefix} ${process.execPath} ${blockable()} --sandbox --passphrase-file ${file}`);
	terminal.press('Enter');
	await terminal.see(/main +RT-/);
	// The watchdog starts after the first frame.
	await delay(1000);
	return Number(execFileSync('pgrep', ['-n', '-f', home.file('copy')], {encoding: 'utf8'}));
}

const isRunning = (id: number) =>
	fs.existsSync(`/proc/${id}`) && !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${id}/status`, 'utf8'));

/** How long a process takes to end, ms; fails when it takes far longer than it may. */
async function timeToEnd(id: number): Promise<number> {
	const start = performance.now();
	while (isRunning(id)) {
		if (performance.now() - start > 3 * promisedMs) {
			process.kill(id, 'SIGKILL');
			throw new Error('The program went on.');
		}

		await delay(20);
	}

	return performance.now() - start;
}

test.skipIf(!hasTmux)(
	'a main thread that is at work for ever ends within 2 s of the loss of its terminal',
	async () => {
		const id = await opened();
		process.kill(id, 'SIGUSR2');
		await delay(100);
		expect(isRunning(id)).toBe(true);
		terminal.close();
		expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
	},
);

test.skipIf(!hasTmux).each(['SIGTERM', 'SIGHUP'] as const)(
	'a main thread that is at work for ever ends within 2 s of %s, and gives the terminal back',
	async signal => {
		const id = await opened();
		process.kill(id, 'SIGUSR2');
		await delay(100);
		process.kill(id, signal);
		expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
		terminal.press('Enter');
		await terminal.see(/[$#] *$/m);
		expect(terminal.screen()).not.toContain('main ');
		terminal.type('echo back again');
		terminal.press('Enter');
		await terminal.see(/^back again$/m);
	},
);

test.skipIf(!hasTmux)(
	'the program ends within 2 s of the loss of its terminal, also where no signal tells of it',
	async () => {
		const id = await opened('setsid -w');
		terminal.close();
		expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
	},
);

test.skipIf(!hasTmux)('SIGTERM ends a program that waits for the exchange', async () => {
	const id = await opened();
	terminal.type(':');
	await terminal.see('Rehearse');
	terminal.type('slow');
	terminal.press('Enter');
	await terminal.see('now rehearses');
	terminal.type('t');
	await delay(300);
	process.kill(id, 'SIGTERM');
	expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
});
