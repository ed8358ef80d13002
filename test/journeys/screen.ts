import type {Terminal, TerminalOptions} from './program.ts';
import {passphrase, type TestVault} from './vaults.ts';

/** The line of the sandbox's own key in the list. */
export const list = /main +RT-/;

/** Answers the screen that asks for the passphrase, with that or with the recovery key. */
export async function unlock(terminal: Terminal, typed = passphrase): Promise<void> {
	await terminal.see('› Passphrase');
	terminal.type(typed);
	terminal.press('Enter');
}

/**
 * Has a vault that opened without a question take letters for keys: at first they may be those of a passphrase, until
 * the Enter after them.
 */
export async function takeLetters(terminal: Terminal): Promise<void> {
	await terminal.see('Opened with ');
	terminal.type('z');
	terminal.press('Enter');
	const isKey = /Secret key/;
	// On a machine at work that was too late: no key is called by z, and Enter has opened one.
	if (isKey.test(await terminal.see(new RegExp(`what you typed was ignored|${isKey.source}`)))) {
		terminal.press('Escape');
		await terminal.seeNot(isKey);
	}
}

/** The list of a vault, opened by its key file; a test whose subject is the passphrase types it. */
export async function openList(
	vault: TestVault,
	openTerminal: (options?: TerminalOptions) => Terminal,
	{words = [], ...options}: TerminalOptions & {readonly words?: readonly string[]} = {},
): Promise<Terminal> {
	const terminal = openTerminal(options);
	terminal.start(...vault.opened, ...words);
	await takeLetters(terminal);
	return terminal;
}
