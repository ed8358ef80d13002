import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {until} from './ending.ts';
import {test} from './journey.ts';
import {hasTmux} from './program.ts';
import {takeLetters} from './screen.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe.skipIf(!hasTmux)('a new key in tmux over SSH (needs tmux)', () => {
	test('is copied in both parts, is cleared after its time, and is then nowhere', async ({
		sandbox,
		home,
		openTerminal,
	}) => {
		await sandbox.done('settings', 'clipboard-time', '1s');
		const terminal = openTerminal({columns: 120, rows: 36, environment: {SSH_TTY: '/dev/pts/1', DISPLAY: ':9'}});
		const socket = home.file('inner');
		const tmux = (...words: readonly string[]) => execFileSync('tmux', ['-S', socket, ...words], {encoding: 'utf8'});
		terminal.type(`TMUX= tmux -S ${socket} -f /dev/null new-session sh`);
		terminal.press('Enter');
		await until(() => fs.existsSync(socket), 'tmux has started');
		terminal.start(...sandbox.opened, ';', 'echo', '"ended $?"');
		await takeLetters(terminal);
		terminal.press('n');
		await terminal.see('step 1 of 6');
		terminal.type('newbot');
		terminal.press('PageDown', 'PageDown', 'PageDown');
		await terminal.see('step 4 of 6');
		terminal.type('127.0.0.1');
		terminal.press('PageDown', 'y');
		const shown = await terminal.see('step 6 of 6');
		const [, apiKey = ''] = /API key +(\S{36})/.exec(shown) ?? [];
		const [, secretKey = ''] = /Secret key +(\S{32})/.exec(shown) ?? [];
		expect([apiKey.length, secretKey.length]).toEqual([36, 32]);

		terminal.press('c');
		await terminal.see('Copy which part of newbot?');
		terminal.press('Enter');
		await terminal.see('API key: sent to your terminal');
		terminal.press('j', 'Enter');
		await terminal.see('Secret key: sent to your terminal');
		const sent = () => {
			const written = terminal.written();
			return [base64(apiKey), base64(secretKey), '\u001B]52;;IA==\u0007'].map(text => written.lastIndexOf(text));
		};
		// The blank that clears comes after both.
		await until(() => sent()[2]! > Math.max(sent()[0]!, sent()[1]!), 'the clipboard was told to clear the secret');
		expect(sent().every(at => at > -1)).toBe(true);
		expect(tmux('list-buffers')).toBe('');
		terminal.press('Escape');
		// tmux would take Esc and a letter right after it for one key.
		await terminal.see('Press s when you have saved');
		terminal.press('s', 'q');
		await terminal.see('ended 0');
		tmux('kill-server');
		const holders = home.files().filter(({bytes}) => bytes.includes(secretKey) || bytes.includes(base64(secretKey)));
		expect(holders.map(({name}) => name)).toEqual([]);
		expect(await sandbox.json('show', 'newbot')).toMatchObject({
			uses: [{program: 'api-key'}, {program: 'secret-key'}],
		});
	});
});
