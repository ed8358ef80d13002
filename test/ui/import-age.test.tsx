import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {generateX25519Identity, identityToRecipient} from 'age-encryption';
import {expect, onTestFinished, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import {Secret} from '../../source/core/secret.ts';
import {sealFor} from '../../source/formats/age.ts';
import {sealedCheaply} from '../helpers/age.ts';
import {openApp} from '../helpers/app.tsx';
import {world} from '../helpers/world.ts';
import {answering, wellKey} from './answering.ts';

const filePassphrase = 'the passphrase of a file';
const secretKey = '9F86D081884C7D659A2FEAA0C55AD015';
const keys = [
	{name: 'grid', apiKey: '0f1e2d3c-4b5a-6978-8796-000000000001', secretKey, passphrase: 'Correct-Horse9!'},
	{name: 'hedge', apiKey: '0f1e2d3c-4b5a-6978-8796-000000000002', secretKey, passphrase: 'Correct-Horse9!'},
];

const byPassphrase = async (content: string) => sealedCheaply(content, filePassphrase);

/** A vault without keys, and a file with two that is encrypted. */
async function withSealed(seal: (content: string, folder: string) => Promise<string | Uint8Array>) {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'age-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	const file = path.join(folder, 'keys.age');
	fs.writeFileSync(file, await seal(JSON.stringify(keys), folder));
	const {context} = await world({sandbox: false});
	const {answered} = await answering(context, {config: () => wellKey});
	return {folder, file, context: answered, names: () => liveKeys(context.vault.read()).map(({name}) => name)};
}

async function identityIn(folder: string, name: string): Promise<string> {
	const identity = await generateX25519Identity();
	fs.writeFileSync(path.join(folder, name), `${identity}\n`, {mode: 0o600});
	return identityToRecipient(identity);
}

test('a file with a passphrase asks for it, keeps the path if it is wrong, and is previewed', async () => {
	const {file, context, names} = await withSealed(byPassphrase);
	const {terminal} = await openApp(context, {columns: 120});
	await terminal.press('i', file, 'Enter');
	await terminal.see('is encrypted with a passphrase.', 'Of the file, not of the vault.');
	await terminal.press('Enter');
	await terminal.see('Type the passphrase of the file.');
	await terminal.press('something else', 'Enter');
	await terminal.see('does not open with this passphrase', 'is encrypted with a passphrase.');
	expect(terminal.screen).not.toContain('something else');
	expect(terminal.screen).not.toContain('•••');
	await terminal.press(filePassphrase);
	await terminal.see('•••');
	expect(terminal.screen).not.toContain(filePassphrase);
	await terminal.press('Enter');
	await terminal.see('2 new', 'encrypted with age: keys that okx-keys exported');
	expect(names()).toEqual([]);
	await terminal.press('y');
	await terminal.see('2 stored');
	expect(names()).toEqual(['grid', 'hedge']);
	expect(terminal.screen).not.toMatch(/in clear|delete the file/);
	expect(fs.existsSync(file)).toBe(true);
});

test('Esc leads back to the path, and what was typed is forgotten', async () => {
	const {file, context} = await withSealed(byPassphrase);
	const {terminal} = await openApp(context, {columns: 120});
	await terminal.press('i', file, 'Enter');
	await terminal.see('is encrypted with a passphrase.');
	await terminal.press(filePassphrase);
	await terminal.see('•••');
	await terminal.press('Esc');
	await terminal.see('keys.age', 'Such as ~/.okx/config.toml');
	await terminal.press('Enter');
	await terminal.see('is encrypted with a passphrase.');
	expect(terminal.screen).not.toContain('•••');
});

test('a file for an identity asks for the identity file, and refuses another one', async () => {
	const {folder, file, context, names} = await withSealed(async (content, folder) => {
		const seal = await sealFor({recipients: [await identityIn(folder, 'key.txt')]});
		return seal(Buffer.from(content), {armor: true});
	});
	await identityIn(folder, 'other.txt');
	const {terminal} = await openApp(context, {columns: 120});
	await terminal.press('i', file, 'Enter');
	await terminal.see('for the holder of an identity', 'Such as ~/key.txt');
	await terminal.press(path.join(folder, 'other.txt'), 'Enter');
	await terminal.see('was not encrypted for this identity');
	expect(terminal.screen).toContain('other.txt');
	await terminal.press('Ctrl+U', path.join(folder, 'key.txt'), 'Enter');
	await terminal.see('2 new', 'y yes, import');
	await terminal.press('y');
	await terminal.see('2 stored');
	expect(names()).toEqual(['grid', 'hedge']);
});

test('age-passphrase-after-import: the passphrase is wiped when the screen is left', async () => {
	const {file, context} = await withSealed(byPassphrase);
	const wiped: string[] = [];
	const wipe = Secret.prototype.wipe;
	Secret.prototype.wipe = function (this: Secret) {
		const isOpen = (() => {
			try {
				return this.reveal() === filePassphrase;
			} catch {
				return false;
			}
		})();
		if (isOpen) wiped.push('passphrase');
		wipe.call(this);
	};
	onTestFinished(() => {
		Secret.prototype.wipe = wipe;
	});
	const {terminal} = await openApp(context, {columns: 120});
	await terminal.press('i', file, 'Enter');
	await terminal.see('is encrypted with a passphrase.');
	await terminal.press(filePassphrase, 'Enter');
	await terminal.see('2 new');
	expect(wiped).toEqual([]);
	await terminal.press('Esc');
	await terminal.see('Such as ~/.okx/config.toml');
	expect(wiped).toEqual(['passphrase']);
});
