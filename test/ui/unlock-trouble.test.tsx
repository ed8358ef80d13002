import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {seenRevisionsIn} from '../../source/vault/rollback-guard.ts';
import {openApp} from '../helpers/app.tsx';
import {damage} from '../helpers/damage.ts';
import {stopTime} from '../helpers/time.ts';
import {worldPassphrase} from '../helpers/world.ts';
import {adding} from '../vault/world.ts';
import {locked, agentOf} from './locked.tsx';

describe('a vault in trouble', () => {
	/** Three saves, and the second one in the place of the third. */
	async function rolledBack() {
		const made = await locked();
		const {vault, file} = made;
		await vault.change(adding('late1'));
		const older = fs.readFileSync(file);
		await vault.change(adding('late2'));
		await vault.change(adding('late3'));
		vault.lock();
		fs.writeFileSync(`${file}.new`, older, {mode: 0o600});
		fs.renameSync(`${file}.new`, file);
		return {...made, older};
	}

	test('rollback: an older copy is not opened without consent', async () => {
		const {context, vault, file, older} = await rolledBack();
		const {terminal} = await openApp(context);
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see(
			'This is an older copy of your vault',
			'It is save number 2, and this machine has seen number 4.',
			'y yes, open it',
			'r earlier save',
			'n no',
		);
		expect(vault.isOpen()).toBe(false);
		await terminal.press('Enter');
		await terminal.see('This may be an older copy', '› Passphrase');
		expect(vault.isOpen()).toBe(false);
		expect(fs.readFileSync(file).equals(older)).toBe(true);

		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('y yes, open it');
		await terminal.press('y');
		await terminal.see('late1', 'This older copy is your vault now.');
		expect(terminal.screen).not.toContain('late2');
	});

	test('rollback: the newest earlier save can be looked at and brought back instead', async () => {
		const {context, vault} = await rolledBack();
		const {terminal} = await openApp(context);
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('r earlier save');
		await terminal.press('r');
		await terminal.see(
			'Restore this earlier save?',
			'number 3, of ',
			'save number 2',
			'+ late2',
			'comes back',
			'y yes, restore it',
		);
		expect(vault.isOpen()).toBe(false);
		await terminal.press('y');
		await terminal.see('3 keys', 'late2', 'is your vault again.');
	});

	test('rollback: an agent does not open an older copy without a word either', async () => {
		const {context, vault} = await rolledBack();
		await vault.unlock({passphrase: new Secret(worldPassphrase)}, {acceptOlder: true});
		const keyAgent = agentOf(context);
		vault.lock();
		seenRevisionsIn(path.dirname(vault.path)).note(vault.path, (await vault.readHeader()).vaultId, {rev: 9, mac: 'x'});
		const {terminal} = await openApp({...context, keyAgent});
		await terminal.see('This may be an older copy', 'Type the passphrase to see', 'Enter unlock');
		expect(vault.isOpen()).toBe(false);
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('this machine has seen number 9');
	});

	test.each(['typed', 'agent'])(
		'memory-wiped: a damaged memory of saves is told once on the list, opened by %s',
		async how => {
			const {context, vault, file} = await locked();
			const keyAgent = agentOf(context);
			vault.lock();
			const folder = path.dirname(file);
			const memory = fs.readdirSync(folder).find(name => /^[\da-f]{64}\.json$/.test(name))!;
			fs.writeFileSync(path.join(folder, memory), 'garbage');
			const {terminal} = await openApp(how === 'agent' ? {...context, keyAgent} : context);
			if (how === 'typed') await terminal.press(worldPassphrase, 'Enter');
			await terminal.see('1 key', 'was damaged', 'Check that your latest changes');
			expect(vault.takeWarning()).toBe(undefined);
		},
	);

	test('a damaged vault is mended from the newest earlier save, and the bad file is kept', async () => {
		const {context, vault, file} = await locked();
		await vault.change(adding('late1'));
		await vault.change(adding('late2'));
		vault.lock();
		damage(file);
		const bad = fs.readFileSync(file);
		const {terminal} = await openApp(context);
		await terminal.press('not this one', 'Enter');
		await terminal.see('Wrong passphrase; nothing was changed.');
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see(
			'Restore this earlier save?',
			'number 2, of ',
			'altered',
			'2, would be there afterwards',
			'bot1',
			'late1',
			'y yes, restore it',
		);
		await terminal.press('n');
		await terminal.see('The vault is damaged', '2 earlier saves of it are kept');
		expect(fs.readFileSync(file).equals(bad)).toBe(true);
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('y yes, restore it');
		await terminal.press('y');
		await terminal.see('2 keys', 'is your vault again.', 'The former vault is kept:');
		expect(fs.readFileSync(`${file}.set-aside-1`).equals(bad)).toBe(true);
		await vault.change(adding('new'));
	});

	test.each([
		['empty', ''],
		['something else', 'hello'],
	])('a file that is %s instead of a vault is mended the same way', async (_, content) => {
		const {context, vault, file} = await locked();
		await vault.change(adding('late1'));
		vault.lock();
		fs.writeFileSync(file, content);
		const {terminal} = await openApp(context);
		await terminal.see('This is not a vault', 'An earlier save of it is kept');
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('y yes, restore it');
		await terminal.press('y');
		await terminal.see('1 key', 'is your vault again.');
	});

	test('without an earlier save, a damaged vault is told as what it is', async () => {
		const {context, vault, file} = await locked();
		vault.lock();
		damage(file);
		const {terminal} = await openApp(context);
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('The vault is damaged', 'No earlier save of it is kept.', '✗ The vault');
	});

	test('a missing vault with earlier saves is offered back before a new one', async () => {
		const {context, vault, file} = await locked();
		await vault.change(adding('late1'));
		vault.lock();
		fs.unlinkSync(file);
		const {terminal} = await openApp(context);
		await terminal.see('The vault is not there', 'An earlier save of it is kept', 'Ctrl+N make a new vault');
		await terminal.send('\u000E');
		await terminal.see('Make your vault', 'Earlier saves are kept', 'backups/former-1');
		await terminal.press('Esc');
		await terminal.see('The vault is not there');
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('There now   nothing', 'bot1');
		await terminal.press('y');
		await terminal.see('1 key', 'is your vault again.');
		expect(fs.existsSync(file)).toBe(true);
	});

	test('under --readonly an earlier save can be looked at, and nothing is brought back', async () => {
		const {context, vault, file} = await locked({readonly: true});
		await vault.change(adding('late1'));
		vault.lock();
		damage(file);
		const bad = fs.readFileSync(file);
		const {terminal} = await openApp(context);
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('Restore this earlier save?', 'READ-ONLY');
		expect(terminal.screen).not.toContain('y yes, restore it');
		await terminal.press('y');
		await terminal.see('Nothing is changed under --readonly.');
		expect(fs.readFileSync(file).equals(bad)).toBe(true);
	});

	test('an earlier save of the sandbox is not brought back for real trading', async () => {
		const {context, vault} = await locked();
		await vault.change(content => ({...content, sandbox: {}}));
		await vault.change(adding('late1'));
		vault.lock();
		damage(vault.path);
		const {terminal} = await openApp(context, {columns: 160});
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('belongs to the sandbox');
		expect(vault.isOpen()).toBe(false);
	});

	test('what was found in an earlier save does not stay on the screen once the idle time is over', async () => {
		const {context, vault} = await locked();
		await vault.change(adding('late1'));
		vault.lock();
		damage(vault.path);
		stopTime('Date');
		const {terminal, pass} = await openApp(context, {lockAfterMs: 60_000});
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('bot1');
		pass(60_000);
		await terminal.see('› Passphrase');
		expect(terminal.screen).not.toContain('bot1');
	});

	test.each([
		[80, 24],
		[60, 20],
		[40, 12],
		[200, 50],
	])('at %ix%i, in ASCII and without colour, every question is whole and says what to press', async (columns, rows) => {
		const {context, file} = await rolledBack();
		const {terminal} = await openApp(context, {columns, rows, look: {ascii: true, color: false}});
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('older copy of your vault', 'save number 2', 'y yes, open it', 'r earlier save', 'n no');
		await terminal.press('r');
		await terminal.see('Restore this earlier save?', 'number 3', 'y yes, restore it', 'n no');
		await terminal.press('n');
		await terminal.see('> Passphrase');
		damage(file);
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('Restore this earlier save?');
		await terminal.press('G');
		await terminal.see('late2');
		await terminal.press('n');
		await terminal.see('The vault is damaged', '> Passphrase', '3 earlier saves');
		expect(terminal.screen).toMatch(/^[\u0000-\u007F]*$/);
		expect(terminal.written).not.toMatch(/\u001B\[3[0-7]m/);
	});
});
