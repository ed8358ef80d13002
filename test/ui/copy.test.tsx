import {expect, test, vi} from 'vitest';
import {keyByName} from '../../source/actions/keys.ts';
import type {Context} from '../../source/actions/context.ts';
import {openApp} from '../helpers/app.tsx';
import {fakeClipboard} from '../helpers/clipboard.ts';
import {storedKey} from '../helpers/keys.ts';
import {stopTime} from '../helpers/time.ts';
import {world} from '../helpers/world.ts';

/** The sandbox's vault with its one key, and a clipboard. */
async function copying(wanted: Parameters<typeof world>[0] = {}, more: Partial<Context> = {}) {
	const {context} = await world(wanted);
	const {clipboard, events} = fakeClipboard();
	return {context: {...context, clipboard, ...more}, events};
}

function secretsOf({vault}: Context, name: string) {
	const {apiKey, secretKey, passphrase} = keyByName(vault.read(), name).credential;
	return {apiKey, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()};
}

test('c opens a menu, of which one part can be copied after another; none is drawn, and each is noted', async () => {
	const {context, events} = await copying();
	const {apiKey, secretKey} = secretsOf(context, 'main');
	const {terminal} = await openApp(context, {rows: 50});
	await terminal.press('c');
	await terminal.see('Copy which part of main?', '›   API key', 'It is sent to your terminal.');
	await terminal.press('Enter');
	await terminal.see('✓ API key: sent to your terminal; cleared in 30 s.', 'clip ', '› ✓ API key');
	await terminal.press('j', 'Enter');
	await terminal.see('✓ Secret key: sent to your terminal', '› ✓ Secret key');
	expect(events).toEqual([apiKey, secretKey]);
	for (const secret of [apiKey, secretKey]) expect(terminal.written).not.toContain(secret);
	await vi.waitFor(() => {
		expect(keyByName(context.vault.read(), 'main').uses).toMatchObject([
			{by: 'copy', program: 'api-key'},
			{by: 'copy', program: 'secret-key'},
		]);
	});
	await terminal.press('Esc', 'Enter');
	await terminal.see('secret-key (copied)');
});

test.each([
	['a lock', ['L']],
	['the end', ['q']],
	['a suspension', ['Ctrl+Z']],
])('secret-left-on-clipboard: it is cleared at %s', async (_, keys) => {
	const {context, events} = await copying();
	const {terminal} = await openApp(context);
	await terminal.press('c', 'Enter');
	await terminal.see('clip ');
	await terminal.press(...keys);
	await vi.waitFor(() => {
		expect(events).toEqual([expect.any(String), 'cleared']);
	});
	expect(terminal.screen).not.toContain('clip ');
});

test('the time until it is cleared is counted down', async () => {
	stopTime('Date');
	const {context} = await copying();
	const {terminal, pass} = await openApp(context, {refreshMs: 60_000});
	await terminal.press('c', 'Enter');
	await terminal.see('clip 30s');
	pass(10_000);
	await terminal.see('clip 20s');
});

test('what is shown once can be copied there, both parts, and is shown as before afterwards', async () => {
	const {context, events} = await copying();
	const {apiKey, secretKey} = secretsOf(context, 'main');
	const {id} = keyByName(context.vault.read(), 'main');
	const {terminal} = await openApp(context, {start: {screen: 'created', id}});
	await terminal.see(apiKey, secretKey, 'c copy');
	await terminal.press('c', 'Enter', 'j', 'Enter');
	await terminal.see('✓ Secret key: sent');
	expect(events).toEqual([apiKey, secretKey]);
	await terminal.press('Esc');
	await terminal.see(apiKey, secretKey, 'Press s when you have saved');
});

test('after a failed test, c leads to the failure as text, without secrets', async () => {
	const {context, events} = await copying({keys: [storedKey({id: 'gone', name: 'gone', site: 'sandbox'})]});
	const {terminal} = await openApp(context, {start: {screen: 'test', id: 'gone'}});
	await terminal.see('c copy failure');
	await terminal.press('c');
	await terminal.see('›   Failure of the last test');
	await terminal.press('Enter');
	await terminal.see('without secrets: sent to your terminal.');
	expect(events).toEqual([expect.stringMatching(/^The live test of the OKX API key gone failed\.\n[^]*50119/)]);
	expect(terminal.screen).not.toContain('clip ');
	for (const secret of Object.values(secretsOf(context, 'gone'))) expect(events[0]).not.toContain(secret);
	expect(keyByName(context.vault.read(), 'gone').uses).toBeUndefined();
});

test('what cannot be copied now is marked, and the reason stands below it', async () => {
	const {context, events} = await copying();
	const {terminal} = await openApp(context);
	await terminal.press('c', 'G');
	await terminal.see('Failure of the last test, without secrets (not now)', 'It was never tested.');
	await terminal.press('Enter');
	await terminal.see('! It was never tested.');
	expect(events).toEqual([]);
});

test('under --no-secrets only what is no secret can be copied', async () => {
	const {context, events} = await copying({sandbox: false, keys: [storedKey()]}, {noSecrets: true});
	const {terminal} = await openApp(context);
	await terminal.press('c', 'Enter', 'j', 'Enter', 'j', 'Enter', 'j', 'Enter', 'j', 'Enter');
	await terminal.see('All three as JSON (not now)', '! No secret is shown under --no-secrets.');
	await terminal.press('j', 'Enter');
	await terminal.see('page of API keys: sent to your terminal.');
	expect(events).toEqual(['https://www.okx.com/account/my-api?go-live-trading=1']);
});

test('under --readonly it is copied and not noted', async () => {
	const {context, events} = await copying({readonly: true});
	const {terminal} = await openApp(context);
	await terminal.press('c', 'Enter');
	await terminal.see('✓ API key: sent');
	expect(events).toHaveLength(1);
	expect(keyByName(context.vault.read(), 'main').uses).toBeUndefined();
});

test('without a clipboard the menu says so, and nothing is noted', async () => {
	const {context} = await copying({}, {clipboard: undefined});
	const {terminal} = await openApp(context);
	await terminal.press('c');
	await terminal.see('No clipboard can be reached from here');
	await terminal.press('Enter');
	await terminal.see('✗ Nothing was copied');
	expect(keyByName(context.vault.read(), 'main').uses).toBeUndefined();
});

test.each([
	[80, 24],
	[60, 20],
	[40, 12],
])('the menu fits into %ix%i, with the selected part in sight', async (columns, rows) => {
	const {context} = await copying();
	const {terminal} = await openApp(context, {columns, rows});
	await terminal.press('c', 'G');
	await terminal.see('› ');
	expect(terminal.screen).toMatch(/› {3}Failure of the last test/);
	await terminal.press('g', 'Enter');
	await terminal.see('✓ API key', 'clip ', 'lock 10m');
	for (const line of terminal.lines) expect(line.length).toBeLessThanOrEqual(columns);
});

test('the passphrase of a key that is made on OKX’s page can be copied before there is a key', async () => {
	const {context, events} = await copying({sandbox: false});
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn');
	await terminal.see('v shows it', 'c copy passphrase');
	await terminal.press('c');
	await terminal.see('✓ Passphrase: sent to your terminal; cleared in 30 s.', 'clip ');
	const [passphrase] = events;
	expect(terminal.written).not.toContain(passphrase);
	await terminal.press('v');
	await terminal.see(passphrase!);
});
