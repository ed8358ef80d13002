import {expect, test} from 'vitest';
import type {StoredKey} from '../../source/core/key/key.ts';
import {width} from '../../source/core/text/width.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

const now = Date.now();
const live = {permissions: ['read', 'trade'], ip: [], label: 'x', uid: '44', mainUid: '44', kycLv: '2'} as const;
const tested = {at: now - 300_000, ok: true, code: 0, cause: 'The key works.', latencyMs: 42, live};

function keysNamed(...names: readonly string[]): StoredKey[] {
	return names.map((name, index) => storedKey({id: `k${index}`, name, updatedAt: 0, createdAt: now}));
}

const motley: readonly StoredKey[] = [
	storedKey({
		id: 'k1',
		name: '漢字漢字漢字漢字漢字',
		permissions: ['read', 'trade', 'withdraw'],
		ip: [],
		createdAt: now - 12 * 86_400_000,
		updatedAt: 0,
	}),
	storedKey({
		id: 'k2',
		name: '👨‍👩‍👧 family',
		ip: ['203.0.113.7'],
		environment: 'demo',
		site: 'eea',
		lastTest: tested,
		updatedAt: 0,
	}),
	storedKey({
		id: 'k3',
		name: 'plain',
		description: 'grid\nbot',
		account: {kind: 'sub', subAccount: 'quantdesk01'},
		tags: ['berlin'],
		lastTest: {...tested, ok: false, code: 20, cause: 'The secret key is wrong.', live: null},
	}),
	storedKey({id: 'k4', name: 'zombie', status: 'revoked'}),
];

/** The rows of the list, from its heading on. */
function list(lines: readonly string[]): string[] {
	const start = lines.findIndex(line => line.includes('NAME'));
	return lines.slice(start).filter(line => line.trim() !== '');
}

test('wide characters, pictures and long names keep every column aligned', async () => {
	const {context} = await world({keys: motley, sandbox: false});
	const {terminal} = await openApp(context, {columns: 60});
	const rows = list(terminal.lines);
	// What stands before the column takes as many cells in each row, whatever its letters are.
	const columnAt = width(rows[0]!.slice(0, rows[0]!.indexOf('RTW')));
	for (const name of ['漢字', 'family', 'plain', 'zombie']) {
		const row = rows.find(line => line.includes(name))!;
		expect(width(row.slice(0, row.search(/R[T-][W-] /)))).toBe(columnAt);
	}
});

test('the list names what is dangerous, and its columns give way by use', async () => {
	const {context} = await world({keys: motley, sandbox: false});
	const {terminal} = await openApp(context, {columns: 50, rows: 16});
	expect(terminal.screen).toContain('none!');
	expect(terminal.screen).toContain('✗ withdraw');
	expect(terminal.screen).toContain('revoked');
	expect(terminal.screen).not.toContain('SITE');
	await terminal.resize(200, 50);
	for (const title of ['NAME', 'RTW', 'IPS', 'ACCOUNT', 'SITE', 'ENV', 'DAYS', 'MS', 'TEST', 'HEALTH'])
		expect(terminal.screen).toContain(title);
	expect(terminal.screen).toContain('quantdesk01'.slice(0, 9));
	for (const line of terminal.lines) expect(width(line)).toBeLessThanOrEqual(200);
});

test('the selected row is marked without any colour, in ASCII too', async () => {
	const {context} = await world({keys: keysNamed('alpha', 'beta'), sandbox: false});
	const {terminal} = await openApp(context, {look: {ascii: true, color: false}});
	await terminal.press('Down');
	expect(terminal.screen).toMatch(/^> beta/m);
	expect(terminal.screen).toMatch(/^ {2}alpha/m);
	expect(terminal.screen).toMatch(/^[\n\x20-\x7E]+$/);
});

test('moving through 500 keys draws a slice, and g, G and the pages reach both ends', async () => {
	const {context} = await world({
		keys: keysNamed(...Array.from({length: 500}, (_, index) => `bot${String(index + 1).padStart(3, '0')}`)),
		sandbox: false,
	});
	const {terminal} = await openApp(context);
	await terminal.see('500 keys', '› bot001');
	await terminal.press('G');
	await terminal.see('› bot500');
	await terminal.press('g', 'PgDn');
	expect(terminal.screen).toMatch(/› bot0[12]\d/);
	await terminal.send('j'.repeat(30));
	await terminal.settle();
	await terminal.see('› bot');
	await terminal.press('Home');
	await terminal.see('› bot001');
	expect(terminal.lines).toHaveLength(24);
});

