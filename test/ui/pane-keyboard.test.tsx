import {describe, expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {world} from '../helpers/world.ts';
import {focusedPane, openedWide, paneText, wide} from './panes.tsx';

describe('the keyboard', () => {
	test('is given to what is opened beside the list, and back to the list when that closes', async () => {
		const {terminal} = await openedWide();
		expect(focusedPane(terminal)).toBeUndefined();
		await terminal.press('Enter');
		expect(focusedPane(terminal)).toBe('2 main');
		await terminal.press('Esc', 'Down', 'Enter');
		expect(focusedPane(terminal)).toBe('2 other');
	});

	test('goes from pane to pane by Tab, Shift+Tab and their numbers, and the footer with it', async () => {
		const {terminal} = await openedWide({columns: 160, rows: 45});
		await terminal.press('Enter', 't');
		await terminal.see('The key works');
		expect(terminal.lines[1]).toMatch(/ 1 Keys .* 2 main .* 3 Test main /);
		for (const [key, title, action] of [
			['Tab', '1 Keys', 'n new'],
			['Tab', '2 main', 'p perms'],
			['Tab', '3 Test main', 'P prove Trade'],
			['Shift+Tab', '2 main', 'p perms'],
			['1', '1 Keys', 'n new'],
			['3', '3 Test main', 'P prove Trade'],
			['Ctrl+O', '1 Keys', 'n new'],
		] as const) {
			await terminal.press(key);
			expect(focusedPane(terminal)).toBe(title);
			expect(terminal.lines.at(-1)).toContain(action);
		}
	});

	test('goes through the fields of a form first, and by Ctrl+O from any of them', async () => {
		const {terminal} = await openedWide();
		await terminal.press('e', '1');
		while (!terminal.screen.includes('› Type')) {
			await terminal.press('Tab');
			expect(focusedPane(terminal)).toBe('2 Edit main');
		}

		await terminal.press('Tab');
		expect(focusedPane(terminal)).toBe('1 Keys');
		await terminal.press('Shift+Tab', 'Shift+Tab', 'Shift+Tab');
		expect(focusedPane(terminal)).toBe('2 Edit main');
		expect(terminal.screen).not.toContain('› Type');
		await terminal.press('Ctrl+O', '2');
		expect(focusedPane(terminal)).toBe('2 Edit main');
		await terminal.see('main1');
	});

	test('is given back by help, the palette and a question to the pane that had it', async () => {
		const {terminal} = await openedWide();
		await terminal.press('Enter', 'Tab', '?');
		await terminal.see('make a new key');
		await terminal.press('Tab', '2', '?');
		expect(focusedPane(terminal)).toBe('1 Keys');
		await terminal.press('D');
		await terminal.see('Remove main from this vault?');
		expect(focusedPane(terminal)).toBeUndefined();
		await terminal.press('Tab', '2', 'n');
		expect(focusedPane(terminal)).toBe('1 Keys');
		await terminal.press('2', ':', 'perms');
		await terminal.see('turn Trade and Withdraw on or off');
		await terminal.press('Enter');
		expect(focusedPane(terminal)).toBe('2 Permissions of main');
	});

	test('is found by the palette too', async () => {
		const {terminal} = await openedWide();
		await terminal.press('Enter', ':', 'first pane', 'Enter');
		expect(focusedPane(terminal)).toBe('1 Keys');
	});

	test('has one text cursor in sight, in the field that would take a letter', async () => {
		const {context} = await world();
		const {terminal} = await openApp(context, {...wide, look: {ascii: false, color: false}});
		const cursors = () => terminal.screen.split('▏').length - 1;
		await terminal.press('e', 'x', '/');
		expect(cursors()).toBe(1);
		await terminal.press('Ctrl+O');
		expect(cursors()).toBe(0);
		await terminal.press('/', 'ma');
		expect(cursors()).toBe(1);
		expect(paneText(terminal, 1)).toContain('/ ma▏');
		await terminal.press('Tab', 'y');
		expect(cursors()).toBe(1);
		await terminal.see('/ ma', 'mainx/y▏');
	});
});
