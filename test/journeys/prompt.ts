import {execFileSync} from 'node:child_process';
import {setTimeout as delay} from 'node:timers/promises';
import {test as journey} from './journey.ts';
import {program, type Terminal} from './program.ts';

/** A terminal beside a vault, which commands in it open when no other is named. */
export const test = journey.extend('terminal', ({live, openTerminal}) =>
	openTerminal({columns: 120, environment: {OKX_KEYS_VAULT: live.path}}),
);

/** What the terminal does with what is typed, as stty tells it. */
export async function modes(terminal: Terminal): Promise<string> {
	terminal.clear();
	terminal.type('stty -a; echo $?-told\r');
	return terminal.see(/^\d-told/m);
}

export const cooked = /(?=[^]*(?<!-)\bisig\b)(?=[^]*(?<!-)\bicanon\b)(?=[^]*(?<!-)\becho\b)/;
export const isRaw = (terminal: Terminal) =>
	execFileSync('stty', ['-a', '-F', terminal.tty()], {encoding: 'utf8'}).includes('-icanon');

/** Waits until the program, and not the shell, has the terminal. */
export async function raw(terminal: Terminal): Promise<void> {
	for (const end = Date.now() + 20_000; !isRaw(terminal); await delay(20))
		if (Date.now() > end) throw new Error(`Never raw:\n${terminal.screen()}`);
}

/** Starts a command in a shell that says each exit status. */
export function start(terminal: Terminal, ...words: readonly string[]): void {
	terminal.clear();
	terminal.type(`PS1='status=$? $ '; clear; ${process.execPath} ${program} ${words.join(' ')}`);
	terminal.press('Enter');
}
