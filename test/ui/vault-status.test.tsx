import fs from 'node:fs';
import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {AppError} from '../../source/core/errors.ts';
import type {Vault} from '../../source/vault/vault.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world, worldPassphrase} from '../helpers/world.ts';
import {adding} from '../vault/world.ts';

/** A locked vault with an earlier save. */
async function locked() {
	const {context} = await world({sandbox: false, keys: [storedKey({environment: 'demo'})]});
	await context.vault.change(adding('late1'));
	context.vault.lock();
	return context;
}

/** Counts what is asked of the store of a vault. */
function counted(context: Context) {
	const {vault} = context;
	let count = 0;
	const counting =
		<Given extends readonly unknown[], Result>(ask: (...given: Given) => Promise<Result>) =>
		async (...given: Given) => {
			count++;
			return ask(...given);
		};
	const watched: Vault = {
		...vault,
		exists: counting(vault.exists),
		earlier: counting(vault.earlier),
		readHeader: counting(vault.readHeader),
		unlock: counting(vault.unlock),
		openBackup: counting(vault.openBackup),
	};
	return {context: {...context, vault: watched}, asked: () => count};
}

async function never(): Promise<never> {
	return new Promise(() => {});
}

test('slow-disk: the screens before an open vault are drawn while the store does not answer', async () => {
	const context = await locked();
	const vault: Vault = {...context.vault, exists: never, earlier: never, readHeader: never};
	const silent = {...context, vault};
	const unlock = await openApp(silent, {start: {screen: 'unlock', first: {}}});
	await unlock.terminal.see('Unlock your vault', '› Passphrase', 'Enter unlock');
	const setup = await openApp(silent, {start: {screen: 'setup', hasEarlier: true}});
	await setup.terminal.see('Make your vault', 'Earlier saves are kept');
});

test('slow-disk: what is typed while the store does not answer is kept, and opens the vault', async () => {
	const context = await locked();
	const {terminal} = await openApp(
		{...context, vault: {...context.vault, exists: never, earlier: never, readHeader: never}},
		{start: {screen: 'unlock', first: {}}},
	);
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('2 keys');
});

test('a missing vault is looked for before the first screen, and not again while screens are drawn', async () => {
	const {context, asked} = counted(await locked());
	fs.unlinkSync(context.vault.path);
	const {terminal} = await openApp(context);
	await terminal.see('The vault is not there', 'An earlier save of it is kept', 'Ctrl+N make a new vault');
	expect(terminal.written).not.toContain('Unlock your vault');
	await terminal.settle();
	const before = asked();
	await terminal.press('x', 'y');
	await terminal.see('••');
	await terminal.send('\u000E');
	await terminal.see('Make your vault', 'Earlier saves are kept');
	await terminal.press('abcdefgh');
	await terminal.see('a rough guess');
	expect(asked()).toBe(before);
});

test('the question about an older copy is drawn with what is known, however often', async () => {
	const {context, asked} = counted(await locked());
	const older = new AppError('vault-older', {path: context.vault.path, rev: 1, seen: 2});
	const vault: Vault = {
		...context.vault,
		async unlock() {
			throw older;
		},
	};
	const {terminal} = await openApp({...context, vault});
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('This is an older copy of your vault', 'An earlier save of it is kept', 'r earlier save');
	await terminal.settle();
	const before = asked();
	await terminal.press('j', 'k');
	await terminal.resize(100, 30);
	await terminal.see('r earlier save');
	await terminal.press('n');
	await terminal.see('This may be an older copy');
	expect(asked()).toBe(before);
});

test('a vault that went while it was open is reported as missing once it is locked', async () => {
	const context = await locked();
	const {terminal} = await openApp(context);
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('2 keys');
	fs.unlinkSync(context.vault.path);
	context.vault.lock();
	await terminal.see('The vault is not there', 'An earlier save of it is kept', 'Ctrl+N make a new vault');
});
