import {describe, expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {slowly, world} from '../helpers/world.ts';
import {focusedPane, openedWide, paneText, wide} from './panes.tsx';

describe('a resize across the limits keeps', () => {
	const storm = [
		[100, 30],
		[80, 24],
		[160, 45],
		[60, 16],
		[39, 11],
		[200, 50],
		[99, 30],
		[159, 45],
		[120, 36],
	] as const;
	const shake = async (terminal: TestTerminal) => {
		for (const [columns, rows] of storm) await terminal.resize(columns, rows);
	};

	test('a half-filled form, its field and the pane that has the keyboard', async () => {
		const {terminal} = await openedWide();
		await terminal.press('n', 'grid', 'Tab', 'half a description', 'Left');
		await shake(terminal);
		await terminal.press('X');
		await terminal.see('grid', 'half a descriptioXn');
		await terminal.press('Ctrl+O');
		await shake(terminal);
		expect(focusedPane(terminal)).toBe('1 Keys');
	});

	test('an open filter and the selected key', async () => {
		const {terminal} = await openedWide();
		await terminal.press('Down', 'Enter', '1', '/', 'other');
		await shake(terminal);
		await terminal.press('Ctrl+O', '1', '1', 'Enter');
		await terminal.see('filter: other1', '2 other');
	});

	test('a running test, which ends as if nothing had happened', async () => {
		const {context} = await world();
		const {slow, release} = slowly(context);
		const {terminal} = await openApp(slow, wide);
		await terminal.press('t');
		await shake(terminal);
		release();
		await terminal.see('The key works');
		expect(paneText(terminal, 1)).toMatch(/✓ now/);
	});

	test('a text where it was scrolled to', async () => {
		const {context} = await world();
		const [main] = liveKeys(context.vault.read());
		const description = Array.from({length: 200}, (_, line) => `line ${line}`).join('\n');
		await context.vault.change(content => ({...content, keys: [{...main!, description}]}));
		const {terminal} = await openApp(context, wide);
		await terminal.press('Enter', 'PgDn', 'PgDn');
		const first = /line \d+/.exec(paneText(terminal, 2))![0];
		await shake(terminal);
		expect(/line \d+/.exec(paneText(terminal, 2))![0]).toBe(first);
	});

	test('secrets in sight no longer than they are shown anyway', async () => {
		const {context, terminal} = await openedWide();
		const [main] = liveKeys(context.vault.read());
		const secret = main!.credential.secretKey.reveal();
		await terminal.press('v');
		await terminal.see(secret);
		await shake(terminal);
		await terminal.see(secret);
		await terminal.press('v');
		await shake(terminal);
		expect(terminal.screen).not.toContain(secret);
	});
});
