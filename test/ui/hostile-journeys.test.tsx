import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import type {Operation} from '../../source/core/key/operation.ts';
import {openApp} from '../helpers/app.tsx';
import {hostileTexts} from '../helpers/hostile.ts';
import {hostileExchange, hostileKeys} from '../helpers/hostile-keys.ts';
import {expectOwnRows, hostileSizes} from '../helpers/hostile-screen.ts';
import {creation} from '../helpers/keys.ts';
import {settingsAt} from '../helpers/settings.ts';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {world} from '../helpers/world.ts';

function temporaryFolder(): string {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-hostile-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	return folder;
}

async function hostileVault() {
	return world({sandbox: false, keys: hostileKeys(await hostileExchange())});
}

async function press(terminal: TestTerminal, ...keys: readonly string[]): Promise<void> {
	for (const key of keys) {
		await terminal.press(key);
		expectOwnRows(terminal, key);
	}
}

/** A third of the texts for each size, where each of them takes long; those that could be too wide are in all three. */
function shareOf(columns: number): readonly number[] {
	const share = hostileSizes.findIndex(([wide]) => wide === columns);
	return hostileTexts.flatMap((_, index) => (index % hostileSizes.length === share ? [index] : []));
}

const down = hostileTexts.map(() => 'Down');

describe.each([...hostileSizes])('hostile-text-on-the-way: at %ix%i', (columns, rows) => {
	test('the keys of a file are shown before they are imported, and afterwards', async () => {
		const folder = temporaryFolder();
		const entries = hostileTexts.map((text, index) => ({
			name: text,
			description: text,
			tags: [text],
			ip: [text],
			apiKey: index % 2 === 0 ? text : `0f1e2d3c-4b5a-6978-8796-${String(index).padStart(12, '0')}`,
			secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
			passphrase: 'Correct-Horse9!',
		}));
		fs.writeFileSync(path.join(folder, '漢字\u202E.json'), JSON.stringify(entries), {mode: 0o600});
		const {context} = await hostileVault();
		const {terminal} = await openApp(context, {start: {screen: 'import'}, columns, rows});
		await terminal.paste(path.join(folder, '漢字\u202E.json'));
		await press(terminal, 'Enter');
		await terminal.see('refused');
		await press(terminal, ...down, 'Ctrl+S');
		await press(terminal, ...down);
		expect(terminal.screen).toContain('refused');
	});

	test('the sub-accounts that a new key can be of are listed', async () => {
		const {context} = await hostileVault();
		const {terminal} = await openApp(context, {start: {screen: 'create'}, columns, rows});
		await press(terminal, 'gridbot', 'PgDn', ...down, 'PgDn', 'PgDn', 'PgDn');
	});

	test('marked keys are named in the review of their tags, with what is refused', async () => {
		const {context} = await hostileVault();
		const {terminal} = await openApp(context, {columns, rows});
		await press(terminal, '*', '#', 'night', 'PgDn');
		await terminal.see('This would change');
		await press(terminal, 'PgDn', 'PgDn', 'y');
		await terminal.see('have failed');
		await press(terminal, 'PgDn', 'PgDn', 'PgDn', 'End');
		expect(liveKeys(context.vault.read()).some(({tags}) => tags.includes('night'))).toBe(true);
	});

	test('marked keys are removed, and brought back', async () => {
		const {context} = await hostileVault();
		const count = () => liveKeys(context.vault.read()).length;
		const {terminal} = await openApp(context, {columns, rows});
		await press(terminal, '*', 'D', 'PgDn', '40', 'Enter');
		await expect.poll(count).toBe(0);
		await press(terminal, 'u');
		await expect.poll(count).toBe(hostileTexts.length);
		await terminal.see('40 keys');
		await press(terminal, 'End');
	});

	test('creations and rotations that were cut off are named', async () => {
		const share = shareOf(columns);
		const exchange = await hostileExchange();
		const {context} = await world({sandbox: false, keys: hostileKeys(exchange).filter((_, at) => share.includes(at))});
		const operations = share.flatMap((index): Operation[] => {
			const name = hostileTexts[index]!;
			return [
				creation({name, label: name, tags: [name], ip: [name]}, {id: `new${index}`}),
				{
					kind: 'rotate',
					id: `rotation${index}`,
					startedAt: 0,
					name,
					oldId: `hostile${index}`,
					newId: `new${index}`,
					step: 'creating',
				},
			];
		});
		await context.vault.change(content => ({...content, operations}));
		const {terminal} = await openApp(context, {columns, rows});
		for (const _ of operations) await press(terminal, 'R', 'Esc', 'Down');
	});

	test('a file of settings says what is wrong in it', async () => {
		const file = path.join(temporaryFolder(), 'settings.json');
		const {context} = await hostileVault();
		for (const index of shareOf(columns)) {
			const text = hostileTexts[index]!;
			const values = {language: text, 'allowed-hosts': [text], keys: {[text]: [text], 'key.test': [text]}, [text]: 1};
			fs.writeFileSync(file, JSON.stringify(values), {mode: 0o600});
			const start = {screen: 'settings'} as const;
			const {terminal, app} = await openApp({...context, settings: settingsAt(file)}, {start, columns, rows});
			await press(terminal, 'End', 'Home');
			app.unmount();
		}
	});
});
