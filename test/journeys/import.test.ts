import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {testWith} from './journey.ts';
import {hasTmux} from './program.ts';
import {openList} from './screen.ts';
import {stored} from './stored.ts';

const samples = path.join(import.meta.dirname, '../formats/fixtures/bots');
const test = testWith('live');

/** The lines for each entry, the last line on standard error, the exit status, and what is in the vault. */
const journeys: Readonly<Record<string, readonly [out: string, summary: string, status: number, keys: string[]]>> = {
	'agent-trade-kit.config.toml': [
		'1. demo: stored.\n2. live-eea: stored.\n3. custom: stored.\n',
		'3 of 3 stored, 0 here already, 0 refused.',
		0,
		['custom live us', 'demo demo global', 'live-eea live eea'],
	],
	'ccxt.keys.local.json': [
		'1. okx: stored.\n2. myokx: stored.\n3. binance: left out. It is for the exchange binance, not for OKX.\n',
		'2 of 3 stored, 0 here already, 1 left out, 0 refused.',
		0,
		['myokx live eea', 'okx live global'],
	],
	'compose.yaml': ['1. bot: stored.\n', '1 of 1 stored, 0 here already, 0 refused.', 0, ['bot live global']],
	'cryptofeed.config.yaml': ['1. okx: stored.\n', '1 of 1 stored, 0 here already, 0 refused.', 0, ['okx live global']],
	'exported-crlf.env': [
		'1. exported-crlf: stored.\n',
		'1 of 1 stored, 0 here already, 0 refused.',
		0,
		['exported-crlf live global'],
	],
	'freqtrade.config.json': [
		'1. freqtrade.config: stored.\n',
		'1 of 1 stored, 0 here already, 0 refused.',
		0,
		['freqtrade.config live eea'],
	],
	'gocryptotrader.config.json': [
		'1. Okx: stored.\n2. Kraken: left out. It is for the exchange Kraken, not for OKX.\n',
		'1 of 2 stored, 0 here already, 1 left out, 0 refused.',
		0,
		['Okx demo global'],
	],
	'hummingbot-gateway.okx.yml': [
		'1. hummingbot-gateway.okx: stored.\n',
		'1 of 1 stored, 0 here already, 0 refused.',
		0,
		['hummingbot-gateway.okx live global'],
	],
	'hummingbot.okx.yml': [
		'1. hummingbot.okx: not stored. The API key is encrypted by the program that wrote the file. ' +
			'Store the key as the exchange has shown it: ',
		'0 of 1 stored, 0 here already, 1 refused.',
		2,
		[],
	],
	'kubernetes.secret.yaml': ['1. okx: stored.\n', '1 of 1 stored, 0 here already, 0 refused.', 0, ['okx live global']],
	'mcp.json': ['1. mcp-okx: stored.\n', '1 of 1 stored, 0 here already, 0 refused.', 0, ['mcp-okx demo global']],
	'octobot.user.config.json': [
		'1. okx: stored.\n',
		'1 of 1 stored, 0 here already, 0 refused.',
		0,
		['okx live global'],
	],
	'passivbot.api-keys.json': [
		'1. okx_01: stored.\n2. bybit_01: left out. It is for the exchange bybit, not for OKX.\n',
		'1 of 2 stored, 0 here already, 1 left out, 0 refused.',
		0,
		['okx_01 live global'],
	],
	'python-okx.env': [
		'1. python-okx: stored.\n',
		'1 of 1 stored, 0 here already, 0 refused.',
		0,
		['python-okx demo global'],
	],
	'vnpy.connect_okx.json': [
		'1. vnpy.connect_okx: stored.\n',
		'1 of 1 stored, 0 here already, 0 refused.',
		0,
		['vnpy.connect_okx demo global'],
	],
};

