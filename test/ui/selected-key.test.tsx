import {expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {world} from '../helpers/world.ts';
import {answering} from './answering.ts';

const others = ['alpha', 'zeta'].map(name =>
	storedKey({id: name, name, tags: ['eu'], credential: credentialWith({apiKey: name})}),
);

/** The name on the selected row of the list, without its mark. */
function selectedName({lines}: TestTerminal): string | undefined {
	return lines.flatMap(line => /^›[ *](\S+)/.exec(line)?.[1] ?? [])[0];
}

const createGridbot = ['n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y'];

async function made(terminal: TestTerminal): Promise<void> {
	await terminal.press(...createGridbot);
	await terminal.see('step 6 of 6', 's I have saved them');
	await terminal.press('s');
	await terminal.see('t test');
	await terminal.press('Esc');
	await terminal.see('n new');
}

test.each([80, 120, 160])('at %i columns the list has a new key selected, and t tests it', async columns => {
	const {context} = await world({keys: others});
	const {terminal} = await openApp(context, {columns, rows: 30});
	await terminal.press('G');
	await made(terminal);
	await terminal.see('4 keys');
	expect(selectedName(terminal)).toBe('gridbot');
	await terminal.press('t');
	await terminal.see('The key works: read.');
	const tested = context.vault.read().keys.filter(({lastTest}) => lastTest !== null);
	expect(tested.map(({name}) => name)).toEqual(['gridbot']);
});

test('a filter that would hide the new key is cleared', async () => {
	const {context} = await world({keys: others});
	const {terminal} = await openApp(context);
	await terminal.press('/', 'tag:eu', 'Enter', 'G');
	await terminal.see('2 of 3 keys');
	await made(terminal);
	await terminal.see('4 keys, by name');
	expect(terminal.screen).not.toContain('filter: tag:eu');
	expect(selectedName(terminal)).toBe('gridbot');
});

test('a filter that shows the new key stays', async () => {
	const {context} = await world({keys: others});
	const {terminal} = await openApp(context);
	await terminal.press('/', 'site:sandbox', 'Enter');
	await terminal.see('1 of 3 keys');
	await made(terminal);
	await terminal.see('2 of 4 keys, by name, filter: site:sandbox');
	expect(selectedName(terminal)).toBe('gridbot');
});

test('marks stay, and the new key is selected beside them', async () => {
	const {context} = await world({keys: others});
	const {terminal} = await openApp(context);
	await terminal.press('g', 'Space', 'G', 'Space');
	await terminal.see('2 marked');
	await made(terminal);
	await terminal.see('4 keys, 2 marked', 'T test 2 marked');
	expect(selectedName(terminal)).toBe('gridbot');
	await terminal.press('Esc', 't');
	await terminal.see('Test gridbot');
});

test('a key made on the page of the exchange is selected in the list too', async () => {
	const {context} = await world({sandbox: false, keys: others});
	const {answered} = await answering(context);
	const {terminal} = await openApp(answered);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y');
	await terminal.see('step 6 of 6');
	await terminal.paste('11111111-2222-4333-8444-555555555555\n0123456789ABCDEF0123456789ABCDEF\n');
	await terminal.press('Enter');
	await terminal.see('gridbot is saved', 'p perms');
	await terminal.press('Esc');
	await terminal.see('3 keys');
	expect(selectedName(terminal)).toBe('gridbot');
});

test('undo selects the key that it brings back, and clears a filter that hides it', async () => {
	const {context} = await world({sandbox: false, keys: [...others, storedKey({name: 'beta'})]});
	const {terminal} = await openApp(context);
	await terminal.press('Down');
	expect(selectedName(terminal)).toBe('beta');
	await terminal.press('D', 'y');
	await terminal.see('beta is in the trash');
	await terminal.press('/', 'tag:eu', 'Enter', 'G', 'u');
	await terminal.see('Undone: beta is back from the trash.', '3 keys, by name');
	expect(selectedName(terminal)).toBe('beta');
});

test('a key that another program adds takes nothing from the selection', async () => {
	const {context, elsewhere} = await world({sandbox: false, keys: others});
	const {terminal} = await openApp(context, {refreshMs: 10});
	await terminal.press('G');
	const other = await elsewhere();
	await other.change(content => ({...content, keys: [...content.keys, storedKey({name: 'beta'})]}));
	other.lock();
	await terminal.see('3 keys');
	expect(selectedName(terminal)).toBe('zeta');
});

test.each([
	['D', 'y'],
	['Enter', 'D', 'y'],
])('after %s the neighbour of the removed key is selected', async (...presses) => {
	const keys = ['a', 'b', 'c', 'd'].map(name =>
		storedKey({id: name, name, credential: credentialWith({apiKey: name})}),
	);
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context, {columns: 120});
	await terminal.press('Down', 'Down', ...presses);
	await terminal.see('c is in the trash of this vault.', '3 keys');
	expect(selectedName(terminal)).toBe('d');
	await terminal.press('D', 'y');
	await terminal.see('d is in the trash of this vault.', '2 keys');
	expect(selectedName(terminal)).toBe('b');
	await terminal.press('Up');
	expect(selectedName(terminal)).toBe('a');
	await terminal.press('u');
	await terminal.see('3 keys');
	expect(selectedName(terminal)).toBe('d');
});

test('a filter selects the first key that it shows, and its end the one that was selected before', async () => {
	const {context} = await world({keys: others});
	const {terminal} = await openApp(context);
	await terminal.press('G', '/', 'alpha', 'Enter');
	await terminal.see('1 of 3 keys');
	expect(selectedName(terminal)).toBe('alpha');
	await terminal.press('Esc');
	await terminal.see('3 keys, by name');
	expect(selectedName(terminal)).toBe('zeta');
});
