import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, test, vi} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import type * as Layers from '../../source/ui/keyboard/layers.ts';
import type {AvailableAction} from '../../source/ui/keyboard/available-action.ts';
import type {SeenRevisions} from '../../source/vault/rollback-guard.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultIn} from '../../source/vault/vault.ts';
import {openApp} from '../helpers/app.tsx';
import {keyConflicts} from '../helpers/key-conflicts.ts';
import {storedKey} from '../helpers/keys.ts';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {world, worldPassphrase} from '../helpers/world.ts';

/** Everything that could be done at any moment of the walk, as the footer was told. */
const seen = vi.hoisted(() => [] as (readonly AvailableAction[])[]);
vi.mock('../../source/ui/keyboard/layers.ts', async original => {
	const layers = await original<typeof Layers>();
	return {
		...layers,
		useAvailableActions() {
			const now = layers.useAvailableActions();
			seen.push(now.actions);
			return now;
		},
	};
});

/** A field has the keyboard before its form has: there the arrows choose, elsewhere they go on. */
const ofFields = new Set(['choice', 'checkboxes', 'filter']);

function conflictsAmong(actions: readonly AvailableAction[]): string[] {
	return keyConflicts(actions.filter(({scope}) => !ofFields.has(scope)));
}

/** Through the screens of a vault in trouble, and of one that an agent may open. */
async function walkTrouble(context: Context, columns: number, rows: number): Promise<void> {
	context.vault.lock();
	const {vaultId} = await context.vault.readHeader();
	const older = path.join(path.dirname(context.vault.path), 'backups', 'vault.000001.json');
	fs.copyFileSync(older, context.vault.path);
	const memory: SeenRevisions = {
		of: (_place, id) => (id === vaultId ? {rev: 99, mac: ''} : undefined),
		note() {},
		takeDamage: () => undefined,
	};
	const vault = vaultIn({
		store: fileStoreAt({path: context.vault.path, clock: context.clock}),
		clock: context.clock,
		random: context.random,
		seen: memory,
	});
	const {terminal} = await openApp(
		{...context, vault, keyAgent: {get: async () => undefined, async forget() {}}},
		{columns, rows},
	);
	await terminal.see('Passphrase');
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('older copy');
	await terminal.press('?', '?', 'r');
	await terminal.see('Restore this earlier save?');
	await terminal.press('?', '?', 'n');
	fs.unlinkSync(vault.path);
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('Restore this earlier save?');
	await terminal.press('n');
	await terminal.see('Ctrl+N make a new vault');
	fs.copyFileSync(older, vault.path);
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('older copy');
	await terminal.press('y');
	await terminal.see('2 keys');
	await terminal.press('L');
	await terminal.see('Enter ask the agent');
}

/** Through the screens of an import that finds a key. */
async function walkImport(terminal: TestTerminal): Promise<void> {
	const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-walk-')), 'k.env');
	fs.writeFileSync(file, 'OKX_API_KEY=a\nOKX_SECRET_KEY=b\nOKX_PASSPHRASE=c\nOKX_SITE=sandbox\n');
	await terminal.press('i', file, 'PgDn');
	await terminal.see('1 new');
	await terminal.press('Ctrl+S');
	await terminal.see('1 stored');
	await terminal.press('D');
	await terminal.see('y yes');
	await terminal.press('n', 'Esc');
	await terminal.see('4 keys');
	fs.rmSync(path.dirname(file), {recursive: true});
}

test.each([
	[160, 45],
	[80, 24],
	[40, 12],
])('at %ix%i no key can do two things on any screen', async (columns, rows) => {
	const {context} = await world({keys: [storedKey({name: 'zz', site: 'sandbox'})]});
	const {terminal} = await openApp(context, {columns, rows});
	await terminal.press(
		',',
		'Enter',
		'Esc',
		'G',
		'k',
		'k',
		'k',
		'k',
		'Enter',
		'?',
		'?',
		'Enter',
		'Esc',
		'/',
		'x',
		'Enter',
	);
	await terminal.press(
		'Esc',
		'Esc',
		'Esc',
		'?',
		'Esc',
		'/',
		'ma',
		'Enter',
		'Esc',
		's',
		's',
		's',
		's',
		's',
		':',
		'Down',
		'Esc',
		'T',
	);
	await terminal.see('2 tested');
	await terminal.press('Down', 'f', '?', '?', 'Esc', 'Enter', '?', '?', 'v', 't');
	await terminal.see('works');
	await terminal.press('Esc', 'e', 'x', 'PgDn');
	await terminal.see('would change');
	await terminal.press('?', '?', 'Esc', 'Esc', 'y', 'p', 'Space', 'Enter');
	await terminal.see('would change');
	await terminal.press(
		'Esc',
		'Esc',
		'y',
		'x',
		'n',
		'D',
		'n',
		'Esc',
		'n',
		'gridbot',
		'PgDn',
		'PgDn',
		'PgDn',
		'127.0.0.1',
		'PgDn',
	);
	await terminal.see('Review');
	await terminal.press('y');
	await terminal.see('API key and secret');
	await terminal.press('c', '?', '?', 'Enter', 'Esc', 's', 'L');
	await terminal.see('Unlock your vault');
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('3 keys');
	await walkImport(terminal);

	await walkTrouble(context, columns, rows);

	expect(seen.length).toBeGreaterThan(20);
	expect([...new Set(seen.flatMap(actions => conflictsAmong(actions)))]).toEqual([]);
	for (const scope of [
		'settings',
		'settingValue',
		'keyBindings',
		'keyRecorder',
		'keyList',
		'key',
		'form',
		'choice',
		'checkboxes',
		'filter',
		'filteredList',
		'test',
		'testAll',
		'importReview',
		'imported',
		'palette',
		'saveReview',
		'createReview',
		'createdKey',
		'copy',
		'confirm',
		'help',
		'unlock',
		'autoUnlock',
		'vaultMissing',
		'olderVault',
		'restoreReview',
	]) {
		expect(
			seen.some(actions => actions.some(available => available.scope === scope)),
			scope,
		).toBe(true);
	}
});
