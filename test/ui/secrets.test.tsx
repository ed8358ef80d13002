import {expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import type {Context} from '../../source/actions/context.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world, worldPassphrase} from '../helpers/world.ts';

function secretsOf(context: Context): string[] {
	const [{credential}] = liveKeys(context.vault.read()) as [ReturnType<typeof storedKey>];
	return [credential.apiKey, credential.secretKey.reveal(), credential.passphrase.reveal()];
}

test('no secret is drawn anywhere unless it is asked for', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('Down', 'Enter');
	await terminal.see('••••••••', 'v shows the secrets');
	await terminal.press('t');
	await terminal.see('The key works');
	await terminal.press('Esc', 'e', 'Esc', 'p', 'Esc', '?', 'Esc', 'D');
	await terminal.see('Remove ');
	await terminal.press('n', 'Esc');
	for (const secret of secretsOf(context)) expect(terminal.written).not.toContain(secret);
	expect(terminal.written).not.toContain(worldPassphrase);
});

test('v shows all three and hides them again, and they are gone with the screen', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('v');
	await terminal.see('hidden again in', ...secretsOf(context));
	await terminal.press('v');
	await terminal.see('v shows the secrets');
	for (const secret of secretsOf(context)) expect(terminal.screen).not.toContain(secret);
	const secrets = secretsOf(context);
	await terminal.press('v');
	await terminal.see(...secrets);
	await terminal.press('L');
	await terminal.see('Unlock your vault');
	for (const secret of secrets) expect(terminal.screen).not.toContain(secret);
});

test('under --no-secrets no secret is drawn, and no key or vault is made whose secret would have to be', async () => {
	const {context} = await world();
	const {terminal} = await openApp({...context, noSecrets: true});
	for (const key of ['v', 'n']) {
		await terminal.press(key);
		await terminal.see('No secret is shown under --no-secrets.', 'API Keys Management');
	}

	await terminal.press('Enter');
	await terminal.see('no secret is shown under --no-secrets');
	await terminal.press('v');
	await terminal.see('No secret is shown under --no-secrets.');
	for (const secret of secretsOf(context)) expect(terminal.written).not.toContain(secret);
});

test('under --no-secrets no vault is made: its recovery key could not be written down', async () => {
	const {context} = await world({isOpen: false});
	const {terminal} = await openApp({...context, noSecrets: true});
	await terminal.press(worldPassphrase, 'Enter', worldPassphrase, 'Enter');
	await terminal.see('No secret is shown here');
	expect(await context.vault.exists()).toBe(false);
});

test('a passphrase is dots while it is typed, a dot for each character', async () => {
	const {context} = await world({isOpen: false});
	const {terminal} = await openApp(context);
	await terminal.press('pässwörd 漢', 'Enter');
	await terminal.see('••••••••••');
	expect(terminal.written).not.toContain('pässw');
	expect(terminal.screen).not.toContain('•••••••••••');
});

test('secrets that are longer than the window are shown whole', async () => {
	const {context} = await world({isOpen: false, sandbox: false});
	const {terminal} = await openApp(context, {columns: 40, rows: 16});
	await terminal.press(worldPassphrase, 'Enter', worldPassphrase, 'Enter');
	await terminal.see('Your recovery key');
	const groups = terminal.screen.match(/[\dA-Z]{4}(?:-[\dA-Z]{4})+/g)!;
	expect(groups.join('-').split('-').length).toBeGreaterThanOrEqual(13);
	for (const line of terminal.lines) expect(line.length).toBeLessThanOrEqual(40);
});

const hostile = 'a\u001B]0;owned\u0007b\u202Egnp\u200Bx';

test('hostile-text-steers-terminal: text from outside is drawn, never obeyed', async () => {
	const live = {
		permissions: ['read'],
		ip: [hostile],
		label: hostile,
		uid: hostile,
		mainUid: hostile,
		kycLv: hostile,
	} as const;
	const {context} = await world({
		sandbox: false,
		keys: [
			storedKey({
				name: hostile,
				description: `${hostile}\n${hostile}`,
				site: hostile,
				label: hostile,
				ip: [hostile],
				tags: [hostile],
				account: {kind: 'sub', subAccount: hostile, uid: hostile},
				lastTest: {at: Date.now(), ok: false, code: 20, cause: hostile, latencyMs: 1, live},
				updatedAt: 0,
				credential: {...storedKey().credential, apiKey: `\u001B[2J${hostile}`},
			}),
		],
	});
	const {terminal} = await openApp(context, {columns: 120, rows: 40});
	await terminal.see('a\\u{1b}]0;owned\\u{7}b\\u{202e}');
	await terminal.press('Enter', 'v', 'e', 'Esc', 'Esc', 'D');
	await terminal.see('Remove ');
	await terminal.press('n', '/', 'owned', 'Enter');
	await terminal.see('filter: owned');
	expect(terminal.written).not.toMatch(/\u001B\]|\u202E|\u200B|\u0007/);
});
