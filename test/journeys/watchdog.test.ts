import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {leewayMs, promisedMs, timeToEnd, until, watched, workedMs} from './ending.ts';
import {test as journey} from './journey.ts';
import {hasTmux, program, type Home} from './program.ts';
import {list, takeLetters} from './screen.ts';

/**
 * The program as it ships, and a signal that has its main thread do nothing else for ever: no call of the program can
 * do that.
 */
function blockable(home: Home): string {
	const copy = home.file('copy');
	fs.cpSync(path.dirname(program), path.join(copy, 'bin'), {recursive: true});
	fs.symlinkSync(path.resolve('dist'), path.join(copy, 'dist'));
	const bin = fs
		.readFileSync(program, 'utf8')
		.replace('// No new syntax', 'process.on("SIGUSR2", () => { for (;;); });\n// No new syntax');
	fs.writeFileSync(path.join(copy, 'bin/okx-keys.js'), bin);
	fs.writeFileSync(path.join(copy, 'package.json'), '{"type": "module"}');
	return path.join(copy, 'bin/okx-keys.js');
}

/** A terminal, and the list of keys of an open vault in it; gives the program's process. */
const test = journey.extend('screen', ({home, sandbox, openTerminal}) => {
	const terminal = openTerminal();
	return {
		terminal,
		async opened(prefix = ''): Promise<number> {
			const words = [prefix, process.execPath, blockable(home), ...sandbox.opened];
			terminal.type(words.join(' '));
			terminal.press('Enter');
			await terminal.see(list);
			const id = Number(execFileSync('pgrep', ['-n', '-f', home.file('copy')], {encoding: 'utf8'}));
			await watched(id);
			return id;
		},
	};
});

/** Has the main thread do nothing else for ever, and waits until it does. */
async function block(id: number): Promise<void> {
	const before = workedMs(id);
	process.kill(id, 'SIGUSR2');
	await until(() => workedMs(id) > before + 500, 'the main thread is at work');
}

describe.skipIf(!hasTmux)('the watchdog of the full screen (needs tmux)', () => {
	test('a main thread that is at work for ever ends within 2 s of the loss of its terminal', async ({
		screen: {terminal, opened},
	}) => {
		const id = await opened();
		await block(id);
		terminal.close();
		expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
	});

	test.for(['SIGTERM', 'SIGHUP'] as const)(
		'a main thread that is at work for ever ends within 2 s of %s, and gives the terminal back',
		async (signal, {screen: {terminal, opened}}) => {
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

	test('a main thread that is at work for ever ends also where no signal tells of the loss of its terminal', async ({
		screen: {terminal, opened},
	}) => {
		const id = await opened('setsid -w');
		terminal.press('Down');
		await block(id);
		terminal.close();
		expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
	});

	test('the program ends within 2 s of the loss of its terminal, also where no signal tells of it', async ({
		screen: {terminal, opened},
	}) => {
		const id = await opened('setsid -w');
		terminal.close();
		expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
	});

	test('a busy main thread in the background ends within 2 s of SIGTERM, and the shell keeps its terminal', async ({
		screen: {terminal, opened},
	}) => {
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
	});

	test('SIGTERM ends a program that waits for the exchange', async ({screen: {terminal, opened}}) => {
		const id = await opened();
		await takeLetters(terminal);
		terminal.type(':');
		await terminal.see('Actions');
		terminal.type('slow');
		await terminal.see(/^› +Rehearse slow:/m);
		terminal.press('Enter');
		await terminal.see('now rehearses');
		terminal.type('t');
		await terminal.see('› Test main');
		process.kill(id, 'SIGTERM');
		expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
	});
});
