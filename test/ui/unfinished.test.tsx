import {expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {creation} from '../helpers/keys.ts';
import {world, type World} from '../helpers/world.ts';

/** The sandbox with a key whose creation was interrupted. */
async function cutOff(): Promise<World> {
	const made = await world();
	const note = creation({name: 'half', permissions: ['read', 'trade']}, {startedAt: Date.now()});
	await made.context.vault.change(content => ({...content, operations: [note]}));
	return made;
}

test('a key whose creation was interrupted is listed, counted and explained', async () => {
	const {context} = await cutOff();
	const {terminal} = await openApp(context);
	expect(terminal.screen).toContain('2 keys, by name');
	expect(terminal.screen).toMatch(/half .*unfinished/);
	await terminal.press('H');
	expect(terminal.screen).toMatch(/› 1 +Creation interrupted/);
	expect(terminal.screen).toMatch(/half +50 +creation was interrupted −50/);
	await terminal.press('Enter');
	expect(terminal.screen).toContain('filter: health:creation-unfinished');
	await terminal.press('Enter');
	expect(terminal.screen).toContain('creation was interrupted: revoke it to clean up');
	expect(terminal.screen).toMatch(/Status +unfinished: its creation was interrupted/);
	expect(terminal.screen).toMatch(/API key +none yet/);
});

test.each(['t', 'e', 'p', 'v'])('%s on it says that it was never finished, and what clears it up', async key => {
	const {context} = await cutOff();
	const {terminal} = await openApp(context);
	await terminal.press(key);
	expect(terminal.screen).toContain('It was never finished');
	expect(terminal.screen).toContain('Press x to clean up.');
});

test('x asks, and clears it up', async () => {
	const {context} = await cutOff();
	const {terminal} = await openApp(context);
	await terminal.press('x');
	expect(terminal.screen).toContain('Revoke half on the exchange?');
	await terminal.press('y');
	await terminal.see('What was left of half is cleared away.');
	expect(context.vault.read().operations).toBeUndefined();
	expect(terminal.screen).toContain('1 key, by name');
});

test('the wizard takes its name for taken', async () => {
	const {context} = await cutOff();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'half', 'PgDn');
	await terminal.see('A key called half is already in this vault.', 'step 1 of 6');
});
