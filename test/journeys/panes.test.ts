import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {hasTmux, type Terminal} from './program.ts';
import {openList} from './screen.ts';

/** What stands in the pane at the left; nothing where there is one pane only. */
function leftPane(screen: string): string {
	const [, rule = '', ...rows] = screen.split('\n');
	const end = rule.search(/[┬+]/);
	return rows.map(row => row.slice(0, Math.max(0, end - 1))).join('\n');
}

/** The title of the pane that has the keyboard. */
function focusedPane(screen: string): string | undefined {
	return /[━=][›>] (\d .+?) [━=]/.exec(screen.split('\n')[1] ?? '')?.[1];
}

/** Waits until the pane of this title has the keyboard. */
async function seeFocused(terminal: Terminal, title: string): Promise<string> {
	return terminal.until(screen => focusedPane(screen) === title, `${title} with the keyboard`);
}

const listed = /^ {2}NAME +RTW .*HEALTH/m;

/** Waits for a text, and has the list in sight at every look. */
async function seeBesideList(terminal: Terminal, wanted: string): Promise<string> {
	return terminal.until(screen => {
		expect(leftPane(screen), screen).toMatch(listed);
		return screen.includes(wanted);
	}, wanted);
}

describe.skipIf(!hasTmux).concurrent('in panes', () => {
	test('a key is made, edited, given Trade and tested at 120 columns, and the list never leaves the screen', async ({
		sandbox,
		openTerminal,
	}) => {
		const terminal = await openList(sandbox, openTerminal, {columns: 120, rows: 36});
		terminal.press('n');
		await terminal.see('step 1 of 6');
		terminal.type('gridbot');
		terminal.press('PageDown');
		await seeBesideList(terminal, 'step 2 of 6');
		terminal.press('PageDown', 'PageDown');
		await seeBesideList(terminal, 'step 4 of 6');
		terminal.type('127.0.0.1');
		terminal.press('PageDown');
		await seeBesideList(terminal, 'step 5 of 6');
		terminal.press('y');
		expect(leftPane(await seeBesideList(terminal, 'step 6 of 6'))).toMatch(/gridbot +R--/);
		terminal.press('s', 'e');
		await seeBesideList(terminal, '7 of 50 characters');
		terminal.type('2');
		terminal.press('PageDown');
		await seeBesideList(terminal, '+ gridbot2');
		terminal.press('y');
		await seeBesideList(terminal, 'gridbot2 is changed in this vault.');
		terminal.press('p');
		await seeBesideList(terminal, '[ ] Trade');
		terminal.press('Space', 'Enter');
		await seeBesideList(terminal, '+ read, trade');
		terminal.press('y');
		expect(leftPane(await seeBesideList(terminal, 'is changed on the exchange'))).toMatch(/gridbot2 +RT-/);
		terminal.press('t');
		expect(leftPane(await seeBesideList(terminal, 'The key works: read, trade.'))).toMatch(/gridbot2 .*✓ now/);
		expect(await sandbox.json('show', 'gridbot2')).toMatchObject({permissions: ['read', 'trade']});
	});

	test('a half-filled form keeps every letter, and its cursor, through a storm of resizes', async ({
		sandbox,
		openTerminal,
	}) => {
		const terminal = await openList(sandbox, openTerminal, {columns: 120, rows: 36});
		terminal.press('n');
		await terminal.see('step 1 of 6');
		terminal.type('grid');
		terminal.press('Tab');
		terminal.type('half a description');
		terminal.press('Left');
		await terminal.see('half a description');
		for (let round = 0; round < 5; round++)
			for (const columns of [80, 160, 79, 100, 40, 159, 99]) terminal.resize(columns, 24 + round);
		terminal.type('X');
		terminal.resize(160, 45);
		await seeFocused(terminal, '2 Create New Key');
		expect(await terminal.see('half a descriptioXn')).toMatch(/Name +grid$/m);
		terminal.press('C-o');
		await seeFocused(terminal, '1 Keys');
		terminal.resize(80, 24);
		await terminal.see(/^› Description +half a descriptioXn/m);
		terminal.resize(120, 30);
		await seeFocused(terminal, '1 Keys');
	});

	test('the row of the list changes while the test stands beside it, in ASCII without colour', async ({
		sandbox,
		openTerminal,
	}) => {
		const terminal = await openList(sandbox, openTerminal, {columns: 120, rows: 36, words: ['--ascii', '--no-color']});
		expect(terminal.screen()).toMatch(/> main .*- untested/);
		terminal.press('t');
		const tested = await terminal.see('The key works');
		expect(leftPane(tested)).toMatch(/> main .*\+ now \+ ok/);
		expect(focusedPane(tested)).toBe('2 Test main');
		terminal.press('Tab');
		await seeFocused(terminal, '1 Keys');
		terminal.press('BTab');
		await seeFocused(terminal, '2 Test main');
	});
});
