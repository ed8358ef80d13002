import {expect, test, vi} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {stopTime} from '../helpers/time.ts';
import {world, worldPassphrase} from '../helpers/world.ts';

/** What terminals answer to questions that other programs asked. */
const replies = {
	'the background colour': '\u001B]11;rgb:1e1e/1e1e/1e1e\u0007',
	'the background colour, ended by ST': '\u001B]11;rgb:1e1e/1e1e/1e1e\u001B\\',
	'the version of tmux': '\u001BP>|tmux 3.4\u001B\\',
	'the version of Ghostty': '\u001BP>|ghostty 1.1.3\u001B\\',
	'the version of XTerm': '\u001BP>|XTerm(370)\u001B\\',
	'a capability': '\u001BP1+r544e=787465726d\u001B\\',
	'a picture that was shown': '\u001B_Gi=31;OK\u001B\\',
	'a private message': '\u001B^te1\u001B\\',
	'a string': '\u001BXte1\u001B\\',
};

/** The answer whole, cut after its Escape, within it, and within its end. */
async function sendAll(terminal: TestTerminal, reply: string): Promise<void> {
	for (const cut of [0, 1, 3, reply.length - 1]) {
		if (cut > 0) await terminal.send(reply.slice(0, cut));
		await terminal.send(reply.slice(cut));
		await terminal.settle();
	}
}

test.each(Object.entries(replies))('%s is no key in the list of keys', async (_, reply) => {
	const {context} = await world();
	const {terminal} = await openApp(context, {rows: 50});
	await terminal.see('1 key');
	const before = terminal.screen;
	await sendAll(terminal, reply);
	expect(terminal.screen).toBe(before);
	// What is pressed afterwards arrives.
	await terminal.press('?');
	await terminal.see('Moving in a list');
});

test.each(Object.entries(replies))(
	'%s is not typed into a field, a hidden one, a filter or the palette',
	async (_, reply) => {
		const {context} = await world();
		const {terminal} = await openApp(context);
		await terminal.press('n', 'ab');
		await sendAll(terminal, reply);
		await terminal.press('c');
		await terminal.see('abc', '3 of 10 characters');
		await terminal.press('Esc', 'y', '/', 'ab');
		await sendAll(terminal, reply);
		await terminal.press('c');
		await terminal.see('/ abc');
		await terminal.press('Esc', ':', 'ab');
		await sendAll(terminal, reply);
		await terminal.press('c');
		await terminal.see(': abc');
		await terminal.press('Esc');
		context.vault.lock();
		await terminal.see('Passphrase');
		await terminal.press(worldPassphrase.slice(0, 2));
		await sendAll(terminal, reply);
		await terminal.press(worldPassphrase.slice(2), 'Enter');
		await terminal.see('1 key');
	},
);

test('digits typed after Alt+] arrive in a field', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'ab');
	stopTime('performance', 'setTimeout', 'clearTimeout');
	await terminal.send('\u001B]');
	// As a person types: an answer of the terminal comes faster.
	await vi.advanceTimersByTimeAsync(50);
	vi.useRealTimers();
	await terminal.send('1');
	await terminal.see('ab1', '3 of 10 characters');
});
