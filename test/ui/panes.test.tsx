import {describe, expect, test} from 'vitest';
import {liveKeys, withChangedKey} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {slowly, world, worldPassphrase} from '../helpers/world.ts';
import {focusedPane, openedWide, paneText, wide} from './panes.tsx';

describe('what stands beside the list', () => {
	test('stays half-filled while the list is looked at', async () => {
		const {terminal} = await openedWide();
		await terminal.press('n', 'grid', 'Ctrl+O', 'Down', 's', '/', 'oth', 'Enter');
		await terminal.see('1 of 2 keys', 'grid', 'step 1 of 6');
		await terminal.press('2', 'bot');
		await terminal.see('gridbot', '7 of 10 characters');
	});

	test('makes room for another, after a question where something typed would be lost', async () => {
		const {terminal} = await openedWide();
		await terminal.press('e', 'xyz', 'Ctrl+O', 'Down', 't');
		await terminal.see('Leave without saving?', 'What you have typed is lost.');
		await terminal.press('n');
		await terminal.see('mainxyz');
		expect(focusedPane(terminal)).toBe('1 Keys');
		await terminal.press('t', 'y');
		await terminal.see('2 Test other');
		expect(terminal.screen).not.toContain('mainxyz');
		await terminal.press('1', 'e');
		expect(focusedPane(terminal)).toBe('2 Edit other');
	});

	test('gets the keyboard, with all that was typed, when the same form is opened again', async () => {
		const {terminal} = await openedWide();
		await terminal.press('e', 'xyz', 'Ctrl+O', 'e');
		expect(focusedPane(terminal)).toBe('2 Edit main');
		await terminal.see('mainxyz');
	});

	test('is closed by Esc from the list, after the same question as from there', async () => {
		const {terminal} = await openedWide();
		await terminal.press('t');
		await terminal.see('The key works');
		await terminal.press('1');
		await terminal.see('Esc close pane');
		await terminal.press('Esc');
		expect(terminal.screen).not.toContain('The key works');
		await terminal.press('e', 'xyz', 'Ctrl+O', 'Esc');
		await terminal.see('Leave without saving?');
		await terminal.press('y');
		await terminal.see('2 keys');
		expect(terminal.lines[1]).not.toContain('Edit main');
	});

	test('is not closed while the exchange makes the key that it shows next', async () => {
		const {context} = await world({keys: [storedKey({id: 'b2', name: 'other'})]});
		const {slow, release} = slowly(context);
		const {terminal} = await openApp(slow, wide);
		await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y');
		await terminal.see('Making it…');
		await terminal.press('1', 'e');
		await terminal.see('Finishing the current operation');
		release();
		await terminal.see('step 6 of 6', 'Secret key');
		expect(focusedPane(terminal)).toBe('1 Keys');
		await terminal.press('e');
		await terminal.see('Leave without saving?', 'You have not said that you have saved them.');
	});

	test('is closed with the key that is removed', async () => {
		const {terminal} = await openedWide();
		await terminal.press('Down', 'e', 'xyz', 'Ctrl+O', 'D', 'y');
		await terminal.see('other is in the trash', '1 key');
		expect(terminal.screen).not.toContain('otherxyz');
	});

	test('is the selected key, which follows the list that has the keyboard and nothing else', async () => {
		const {context, terminal} = await openedWide();
		await terminal.press('Enter', 'v', '1', 'Down');
		await terminal.see('2 other');
		expect(focusedPane(terminal)).toBe('1 Keys');
		for (const {credential} of liveKeys(context.vault.read()))
			expect(terminal.screen).not.toContain(credential.secretKey.reveal());
		await terminal.press('Enter');
		expect(focusedPane(terminal)).toBe('2 other');
		await context.vault.change(content => withChangedKey(content, 'b2', key => ({...key, trashedAt: 1})));
		await terminal.see('no longer in the vault');
		await terminal.press('1', 't');
		await terminal.see('The key works');
		await terminal.press('1', 'Up', 'Down');
		await terminal.see('2 Test main');
	});

	test('is a key that stays between the list and what is done with it', async () => {
		const {terminal} = await openedWide({columns: 160, rows: 45});
		await terminal.press('Enter', '1', 't');
		await terminal.see('1 Keys', '2 main', '3 Test main', 'The key works');
		await terminal.press('1', 'Down', 'p');
		await terminal.see('2 Permissions of other');
		expect(terminal.lines[1]).not.toContain('3 ');
	});

	test('is gone with everything else when the vault is locked', async () => {
		const {terminal} = await openedWide();
		await terminal.press('Enter', '1', 'L');
		await terminal.see('Unlock your vault');
		expect(terminal.screen).not.toContain('main');
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('2 keys');
	});
});

test('the row of the list changes while a test beside it runs, and so does the key in the middle', async () => {
	const {terminal} = await openedWide({columns: 160, rows: 45});
	expect(paneText(terminal, 1)).toMatch(/› main .*· untested/);
	await terminal.press('Enter', 't');
	await terminal.see('The key works');
	expect(paneText(terminal, 1)).toMatch(/› main .*✓ now ✓ ok/);
	expect(paneText(terminal, 2)).toMatch(/Last test +✓ works/);
});

test('a key is made, edited, given Trade and tested without the list ever leaving the screen', async () => {
	const {context, terminal} = await openedWide();
	const press = async (...keys: readonly string[]) => {
		for (const key of keys) {
			await terminal.press(key);
			expect(paneText(terminal, 1)).toMatch(/^ {2}NAME +RTW .*HEALTH/m);
		}
	};
	await press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn');
	await terminal.see('Review');
	await press('y');
	await terminal.see('step 6 of 6');
	expect(paneText(terminal, 1)).toMatch(/gridbot +R--/);
	await press('s', 'e', '2', 'PgDn', 'y');
	await terminal.see('gridbot2 is changed');
	await press('p', 'Space', 'Enter');
	await terminal.see('+ read, trade');
	await press('y');
	await terminal.see('is changed on the exchange');
	expect(paneText(terminal, 1)).toMatch(/gridbot2 +RT-/);
	await press('t');
	await terminal.see('The key works: read, trade.');
	expect(paneText(terminal, 1)).toMatch(/gridbot2 .*✓ now/);
	expect(liveKeys(context.vault.read()).find(({name}) => name === 'gridbot2')?.lastTest?.ok).toBe(true);
});
