import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {expect} from 'vitest';
import {leewayMs, promisedMs, stateOf, timeToEnd, until} from './ending.ts';
import type {Home, Terminal} from './program.ts';

/** Types a line into the shell, also where a stopped program has left the terminal raw. */
export function enter(terminal: Terminal, line: string): void {
	terminal.type(line);
	terminal.press('C-j');
}

/** What the terminal does with what is typed, in words. */
export const modes = (terminal: Terminal): string =>
	execFileSync('stty', ['-a', '-F', terminal.tty()], {encoding: 'utf8'});

/** All modes of the terminal, as stty takes them. */
export const allModes = (terminal: Terminal): string =>
	execFileSync('stty', ['-g', '-F', terminal.tty()], {encoding: 'utf8'});

/** What a person sees, and how the terminal is. */
export const terminalNow = (terminal: Terminal): {readonly screen: string; readonly modes: string} => ({
	screen: terminal.screen(),
	modes: allModes(terminal),
});

/**
 * Has another program take the whole screen, as an editor does, and not read yet what is typed for it. It ends once
 * there is a file `done` in the home.
 */
export async function startOtherProgram(home: Home, terminal: Terminal, typed = 'typed'): Promise<void> {
	fs.writeFileSync(
		home.file('other'),
		String.raw`stty raw -echo; printf '\033[?1049h\033[2J\033[HANOTHER PROGRAM'; until [ -e done ]; do sleep 0.1; done`,
	);
	enter(terminal, 'cd; sh other');
	await terminal.see(/^ANOTHER PROGRAM$/m);
	terminal.type(typed);
}

/** Continues a stopped program that was sent a signal, and expects it to end and to leave the terminal as it is. */
export async function expectEnd(id: number, signal: NodeJS.Signals, terminal: Terminal): Promise<void> {
	const before = terminalNow(terminal);
	process.kill(id, signal);
	process.kill(id, 'SIGCONT');
	expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
	expect(terminalNow(terminal)).toEqual(before);
}

export async function stopped(id: number): Promise<void> {
	await until(() => stateOf(id) === 'T', 'the program has stopped');
}

/** How often the program has begun to wait for something, which a stopped one does not. */
export const waits = (id: number): number =>
	Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${id}/status`, 'utf8'))![1]);
