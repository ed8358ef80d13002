import fs from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {Home, runShell, type Run} from './program.ts';
import {vaultIn, type TestVault} from './vaults.ts';

const apiKey = (number: number) => `0f1e2d3c-4b5a-6978-8796-${String(number).padStart(12, '0')}`;
const credential = (number: number, wanted: Record<string, unknown> = {}) => ({
	apiKey: apiKey(number),
	secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
	passphrase: 'Correct-Horse9!',
	...wanted,
});
let home: Home;
let vault: TestVault;

async function okx(words: readonly string[], input?: string): Promise<Run> {
	const result = await vault.runWith(input === undefined ? {} : {input}, ...words);
	// Nothing that was handed over is ever repeated.
	expect(result.out + result.err).not.toMatch(/9F86D081|Correct-Horse9/);
	return result;
}

/** Bytes as they are, on standard input. */
async function add(name: string, bytes: Buffer): Promise<Run> {
	fs.writeFileSync(home.file('stdin'), bytes);
	return runShell(home, `okx-keys add ${name} --no-test --key-file ${vault.keyFile} < stdin`);
}

beforeAll(async () => {
	home = new Home();
	vault = await vaultIn(home, 'live');
});
afterAll(() => {
	home.remove();
});

describe('what a person hands over', () => {
	test('one with a byte-order mark, in UTF-16, or by other names is taken; a missing part is named', async () => {
		const text = (number: number) => `\u{FEFF}${JSON.stringify(credential(number))}\r\n`;
		expect(await add('bom', Buffer.from(text(1)))).toMatchObject({status: 0, err: ''});
		expect(await add('utf16', Buffer.from(text(2), 'utf16le'))).toMatchObject({status: 0, err: ''});
		expect(
			await okx(
				['add', 'ccxt', '--no-test'],
				JSON.stringify({apiKey: apiKey(3), secret: '9F86D081884C7D659A2FEAA0C55AD015', password: 'Correct-Horse9!'}),
			),
		).toMatchObject({status: 0});
		expect(
			await okx(
				['add', 'half', '--no-test'],
				JSON.stringify({apiKey: apiKey(4), secret: '9F86D081884C7D659A2FEAA0C55AD015'}),
			),
		).toMatchObject({status: 2, err: expect.stringContaining('The passphrase is missing.') as string});
		expect(await add('latin1', Buffer.from('{"apiKey": "Gr\u{FC}n"}', 'latin1'))).toMatchObject({
			status: 2,
			err: expect.stringContaining('Standard input is not UTF-8 text.') as string,
		});
	});

	test('visible-cause: a credential and an allow-list that cannot be right are stored with a word', async () => {
		expect(
			await okx(['add', 'quoted', '--no-test'], JSON.stringify(credential(5, {apiKey: `"${apiKey(5)}"`}))),
		).toMatchObject({status: 0, err: expect.stringContaining('! The API key is in quotes.') as string});
		expect(await okx(['add', 'lan', '--no-test', '--ip', '192.168.1.5'], JSON.stringify(credential(6)))).toMatchObject({
			status: 0,
			err: expect.stringContaining('! 192.168.1.5 in the allow-list lies inside a private network') as string,
		});
		expect((await okx(['list'])).out).toMatch(/^lan .*192\.168\.1\.5 in the allow-list/m);
	});

	test('look-alike: a name that looks like one there is refused', async () => {
		expect((await okx(['add', 'look', '--no-test'], JSON.stringify(credential(17)))).status).toBe(0);
		const before = (await okx(['list', '--json'])).out;
		for (const name of ['look\u{FE0F}', 'look\u{2800}', '\u{301}', `l${'\u{301}'.repeat(1000)}`, ' look'])
			expect((await okx(['add', name, '--no-test'], JSON.stringify(credential(7)))).status, name).toBe(2);
		expect((await okx(['list', '--json'])).out).toBe(before);
	});

	test('far-date and endless brackets: an import refuses both at once, and says where', async () => {
		const far = JSON.stringify([
			{name: 'far', createdAt: 8.64e15, ...credential(8)},
			{name: 'near', createdAt: Date.UTC(2026, 0), ...credential(9)},
		]);
		expect(await okx(['import', '--no-test'], far)).toMatchObject({
			status: 2,
			out: expect.stringMatching(
				/^1\. far: not stored\. Its date createdAt does not lie between 2017 and tomorrow\..*\n2\. near: stored\.\n$/,
			) as string,
		});
		fs.writeFileSync(home.file('deep.json'), '['.repeat(8 * 1024 * 1024));
		expect(await okx(['import', home.file('deep.json'), '--no-test'])).toMatchObject({
			status: 2,
			err: expect.stringContaining('is JSON that nests deeper than 64 levels; nothing was imported') as string,
		});
	});
});
