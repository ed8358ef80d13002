import {expect, test, vi} from 'vitest';
import {width} from '../../source/core/text/width.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {stopTime} from '../helpers/time.ts';
import {world, worldPassphrase} from '../helpers/world.ts';

test('the header says where one is and that it is the sandbox, the countdown stands at its end', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('Enter');
	expect(terminal.lines[0]).toMatch(/^OKX › API & Web Trading › API Keys Management › main +SANDBOX {2}lock 10m$/);
});

test.each([
	['live', 'LIVE'],
	['demo', 'DEMO'],
] as const)('a vault with %s keys says %s', async (environment, badge) => {
	const {context} = await world({sandbox: false, keys: [storedKey({environment})]});
	const {terminal} = await openApp(context);
	expect(terminal.lines[0]).toContain(badge);
});

test('every size from one cell to a wall is drawn without an error, and nothing typed is lost', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'keepme');
	for (const [columns, rows] of [
		[1, 1],
		[39, 12],
		[40, 11],
		[40, 12],
		[60, 20],
		[200, 50],
		[500, 200],
		[80, 24],
	] as const) {
		await terminal.resize(columns, rows);
		for (const line of terminal.lines) expect(width(line)).toBeLessThanOrEqual(columns);
	}

	await terminal.see('keepme', 'step 1 of 6');
});

test.each([
	[120, 24, 80, 24],
	[99, 20, 80, 24],
	[160, 45, 100, 30],
	[80, 24, 120, 20],
] as const)(
	'a window of %ix%i that becomes %ix%i is drawn as if it had been so',
	async (columns, rows, thenColumns, thenRows) => {
		const {context} = await world();
		const {terminal} = await openApp(context, {columns, rows});
		// A frame of which only the changes were written came before.
		await terminal.press('/', 'm', 'Esc');
		await terminal.resize(thenColumns, thenRows);
		const fresh = await openApp(context, {columns: thenColumns, rows: thenRows});
		const drawn = ({lines}: TestTerminal) => lines.map(line => line.trimEnd());
		expect(drawn(terminal)).toEqual(drawn(fresh.terminal));
	},
);

test('a window that is too small says so, takes no keys, and comes back as it was', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context, {columns: 80, rows: 24});
	await terminal.resize(39, 11);
	await terminal.see('This window is too small: it has 39x11', 'and 40x12');
	await terminal.press('n', 'D', 'y');
	await terminal.resize(80, 24);
	await terminal.see('1 key');
	expect(terminal.screen).not.toContain('step 1');
});

test('the vault locks itself after a while without a key, and says so', async () => {
	stopTime('Date');
	const {context} = await world();
	const {terminal, pass} = await openApp(context, {lockAfterMs: 60_000, refreshMs: 10_000});
	await terminal.press('n', 'typed');
	await terminal.see('typed');
	pass(59_000);
	expect(context.vault.isOpen()).toBe(true);
	pass(1000);
	await terminal.see('Unlock your vault', 'Locked after 1 min without a key.');
	expect(context.vault.isOpen()).toBe(false);
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('1 key');
	expect(terminal.screen).not.toContain('typed');
});

test('a key that comes too late, as after the machine has slept, locks and does nothing else', async () => {
	stopTime('Date');
	const {context} = await world();
	const {terminal} = await openApp(context, {lockAfterMs: 60_000, refreshMs: 10_000});
	await terminal.see('1 key');
	vi.setSystemTime(Date.now() + 60_000);
	await terminal.press('n');
	await terminal.see('Unlock your vault', 'Locked after 1 min without a key.');
	expect(context.vault.isOpen()).toBe(false);
});

test('a clock that is put back does not put the lock off', async () => {
	stopTime('Date');
	const {context} = await world();
	const {terminal, pass} = await openApp(context, {lockAfterMs: 60_000, refreshMs: 10_000});
	await terminal.see('1 key');
	pass(-3_600_000);
	pass(60_000);
	await terminal.see('Unlock your vault', 'Locked after 1 min without a key.');
});

test('the countdown to the lock goes in minutes, then in seconds, and starts anew with a key', async () => {
	stopTime('Date');
	const {context} = await world();
	const {terminal, pass} = await openApp(context, {refreshMs: 10_000});
	await terminal.see('lock 10m');
	pass(60_000);
	await terminal.see('lock 9m');
	pass(8 * 60_000 + 1000);
	await terminal.see('lock 59s');
	await terminal.press('Down');
	await terminal.see('lock 10m');
});

test('keys put the lock off', async () => {
	stopTime('Date');
	const {context} = await world();
	const {terminal, pass} = await openApp(context, {lockAfterMs: 60_000, refreshMs: 10_000});
	for (let count = 0; count < 3; count++) {
		await terminal.press('Down');
		pass(40_000);
	}

	expect(context.vault.isOpen()).toBe(true);
});

test('help shows every key of the screen below and only those, and both ways lead out of it', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context, {rows: 80});
	await terminal.press('?');
	await terminal.see(
		'make a new key',
		'delete the key on the exchange',
		'put the key into the trash',
		'go to the shell',
	);
	expect(terminal.screen).not.toContain('I have written it down');
	await terminal.press('?');
	await terminal.see('1 key');
	await terminal.press('?', 'Esc');
	await terminal.see('1 key');
});

test('q and Ctrl+C leave, the latter from a field too', async () => {
	for (const keys of [['q'], ['n', 'Ctrl+C']]) {
		const {context} = await world();
		const {terminal, app} = await openApp(context);
		const left = app.waitUntilExit();
		await terminal.press(...keys);
		await left;
	}
});

test('Ctrl+Z gives the terminal back and suspends, and the screen comes back whole', async () => {
	const {context} = await world();
	let count = 0;
	const {terminal} = await openApp(context, {
		onSuspend() {
			count++;
		},
	});
	const before = terminal.screen;
	await terminal.press('Ctrl+Z');
	await terminal.see('1 key');
	expect(count).toBe(1);
	expect(terminal.screen).toBe(before);
});

test('in ASCII and without colour the whole walk has neither colour nor a sign of ours', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context, {look: {ascii: true, color: false}, columns: 60, rows: 20});
	await terminal.press('Enter', 't');
	await terminal.see('The key works');
	await terminal.press('?', 'Esc', 'Esc', 'p', 'Esc', 'e', 'x', 'Esc', 'y', 'D', 'n', 'Esc', 'n', 'a', 'Enter');
	expect(terminal.written.replaceAll('’', '')).not.toMatch(/[^\0-\x7F]/);
	expect(terminal.written).not.toMatch(/\u001B\[[\d;]+m/);
});

test('a failure of the vault in the background is said, not fatal', async () => {
	const {context} = await world();
	const broken = {
		...context,
		vault: {
			...context.vault,
			refresh: async () => {
				throw new TypeError('secret words');
			},
		},
	};
	const {terminal} = await openApp(broken);
	await terminal.see('Something unexpected happened (TypeError).');
	expect(terminal.screen).not.toContain('secret words');
});
