import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {leewayMs, promisedMs, timeToEnd, until, watched, workedMs} from './ending.ts';
import {hasTmux, Home, program, run, Terminal} from './program.ts';

const passphrase = 'correct horse battery';

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
	terminal.type(`${prefix} ${process.execPath} ${blockable()} --sandbox`);
	terminal.press('Enter');
	await terminal.see('Passphrase');
	terminal.type(passphrase);
	terminal.press('Enter');
	await terminal.see(/main +RT-/);
	const id = Number(execFileSync('pgrep', ['-n', '-f', home.file('copy')], {encoding: 'utf8'}));
	await watched(id);
	return id;
}

/** Has the main thread do nothing else for ever, and waits until it does. */
async function block(id: number): Promise<void> {
	const before = workedMs(id);
	process.kill(id, 'SIGUSR2');
	await until(() => workedMs(id) > before + 500, 'the main thread is at work');
}

test.skipIf(!hasTmux)(
	'a main thread that is at work for ever ends within 2 s of the loss of its terminal',
	async () => {
		const id = await opened();
		await block(id);
		terminal.close();
		expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
	},
);

test.skipIf(!hasTmux).each(['SIGTERM', 'SIGHUP'] as const)(
	'a main thread that is at work for ever ends within 2 s of %s, and gives the terminal back',
	async signal => {
		const id = await opened();
		await block(id);
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

test.skipIf(!hasTmux)(
	'a main thread that is at work for ever in the background ends within 2 s of SIGTERM, and the shell keeps its terminal',
	async () => {
		const id = await opened();
		await block(id);
		process.kill(id, 'SIGSTOP');
		await terminal.see('Stopped');
		terminal.type("stty raw -echo; printf '\\033[?1049h\\033[2J\\033[HANOTHER PROGRAM'; cat > /dev/null");
		terminal.press('C-j');
		await terminal.see(/^ANOTHER PROGRAM$/m);
		const modes = () => execFileSync('stty', ['-a', '-F', terminal.tty()], {encoding: 'utf8'});
		const before = {screen: terminal.screen(), modes: modes()};
		process.kill(id, 'SIGTERM');
		process.kill(id, 'SIGCONT');
		expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
		expect({screen: terminal.screen(), modes: modes()}).toEqual(before);
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
	await terminal.see('› Test main');
	process.kill(id, 'SIGTERM');
	expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
});
