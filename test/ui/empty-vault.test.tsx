import {expect, test} from 'vitest';
import {width} from '../../source/core/text/width.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

const trashed = (name: string) => storedKey({id: name, name, trashedAt: 1});

test('an empty vault offers to make a key, to import keys, and the sandbox', async () => {
	const {context} = await world({sandbox: false});
	const {terminal} = await openApp(context);
	await terminal.see('The vault holds no keys yet.', '› n  Make a key', 'i  Import keys', 'S  Try the sandbox');
	await terminal.see('n new', 'Enter choose');
	expect(terminal.screen).not.toContain('t test');
});

test.each([
	[[], 'step 1 of 6'],
	[['Down'], 'Such as ~/.okx/config.toml'],
	[['G'], 'run: okx-keys --sandbox'],
	[['Down', 'Down', 'Up'], 'Such as ~/.okx/config.toml'],
])('after %s, Enter does what is selected', async (moves, seen) => {
	const {context} = await world({sandbox: false});
	const {terminal} = await openApp(context);
	await terminal.press(...moves, 'Enter');
	await terminal.see(seen);
});

test.each([
	['n', 'step 1 of 6'],
	['i', 'Such as ~/.okx/config.toml'],
	['S', 'run: okx-keys --sandbox'],
])('%s does the same whatever is selected', async (key, seen) => {
	const {context} = await world({sandbox: false});
	const {terminal} = await openApp(context);
	await terminal.press(key);
	await terminal.see(seen);
});

test('an empty sandbox makes the key at once, and is not offered again', async () => {
	const {context} = await world();
	await context.vault.change(content => ({...content, keys: []}));
	const {terminal} = await openApp(context);
	await terminal.see('› n  Make a key', 'The sandbox makes it at once');
	expect(terminal.screen).not.toContain('Try the sandbox');
	await terminal.press('S');
	expect(terminal.screen).not.toContain('okx-keys --sandbox');
});

test('under --readonly each offer that changes something says why it is not possible', async () => {
	const {context} = await world({sandbox: false, readonly: true});
	const {terminal} = await openApp(context);
	await terminal.see('Make a key', 'Nothing is changed under --readonly.');
	expect(terminal.screen).not.toContain('preview');
	await terminal.press('Enter');
	await terminal.see('! Nothing is changed under --readonly.', 'Make a key');
	await terminal.press('G', 'Enter');
	await terminal.see('run: okx-keys --sandbox');
});

test.each([
	[[trashed('old')], 'The only key of this vault is in its trash.'],
	[[trashed('old'), trashed('older')], 'All 2 keys of this vault are in its trash.'],
])('a vault with keys in the trash alone says so, and how one comes back', async (keys, why) => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.see(why, 'okx-keys list --trash', 'okx-keys restore-key NAME');
	await terminal.press('H');
	await terminal.see(why);
	await terminal.press('Esc', ':');
	await terminal.see('make a new key');
});

test('the first key takes the place of the offers, and they come back when it goes', async () => {
	const {context} = await world({sandbox: false});
	const {terminal} = await openApp(context);
	await context.vault.change(content => ({...content, keys: [storedKey({name: 'alpha'})]}));
	await terminal.see('› alpha', '1 key');
	expect(terminal.screen).not.toContain('Make a key');
	await context.vault.change(content => ({...content, keys: []}));
	await terminal.see('› n  Make a key');
});

test.each([
	[40, 12],
	[60, 20],
	[80, 24],
	[200, 50],
])('at %ix%i all offers are shown, in ASCII and without colour too', async (columns, rows) => {
	const {context} = await world({sandbox: false});
	const {terminal} = await openApp(context, {columns, rows, look: {ascii: true, color: false}});
	for (const move of ['', 'Down', 'Down']) {
		if (move !== '') await terminal.press(move);
		for (const label of ['Make a key', 'Import keys from a file', 'Try the sandbox first'])
			expect(terminal.screen).toContain(label);
		for (const line of terminal.lines) expect(width(line)).toBeLessThanOrEqual(columns);
	}

	expect(terminal.screen).toMatch(/^> S {2}Try the sandbox first/m);
	expect(terminal.screen).toMatch(/no\s+network\.$/m);
	expect(terminal.screen).toMatch(/^[\n\x20-\x7E]+$/);
});
