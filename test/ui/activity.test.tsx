import {expect, test} from 'vitest';
import {noteReveal, noteUses} from '../../source/actions/uses.ts';
import {width} from '../../source/core/text/width.ts';
import {activityLog} from '../helpers/activity.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world, worldPassphrase} from '../helpers/world.ts';

const keys = [storedKey({name: 'grid'}), storedKey({id: 'b', name: 'arb'})];

test('the record shows the latest first, and who it was', async () => {
	const {context} = await world({sandbox: false, keys});
	await noteUses(context, [keys[1]!], 'exec', 'bot.py');
	await noteReveal(context, keys[0]!);
	const {terminal} = await openApp(context);
	await terminal.press('y');
	expect(terminal.screen).toMatch(/secrets shown {2}grid {2}alice@desk/);
	expect(terminal.screen).toMatch(/given to a program {2}arb {2}bot\.py {2}alice@desk/);
	expect(terminal.screen).toContain('vault created');
	expect(terminal.screen.indexOf('secrets shown')).toBeLessThan(terminal.screen.indexOf('given to a program'));
});

test('a filter shows the entries with its words, and Esc all of them again', async () => {
	const {context} = await world({sandbox: false, keys});
	await noteUses(context, [keys[1]!], 'exec', 'bot.py');
	const {terminal} = await openApp(context);
	await terminal.press('y', '/', 'b', 'o', 't', '.', 'Enter');
	expect(terminal.screen).toContain('Filter: bot.');
	expect(terminal.screen).toContain('given to a program');
	expect(terminal.screen).not.toContain('vault created');
	await terminal.press('/', 'z', 'z', 'Enter');
	expect(terminal.screen).toContain('Nothing matches. Esc clears the filter.');
	await terminal.press('Esc');
	expect(terminal.screen).toContain('vault created');
});

test('the history of a key holds what was done with it alone, and a look at its secret at once', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context, {columns: 120});
	await terminal.press('Y');
	expect(terminal.screen).toContain('History of arb');
	expect(terminal.screen).toContain('Nothing is recorded about this key.');
	await terminal.press('Esc', 'Enter', 'v');
	await terminal.see('hidden again in');
	await terminal.press('v', 'Y');
	await terminal.see('secrets shown  alice@desk');
	expect(terminal.screen).not.toContain('vault created');
});

test.each([
	[60, 20],
	[80, 24],
	[40, 12],
	[200, 50],
])('every entry of a long record can be reached at %dx%d, in ASCII without colour', async (columns, rows) => {
	const {context} = await world({sandbox: false, keys});
	const by = {user: 'a'.repeat(32), host: 'server.example', client: '2001:db8::1'};
	const all = Array.from({length: 60}, (_, at) => ({at, by, what: 'edited', keys: [{id: 'b', name: `bot ${at} 夜`}]}));
	await context.vault.change(content => ({...content, activity: activityLog(all, 1)}));
	const {terminal} = await openApp(context, {columns, rows, look: {ascii: true, color: false}});
	await terminal.press('y');
	expect(terminal.screen).toContain('bot 59');
	await terminal.press('End');
	expect(terminal.screen).toContain('bot 0');
	for (const line of terminal.lines) expect(width(line)).toBeLessThanOrEqual(columns);
});

test('a record that was altered is told above its entries, and when the vault is opened', async () => {
	const {context} = await world({sandbox: false, keys});
	const log = activityLog([{}, {}, {}]);
	const lines = log.changes.lines.toSpliced(1, 1);
	await context.vault.change(content => ({...content, activity: {...log, changes: {...log.changes, lines}}}));
	const {terminal} = await openApp({...context, readonly: true}, {columns: 120});
	const told = 'The record of activity was altered or cut at the entry of 1970-01-01 00:00';
	await terminal.press('y');
	expect(terminal.screen).toContain(told);
	expect(terminal.screen).toContain('Nothing that is done under --readonly is recorded.');
	await terminal.press('L');
	expect(terminal.screen).not.toContain(told);
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see(told);
});