test('s goes through the orders, / filters by words and terms, Esc shows all again', async () => {
	const {context} = await world({keys: motley, sandbox: false});
	const {terminal} = await openApp(context);
	await terminal.press('s');
	await terminal.see('Sorted by risk.');
	expect(list(terminal.lines)[1]).toContain('withdraw');

	await terminal.press('/', 'env:demo');
	await terminal.see('/ env:demo', 'family');
	expect(terminal.screen).not.toContain('zombie');
	await terminal.press('Enter');
	await terminal.see('1 of 4 keys', 'filter: env:demo', 'Esc all keys');
	await terminal.press('Esc');
	await terminal.see('4 keys', 'zombie');

	await terminal.press('/', 'berlin nothing');
	await terminal.see('No key matches. Esc clears the filter.');
	await terminal.press('Esc');
	await terminal.see('4 keys');
});

test('words that no key has find those with similar names, and the list says so', async () => {
	const {context} = await world({keys: keysNamed('grid-bot', 'market maker', 'José'), sandbox: false});
	const {terminal} = await openApp(context);
	await terminal.press('/', 'gb', 'Enter');
	await terminal.see('1 of 3 keys, similar to: gb', '› grid-bot');
	await terminal.press('Esc', '/', 'jose', 'Enter');
	await terminal.see('1 of 3 keys, by name, filter: jose', '› José');
});

test('the place of typing in the filter is seen without colour', async () => {
	const {context} = await world({keys: motley, sandbox: false});
	const {terminal} = await openApp(context, {look: {ascii: false, color: false}});
	await terminal.press('/', 'ab');
	await terminal.see('/ ab▏', 'Enter done  Esc clear  Ctrl+P actions  Ctrl+C quit');
});

test('in the filter, letters are no shortcuts, a paste goes in, and Ctrl+U clears', async () => {
	const {context} = await world({keys: motley, sandbox: false});
	const {terminal} = await openApp(context);
	await terminal.send('/nep');
	await terminal.settle();
	await terminal.see('/ nep');
	await terminal.press('Ctrl+U', 'q');
	await terminal.see('/ q');
	await terminal.press('Backspace');
	await terminal.paste('perm:withdraw\n');
	await terminal.see('/ perm:withdraw', '漢字');
	expect(terminal.screen).not.toContain('zombie');
});

test('what cannot be done now says why', async () => {
	const {context} = await world({keys: motley, sandbox: false});
	const {terminal} = await openApp(context);
	await terminal.press('/', 'zombie', 'Enter', 't');
	await terminal.see('! It is revoked: the exchange no longer knows it.');
	await terminal.press('Esc', '/', 'plain', 'Enter', 'x');
	await terminal.see('can manage its sub-account');
	expect(context.vault.read().keys.find(({id}) => id === 'k3')!.status).toBe('active');
});

test('under --readonly nothing that changes is offered or done', async () => {
	const {context} = await world({readonly: true});
	const {terminal} = await openApp(context);
	await terminal.see('1 key', 'READ-ONLY');
	expect(terminal.screen).not.toContain('n new');
	for (const key of ['n', 'e', 'p', 'x', 'D']) {
		await terminal.press(key);
		await terminal.see('Nothing is changed under --readonly.', 'API Keys Management');
	}

	await terminal.see('1 key');
});

test('another program’s change of the vault is seen without a key', async () => {
	const {context, elsewhere} = await world({keys: keysNamed('alpha')});
	const {terminal} = await openApp(context);
	await terminal.see('alpha');
	await (
		await elsewhere()
	).change(content => ({
		...content,
		keys: content.keys.map(key => (key.name === 'alpha' ? {...key, name: 'omega'} : key)),
	}));
	await terminal.see('omega');
});

test('a key names the program that it was last given to', async () => {
	const uses = [
		{at: now - 7_200_000, by: 'exec', program: 'first'},
		{at: now - 180_000, by: 'exec', program: 'freqtrade'},
	] as const;
	const {context} = await world({
		keys: [storedKey({id: 'k1', uses}), storedKey({id: 'k2', name: 'unused'})],
		sandbox: false,
	});
	const {terminal} = await openApp(context, {columns: 60, rows: 40});
	await terminal.press('Enter');
	expect(terminal.screen).toMatch(/Given to {4}freqtrade, 3m ago/);
	expect(terminal.screen).not.toContain('first');
	await terminal.press('Esc', 'Down', 'Enter');
	await terminal.see('unused', 'v shows the secrets');
	expect(terminal.screen).not.toContain('Given to');
});

test('a key names the file that it was last exported to', async () => {
	const uses = [{at: now - 60_000, by: 'export', program: 'freqtrade /srv/bot/key.json'}] as const;
	const {context} = await world({keys: [storedKey({uses})], sandbox: false});
	const {terminal} = await openApp(context, {columns: 60, rows: 40});
	await terminal.press('Enter');
	expect(terminal.screen).toMatch(/Given to {4}freqtrade \/srv\/bot\/key\.json \(export\), 1m ago/);
});
