import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {hasTmux, type Terminal} from './program.ts';
import {list, openList, unlock} from './screen.ts';
import {passphrase} from './vaults.ts';

/** The shell's, for root and for others. */
const prompt = /^[#$] ?$/m;

async function setUp(terminal: Terminal): Promise<void> {
	await terminal.see('Make your vault');
	terminal.type(passphrase);
	terminal.press('Tab');
	terminal.type(passphrase);
	terminal.press('Enter');
	await terminal.see('Your recovery key');
	terminal.press('w');
	await terminal.see(list);
}

/** Makes a key of this name by the wizard, with Trade and one address, up to the screen that shows it once. */
async function createKey(terminal: Terminal, name: string): Promise<void> {
	terminal.press('n');
	await terminal.see('step 1 of 6');
	terminal.type(name);
	terminal.press('Enter', 'Enter');
	await terminal.see('step 2 of 6');
	terminal.press('PageDown');
	await terminal.see('step 3 of 6');
	terminal.press('Space', 'Enter');
	await terminal.see('step 4 of 6');
	terminal.type('127.0.0.1');
	terminal.press('PageDown');
	await terminal.see('step 5 of 6');
	terminal.press('y');
	await terminal.see('step 6 of 6');
}

describe.skipIf(!hasTmux).concurrent('in a real terminal', () => {
	test('from nothing to a key that is made, seen once, tested, edited, and found again after quitting', async ({
		openTerminal,
		home,
	}) => {
		const terminal = openTerminal();
		terminal.start('--sandbox');
		await setUp(terminal);
		await createKey(terminal, 'bot1');
		const shown = terminal.screen();
		const secret = /Secret key +([\dA-F]{32})/.exec(shown)?.[1];
		expect(secret).toBeDefined();
		expect(shown).toMatch(/API key +[\da-f]{8}-/);
		terminal.press('s');
		await terminal.see('••••••••');
		expect(terminal.screen()).not.toContain(secret);

		terminal.press('t');
		await terminal.see('The key works: read, trade.');
		terminal.press('Escape');
		await terminal.see(/Last test +.*works/);

		terminal.press('e');
		await terminal.see('› Name');
		terminal.press('C-u');
		terminal.type('grid');
		terminal.press('Tab');
		terminal.type('night shift');
		terminal.press('PageDown');
		await terminal.see('This would change');
		terminal.press('y');
		await terminal.see(/^night shift/m);

		terminal.press('p');
		await terminal.see('[x] Trade');
		terminal.press('Space', 'Enter');
		await terminal.see('+ read');
		terminal.press('y');
		await terminal.see(/Permissions +read *\n/);
		terminal.press('t');
		await terminal.see('The key works: read.');

		terminal.press('q');
		await terminal.see(prompt);
		// The screen is the shell's again, and nothing of the program stays in its history.
		expect(terminal.history()).not.toContain('API Keys Management');
		expect(terminal.history()).not.toContain(secret);

		terminal.start('--sandbox');
		await unlock(terminal);
		const keys = await terminal.see(/grid +R--/);
		expect(keys).toMatch(list);
		expect(keys).not.toContain(secret);
		for (const {name, bytes} of home.files()) expect(bytes.includes(secret!), name).toBe(false);
	});

	test('a wrong passphrase says so, changes nothing, and the right one opens afterwards', async ({
		sandbox,
		openTerminal,
	}) => {
		const before = sandbox.bytes();
		const terminal = openTerminal();
		terminal.start('--sandbox');
		await unlock(terminal, 'not this one');
		await terminal.see('Wrong passphrase; nothing was changed.');
		expect(sandbox.bytes()).toEqual(before);
		await unlock(terminal);
		expect(await terminal.see(list)).not.toContain('Wrong passphrase');
	});

	test('what is typed before the screen is there is not lost', async ({sandbox, openTerminal}) => {
		const terminal = openTerminal();
		terminal.start('--sandbox', '--vault', sandbox.path);
		// The shell has not started the program yet; the terminal keeps what is typed.
		terminal.type(passphrase);
		terminal.press('Enter');
		await terminal.see(list);
	});

	test('a name of 11 characters and a name that is taken are told at the field, before the exchange is asked', async ({
		sandbox,
		openTerminal,
	}) => {
		const terminal = await openList(sandbox, openTerminal);
		terminal.press('n');
		await terminal.see('step 1 of 6');
		terminal.type('elevenchars');
		terminal.press('PageDown');
		await terminal.see('11 characters');
		terminal.press('C-u');
		terminal.type('main');
		terminal.press('PageDown');
		await terminal.see('already in this vault');
		expect(terminal.screen()).toContain('step 1 of 6');
	});

	test('leaving the wizard with something typed asks first', async ({sandbox, openTerminal}) => {
		const terminal = await openList(sandbox, openTerminal);
		terminal.press('n');
		await terminal.see('step 1 of 6');
		terminal.type('bot1');
		terminal.press('Escape');
		await terminal.see(/lost|Leave|typed/);
		terminal.press('n');
		await terminal.see('bot1');
		expect(terminal.screen()).toContain('step 1 of 6');
	});

	test('a permission toggled on the exchange’s side is found as drift by the next test', async ({
		sandbox,
		openTerminal,
	}) => {
		const terminal = await openList(sandbox, openTerminal);
		terminal.press('t');
		const screen = await terminal.see('The key works');
		// The page of the exchange is this program's alone: another one is refused there.
		const host = /127\.0\.0\.1:\d+/.exec(screen)![0];
		expect((await fetch(`http://${host}/sandbox/page/keys`)).status).toBe(403);
		terminal.type(':');
		await terminal.see('› Actions');
		terminal.type('rehearse permission-appeared');
		await terminal.see('Rehearse permission-appeared');
		terminal.press('Enter');
		await terminal.see('The sandbox now rehearses permission-appeared');
		terminal.press('t');
		const drifted = await terminal.see(/differs? from what is declared/);
		expect(drifted).toContain('read, trade, withdraw');
		expect(drifted).toMatch(/revoke the key now/);
	});

	test('secrets are on the screen only while they are revealed', async ({sandbox, openTerminal}) => {
		const {secretKey} = await sandbox.json<{readonly secretKey: string}>('show', 'main', '--reveal');
		const terminal = await openList(sandbox, openTerminal);
		terminal.press('Enter');
		await terminal.see(/Secret key +••••••••/);
		expect(terminal.screen()).not.toContain(secretKey);
		terminal.press('v');
		await terminal.see(secretKey);
		await terminal.seeNot(secretKey);
		terminal.press('v');
		await terminal.see(secretKey);
		terminal.press('L');
		await terminal.see('Unlock your vault');
		expect(terminal.screen()).not.toContain(secretKey);
	});

	test('a screen of any size is drawn whole, and too small a one says so without quitting', async ({
		sandbox,
		openTerminal,
	}) => {
		const terminal = await openList(sandbox, openTerminal);
		await terminal.see(/main +RT-.*│/);
		terminal.resize(60, 20);
		await terminal.see(list);
		await terminal.seeNot('│');
		terminal.resize(30, 8);
		await terminal.see('too small');
		terminal.resize(120, 40);
		const wide = await terminal.see(/main +RT-.*│/);
		expect(wide.trimEnd().split('\n').length).toBe(40);
		expect(wide).not.toContain('too small');
	});

	test.for([
		['HUP', 129],
		['TERM', 143],
	] as const)(
		'SIG%s locks the vault and gives the shell its terminal back',
		async ([signal, status], {sandbox, openTerminal}) => {
			const terminal = await openList(sandbox, openTerminal);
			process.kill(terminal.programId(), `SIG${signal}`);
			await terminal.see(prompt);
			terminal.type('echo status $?');
			terminal.press('Enter');
			await terminal.see(`status ${status}`);
			terminal.type('stty -a');
			terminal.press('Enter');
			expect(await terminal.see(/ icanon/)).toMatch(/ echo /);
		},
	);

	test('Ctrl+Z gives the shell back, and fg comes back to the same screen', async ({sandbox, openTerminal}) => {
		const terminal = await openList(sandbox, openTerminal);
		terminal.press('C-z');
		await terminal.see('Stopped');
		terminal.type('fg');
		terminal.press('Enter');
		await terminal.see(list);
	});

	test('without colour and with ASCII only, the selected key is still marked', async ({sandbox, openTerminal}) => {
		await sandbox.done('create', 'bot1');
		const terminal = await openList(sandbox, openTerminal, {environment: {NO_COLOR: '1'}, words: ['--ascii']});
		const screen = await terminal.see(/^> bot1/m);
		// oxlint-disable-next-line no-control-regex
		expect(screen).toMatch(/^[\u0000-\u007F]*$/);
		terminal.press('j');
		await terminal.see(/^> main/m);
	});

	test('a key that another program adds appears by itself', async ({sandbox, openTerminal}) => {
		const terminal = await openList(sandbox, openTerminal);
		expect(await sandbox.run('create', 'other')).toMatchObject({status: 0});
		await terminal.see(/other +R--/);
		terminal.press('n');
		await terminal.see('step 1 of 6');
	});

	test('a key with CI set in the environment is drawn all the same', async ({sandbox, openTerminal}) => {
		const terminal = await openList(sandbox, openTerminal, {environment: {CI: 'true'}});
		await terminal.see(list);
	});
});
