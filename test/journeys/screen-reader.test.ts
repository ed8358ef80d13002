import {describe, expect} from 'vitest';
import {hasTmux, run} from './program.ts';
import {hasPty, test, type RawTerminal} from './raw-terminal.ts';
import {passphrase} from './vaults.ts';

/** Signs that draw, and say nothing to a person who hears them. */
const signs = /[│─╭╮╰╯█░›✓✗●○·▏•]/;

/** Opens the vault and goes where a person goes with a key, from the list to its end. */
async function useAll(terminal: RawTerminal): Promise<void> {
	await terminal.see(/Unlock your vault[^]*Keys: Enter unlock, [^]*Passphrase:/);
	await terminal.send('wrong\r');
	await terminal.see(/failed Wrong passphrase; nothing was changed\.[^]*Passphrase:/);
	await terminal.send(passphrase, '\r');
	await terminal.see(/OKX, API & Web Trading, API Keys Management, SANDBOX\n[^]*Selected: main, read and trade, /);
	await terminal.send('n');
	await terminal.see(/Create New Key, SANDBOX\nName and description, step 1 of 6\n[^]*Name:/);
	await terminal.send('gridx', '\u007F', '\r');
	await terminal.see(/Name: grid[^]*Description:/);
	await terminal.send('\r');
	await terminal.see('Selected: Account, Main account (1 of 4)');
	await terminal.send('\u001B[B');
	await terminal.see('Selected: Account, Sub-account quantdesk01 (2 of 4)');
	await terminal.send('\u001B[6~');
	await terminal.see('Selected: Trade: off (2 of 4)');
	await terminal.send(' ');
	await terminal.see('Selected: Trade: on (2 of 4)');
	await terminal.send('\u001B[6~');
	await terminal.see('IP addresses:');
	await terminal.send('127.0.0.1', '\u001B[6~');
	await terminal.see('Review, step 5 of 6');
	await terminal.send('y');
	await terminal.see('API key and secret, step 6 of 6');
	await terminal.send('s');
	await terminal.see(/ok grid is on the exchange and in this vault/);
	await terminal.send('t');
	await terminal.see('ok The key works: read, trade.');
	await terminal.send('\u001B');
	await terminal.send('\u001B');
	await terminal.see(/Selected: grid, read and trade, .*\(1 of 2\)/);
	await terminal.send('j');
	await terminal.see(/Selected: main, read and trade, .*\(2 of 2\)/);
}

describe.skipIf(!hasPty).concurrent('under a screen reader (needs python3 and /proc)', () => {
	test.for([
		['--screen-reader', ['--screen-reader'], {}, /^(?:[^\u001B]|\u001B\[\?2004[hl])*$/],
		['INK_SCREEN_READER=true', [], {INK_SCREEN_READER: 'true'}, /^(?:[^\u001B]|\u001B\[\?2004[hl])*$/],
		['--screen-reader on a dumb terminal', ['--screen-reader'], {TERM: 'dumb'}, /^[^\u001B]*$/],
	] as const)(
		'%s: every screen is lines that are only added, in words, and the same keys do the same',
		async ([, words, environment, written], {sandbox, openRaw}) => {
			const terminal = openRaw(['--sandbox', '--vault', sandbox.path, ...words], {environment, columns: 200, rows: 60});
			const before = await terminal.modesBefore();
			await useAll(terminal);
			await terminal.send('q');
			expect(await terminal.ended()).toBe(0);
			expect(terminal.written).toMatch(written);
			expect(terminal.state).toMatchObject({screen: 'normal', bracketedPasteMode: false});
			expect(await terminal.modes()).toBe(before);
			expect(terminal.history).not.toMatch(signs);
			// The passphrase is a sign for each letter, and what is selected is said once.
			expect(terminal.written).not.toContain(passphrase);
			expect(terminal.history).toMatch(new RegExp(`^Passphrase: \\*{${passphrase.length}}$`, 'm'));
			expect(terminal.history.match(/Selected: Trade: on/g)).toHaveLength(1);
		},
	);

	test('a narrow window cuts nothing off, a change of its size says nothing, and Ctrl+L says all of it', async ({
		sandbox,
		openRaw,
	}) => {
		const terminal = openRaw([...sandbox.opened, '--screen-reader'], {columns: 30, rows: 60});
		await terminal.writes('Opened with ');
		await terminal.send('z\r');
		await terminal.writes('what you typed was ignored');
		await terminal.writes(/Selected: main, read and trade, .*health untested/);
		const {length} = terminal.written;
		terminal.resize(100, 30);
		await terminal.send('?');
		await terminal.writes('Moving in a list');
		expect(terminal.written.slice(length).replaceAll('\r\n', '\n')).toMatch(
			/^\nOKX, API & Web Trading, API Keys Management, Help, SANDBOX\n/,
		);

		const {length: said} = terminal.written;
		await terminal.send('\u000C');
		await terminal.until(() => terminal.written.includes('Moving in a list', said), 'the help is said again');
	});

	test('without it, a dumb terminal is refused in one sentence', async ({openRaw}) => {
		const terminal = openRaw(['--sandbox'], {environment: {TERM: 'dumb'}, columns: 200});
		expect(await terminal.ended()).toBe(4);
		expect(terminal.written).toMatch(
			/^okx-keys: The full screen cannot be drawn on this terminal: TERM is dumb\.\r\nSet TERM to .*--screen-reader.*\.\r\n$/,
		);
	});
});

test.skipIf(!hasTmux)(
	'Ctrl+Z gives the shell back, and fg says all of the screen again (needs tmux)',
	async ({sandbox, openTerminal}) => {
		const terminal = openTerminal({columns: 120, rows: 40});
		terminal.start('--screen-reader', '--sandbox', '--vault', sandbox.path);
		await terminal.see(/Unlock your vault[^]*Passphrase:/);
		terminal.press('C-z');
		await terminal.see('Stopped');
		terminal.type('fg');
		terminal.press('Enter');
		await terminal.see(/Stopped[^]*Unlock your vault[^]*Passphrase:/);
		terminal.type(passphrase);
		terminal.press('Enter');
		await terminal.see('Selected: main, read and trade, ');
	},
);

test('--help tells of --screen-reader', async ({home}) => {
	expect((await run(home, ['--help'])).out).toMatch(/--screen-reader +write the full screen as lines/);
});
