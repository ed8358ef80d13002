import {expect, test} from 'vitest';
import {width} from '../../source/core/text/width.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

async function help(size: {readonly columns?: number; readonly rows?: number} = {}) {
	const {context} = await world({sandbox: false, keys: [storedKey()]});
	const {terminal} = await openApp(context, size);
	await terminal.press('?');
	await terminal.see('List of keys', '/ filter');
	return terminal;
}

test('/ shows the keys with all words that are typed, below their headings', async () => {
	const terminal = await help();
	await terminal.press('/', 'trade turn');
	await terminal.see('On a key', 'turn Trade and Withdraw on or off');
	expect(terminal.screen).not.toContain('List of keys');
	expect(terminal.screen).not.toContain('Everywhere');
});

test('the name of a key and the heading are found too', async () => {
	const terminal = await help();
	await terminal.press('/', 'pgdn');
	await terminal.see('page down');
	expect(terminal.screen).not.toContain('make a new key');
	await terminal.press('Ctrl+U', 'everywhere');
	await terminal.see('lock the vault');
	expect(terminal.screen).not.toContain('make a new key');
});

test('Enter keeps the filter, Esc clears it, and Esc again closes the help', async () => {
	const terminal = await help();
	await terminal.press('/', 'vault', 'Enter');
	await terminal.see('Filter: vault', 'Esc all keys');
	expect(terminal.screen).not.toContain('make a new key');
	await terminal.press('Esc');
	await terminal.see('make a new key');
	await terminal.press('/', 'vault', 'Esc');
	await terminal.see('make a new key');
	await terminal.press('Esc');
	await terminal.see('1 key');
});

test('words that no key has are answered', async () => {
	const terminal = await help();
	await terminal.press('/', 'dance');
	await terminal.see('No key of this screen does that.');
});

test('letters that are typed there do nothing else', async () => {
	const terminal = await help();
	await terminal.press('/', 'q', '?', ':');
	await terminal.see('/ q?:');
});

test.each([
	[40, 12],
	[200, 50],
])('at %ix%i each row fits, with a filter too', async (columns, rows) => {
	const terminal = await help({columns, rows});
	for (const key of ['/', 'key', 'Enter']) {
		await terminal.press(key);
		for (const line of terminal.lines) expect(width(line)).toBeLessThanOrEqual(columns);
		expect(terminal.lines).toHaveLength(rows);
	}

	await terminal.see('Filter: key');
});

test('Ctrl+D and Ctrl+U go by a page, as in the pagers of a terminal', async () => {
	const {context} = await world({
		sandbox: false,
		keys: Array.from({length: 60}, (_, index) => {
			const name = `bot${String(index + 10)}`;
			return storedKey({id: name, name, credential: {...storedKey().credential, apiKey: name}});
		}),
	});
	const {terminal} = await openApp(context);
	await terminal.see('› bot10');
	await terminal.send('\u0004');
	await terminal.see('› bot2');
	await terminal.send('\u0015');
	await terminal.see('› bot10');
});
