import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import type {CallOptions} from '../../source/exchange/client.ts';
import type {Target} from '../../source/exchange/target.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';
import {answering, never, wellKey} from './answering.ts';

const apiKey = (number: number) => `0f1e2d3c-4b5a-6978-8796-${String(number).padStart(12, '0')}`;
let folder: string;

beforeEach(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'imp-'));
});
afterEach(() => {
	fs.rmSync(folder, {recursive: true, force: true});
});

function profile(name: string, number: number, more = ''): string {
	return (
		`[profiles.${name}]\napi_key = "${apiKey(number)}"\nsecret_key = "9F86D081884C7D659A2FEAA0C55AD015"\n` +
		`passphrase = "Correct-Horse9!"\n${more}\n`
	);
}

const sealedKey = storedKey({id: 'here', name: 'here', credential: {...storedKey().credential, apiKey: apiKey(3)}});

/** A vault with two keys; a file with a new one, one whose name is taken, one that is here and one without a part. */
async function withFile(config: (target: Target, options: CallOptions) => unknown = () => wellKey) {
	const file = path.join(folder, 'config.toml');
	fs.writeFileSync(
		file,
		profile('grid', 1) + profile('main', 2) + profile('again', 3) + `[profiles.half]\napi_key = "${apiKey(4)}"\n`,
	);
	const {context} = await world({sandbox: false, keys: [storedKey({name: 'main'}), sealedKey]});
	const {answered} = await answering(context, {config});
	return {file, context: answered, names: () => liveKeys(context.vault.read()).map(({name}) => name)};
}

for (const [columns, rows] of [
	[80, 24],
	[60, 20],
	[100, 30],
] as const)
	test(`shows at ${columns}x${rows} what would happen, and does it after y`, async () => {
		const {file, context, names} = await withFile();
		const {terminal} = await openApp(context, {columns, rows});
		await terminal.press('i');
		await terminal.see('› Import', 'Such as ~/.okx/config.toml', 'hummingbot');
		await terminal.press(file, 'Enter');
		await terminal.see('1 new, 1 new name, 1 duplicate, 1 refused', 'y yes, import');
		expect(terminal.lines.filter(line => /^[› ] (grid|main-2|again|half) /.test(line))).toHaveLength(4);
		expect(terminal.screen).toMatch(/main-2 .*✓ new name +global, live/);
		expect(terminal.screen).not.toMatch(/9F86D081|Correct-Horse/);
		expect(names()).toEqual(['here', 'main']);
		await terminal.press('G');
		await terminal.see('The secret key is missing.');
		await terminal.press('y');
		await terminal.see('2 stored, 1 duplicate, 1 refused', 'holds secrets in clear');
		expect(names()).toEqual(['grid', 'here', 'main', 'main-2']);
		expect(terminal.screen).not.toContain('D delete the file');
		await terminal.press('Esc');
		await terminal.see('4 keys');
	});

test('a key that does not work is refused with the cause, unless it is imported untested', async () => {
	const {file, context, names} = await withFile(() => {
		throw new Error('The exchange was asked.');
	});
	const {terminal} = await openApp(context);
	await terminal.press('i', file, 'Enter');
	await terminal.see('Ctrl+S import untested');
	await terminal.press('Ctrl+S');
	await terminal.see('2 stored');
	expect(names()).toEqual(['grid', 'here', 'main', 'main-2']);
});

test('Esc stops it: what is stored stays', async () => {
	const {file, context, names} = await withFile(({credential}, options) =>
		credential?.apiKey === apiKey(1) ? wellKey : never(options),
	);
	const {terminal} = await openApp(context);
	await terminal.press('i', file, 'Enter');
	await terminal.see('y yes, import');
	await terminal.press('y');
	await terminal.see('3 of 4', 'Esc cancel');
	await terminal.press('Esc');
	await terminal.see('Cancelled after 3 of 4; what is stored stays.', '1 stored, 1 duplicate, 1 refused');
	expect(names()).toEqual(['grid', 'here', 'main']);
});

test('offers to overwrite and delete the file once all its keys are here, and does so only after y', async () => {
	const {context, names} = await withFile();
	const file = path.join(folder, 'bot.env');
	fs.writeFileSync(file, `OKX_API_KEY=${apiKey(9)}\nOKX_SECRET_KEY=a\nOKX_PASSPHRASE=b\n`);
	fs.writeFileSync(`${file}~`, '');
	const {terminal} = await openApp(context);
	await terminal.press(':', 'import keys from', 'Enter');
	await terminal.see('Such as ~/.okx/config.toml');
	await terminal.press(file, 'Enter');
	await terminal.see('1 new', 'a .env file');
	await terminal.press('y');
	await terminal.see('1 stored', 'Copies of it may be', 'D delete the file');
	await terminal.press('D');
	await terminal.see('A program that reads it will');
	await terminal.press('n');
	await terminal.see('D delete the file');
	expect(fs.existsSync(file)).toBe(true);
	await terminal.press('D', 'y');
	await terminal.see('was overwritten and deleted.');
	expect(fs.existsSync(file)).toBe(false);
	expect(names()).toContain('bot');
});

test('says what is wrong with a file, keeps its path, and imports nothing changed after the preview', async () => {
	const {file, context, names} = await withFile();
	const {terminal} = await openApp(context);
	await terminal.press('i', 'Enter');
	await terminal.see('Type the path of a file.');
	await terminal.press(path.join(folder, 'none'), 'Enter');
	await terminal.see('There is no file');
	await terminal.press('Esc', 'i', folder, 'Enter');
	await terminal.see('it is a folder');
	await terminal.press('Esc', 'i', file, 'Enter');
	await terminal.see('y yes, import');
	fs.appendFileSync(file, profile('late', 5));
	await terminal.press('y');
	await terminal.see('was changed meanwhile; nothing was imported.');
	await terminal.press('Esc');
	await terminal.see(path.basename(file), 'Enter next');
	expect(names()).toEqual(['here', 'main']);
});

test('a file whose keys are all here says that there is nothing in it to import', async () => {
	const {context} = await withFile();
	const file = path.join(folder, 'old.toml');
	fs.writeFileSync(file, profile('again', 3));
	const {terminal} = await openApp(context);
	await terminal.press('i', file, 'Enter');
	await terminal.see('1 duplicate', 'There is nothing in it to import.');
	expect(terminal.screen).not.toContain('yes, import');
	await terminal.press('y');
	await terminal.see('! There is nothing in it to import.');
});