describe('the file of a bot', () => {
	test('has a journey for each format', () => {
		expect(fs.readdirSync(samples).toSorted()).toEqual(Object.keys(journeys).toSorted());
	});

	for (const [name, [out, summary, status, keys]] of Object.entries(journeys))
		test(`other-format: ${name} comes in as it is, and once`, async ({vault, home}) => {
			fs.copyFileSync(path.join(samples, name), home.file(name));
			const before = vault.bytes();
			const dry = await vault.run('import', name, '--dry-run');
			expect(dry.status).toBe(status);
			expect(vault.bytes()).toEqual(before);
			const first = await vault.run('import', name, '--no-test');
			expect(first.out.startsWith(out), first.out).toBe(true);
			expect(first).toMatchObject({status, err: expect.stringContaining(`${summary}\n`) as string});
			expect(first.out + first.err + dry.out + dry.err).not.toMatch(/9F86D081|Horse9|Pa\$\$/);
			expect(await stored(vault)).toEqual(keys);
			const after = vault.bytes();
			const again = await vault.run('import', name, '--no-test');
			expect(again).toMatchObject({status, err: expect.stringContaining(`0 of `) as string});
			expect(vault.bytes()).toEqual(after);
		});

	test('takes the name that is given, is read as the format that is given, and is told where neither fits', async ({
		vault,
		home,
	}) => {
		fs.copyFileSync(path.join(samples, 'vnpy.connect_okx.json'), home.file('connect.json'));
		expect(await vault.run('import', 'connect.json', '--no-test', '--name', 'cta', '--format', 'vnpy')).toMatchObject({
			out: '1. cta: stored.\n',
			status: 0,
		});
		fs.copyFileSync(path.join(samples, 'agent-trade-kit.config.toml'), home.file('config.toml'));
		expect(await vault.run('import', 'config.toml', '--no-test', '--name', 'cta')).toMatchObject({
			status: 2,
			err: expect.stringContaining('--name is for one key, and there are 3.') as string,
		});
		expect(await vault.run('import', 'connect.json', '--format', 'passivbot')).toMatchObject({
			status: 2,
			err: expect.stringContaining('connect.json holds no key, read as the API keys of passivbot') as string,
		});
		const misspelt = await vault.run('import', 'connect.json', '--format', 'okx-cil');
		expect(misspelt).toMatchObject({status: 2, out: ''});
		expect(misspelt.err).toMatch(/okx-cil is not a format\.\nDid you mean okx-cli\? There are json, .*env/);
		const list = await vault.plain('import', '--format', 'list');
		expect(list).toMatchObject({status: 0, err: ''});
		expect(list.out).toMatch(/^okx-cli +an OKX Trade Kit configuration/m);
		expect(await stored(vault)).toEqual(['cta demo global']);
	});

	test('gives a key whose name is taken the next number', async ({vault, home}) => {
		const env = (end: string) => `OKX_API_KEY=a${end}\nOKX_SECRET_KEY=b${end}\nOKX_PASSPHRASE=c${end}\n`;
		for (const end of ['1', '2']) {
			fs.writeFileSync(home.file('bot.env'), env(end));
			expect((await vault.run('import', 'bot.env', '--no-test')).status).toBe(0);
		}

		expect(await stored(vault)).toEqual(['bot live global', 'bot-2 live global']);
		expect((await vault.run('import', 'bot.env', '--no-test', '--json')).out).toContain('"outcome": "skipped"');
	});
});

describe.skipIf(!hasTmux)('the screen of an import', () => {
	test('takes a path in the home folder, shows what would happen, imports, and deletes the file after a yes', async ({
		vault,
		home,
		openTerminal,
	}) => {
		fs.writeFileSync(home.file('bot.env'), 'OKX_API_KEY=a1\nOKX_SECRET_KEY=b1\nOKX_PASSPHRASE=c1\nOKX_DEMO=1\n');
		const terminal = await openList(vault, openTerminal);
		terminal.press('i');
		await terminal.see('Formats that are recognised');
		terminal.type('~/bot.env');
		terminal.press('Enter');
		await terminal.see(/^1 new$/m);
		expect(await stored(vault)).toEqual([]);
		terminal.press('C-s');
		await terminal.see(/^1 stored$/m);
		terminal.press('D');
		await terminal.see('Overwrite and delete ~/bot.env?');
		expect(fs.existsSync(home.file('bot.env'))).toBe(true);
		terminal.press('y');
		await terminal.see('was overwritten and deleted');
		expect(fs.existsSync(home.file('bot.env'))).toBe(false);
		expect(await stored(vault)).toEqual(['bot demo global']);
	});
});
