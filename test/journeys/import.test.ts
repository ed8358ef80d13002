import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {testWith} from './journey.ts';
import {hasTmux, runShell} from './program.ts';
import {openList} from './screen.ts';
import type {TestVault} from './vaults.ts';

const samples = path.join(import.meta.dirname, '../formats/fixtures/bots');
const test = testWith('live');

/** The names, environments and sites of the keys in the vault. */
async function stored(vault: TestVault): Promise<readonly string[]> {
	const keys = await vault.json<ReadonlyArray<Readonly<Record<string, string>>>>('list');
	return keys.map(({name, environment, site}) => `${name} ${environment} ${site}`);
}

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
		'2 of 3 stored, 0 here already, 1 of other exchanges, 0 refused.',
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
		'1 of 2 stored, 0 here already, 1 of other exchanges, 0 refused.',
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
		'1 of 2 stored, 0 here already, 1 of other exchanges, 0 refused.',
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
			const dry = await vault.run('import', name, '--dry-run');
			expect(dry.status).toBe(status);
			expect(await stored(vault)).toEqual([]);
			const first = await vault.run('import', name, '--no-test');
			expect(first.out.startsWith(out), first.out).toBe(true);
			expect(first).toMatchObject({status, err: expect.stringContaining(`${summary}\n`) as string});
			expect(first.out + first.err + dry.out + dry.err).not.toMatch(/9F86D081|Horse9|Pa\$\$/);
			expect(await stored(vault)).toEqual(keys);
			const again = await vault.run('import', name, '--no-test');
			expect(again).toMatchObject({status, err: expect.stringContaining(`0 of `) as string});
			expect(await stored(vault)).toEqual(keys);
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

describe('the file that the keys came from', () => {
	const env = 'OKX_API_KEY=a1\nOKX_SECRET_KEY=b1\nOKX_PASSPHRASE=c1\n';

	test('stays, with a word about it, unless --shred is given', async ({vault, home}) => {
		fs.writeFileSync(home.file('bot.env'), env);
		const kept = await vault.run('import', 'bot.env', '--no-test');
		expect(kept.err).toContain('bot.env holds secrets in clear: once its keys are here, delete it.');
		expect(fs.readFileSync(home.file('bot.env'), 'utf8')).toBe(env);
		const gone = await vault.run('import', 'bot.env', '--no-test', '--shred');
		expect(gone).toMatchObject({
			status: 0,
			err: expect.stringContaining('bot.env was overwritten and deleted.') as string,
		});
		expect(gone.err).toContain(
			'An SSD, a journaled or copy-on-write file system and a backup may keep the old content',
		);
		expect(fs.existsSync(home.file('bot.env'))).toBe(false);
	});

	test('is kept while one of its keys is not in the vault, or is of another exchange', async ({vault, home}) => {
		fs.writeFileSync(home.file('bot.env'), `${env}BYBIT_API_KEY=x\n`);
		const kept = await vault.run('import', 'bot.env', '--no-test', '--shred');
		expect(kept.err).toContain('bot.env is kept, because not all of its keys are in the vault.');
		expect(fs.existsSync(home.file('bot.env'))).toBe(true);
	});

	test('is not shredded in a dry run, from a pipe, or through a link', async ({vault, home}) => {
		fs.writeFileSync(home.file('bot.env'), env);
		fs.symlinkSync('bot.env', home.file('link.env'));
		expect(await vault.run('import', 'bot.env', '--dry-run', '--shred')).toMatchObject({status: 2});
		expect(await vault.runWith({input: env}, 'import', '--no-test', '--shred')).toMatchObject({status: 2, out: ''});
		expect(await vault.run('import', 'link.env', '--no-test', '--shred')).toMatchObject({
			status: 1,
			err: expect.stringContaining('link.env was not deleted: it is a link or no plain file.') as string,
		});
		expect(fs.readFileSync(home.file('bot.env'), 'utf8')).toBe(env);
	});

	test('has copies that are named: those of editors, and the history of git', async ({vault, home}) => {
		fs.writeFileSync(home.file('bot.env'), env);
		fs.writeFileSync(home.file('bot.env~'), env);
		fs.writeFileSync(home.file('.bot.env.swp'), env);
		await runShell(home, 'git init -q . && git add bot.env');
		const {err} = await vault.run('import', 'bot.env', '--no-test');
		expect(err).toMatch(/Copies of it may be \S*bot\.env~, \S*\.bot\.env\.swp\./);
		expect(err).toContain('git tracks bot.env, so its history keeps the keys');
	});

	test.skipIf(!hasTmux)(
		'is deleted where a person at a terminal agrees, and only then',
		async ({vault, home, dialogue}) => {
			for (const [answer, isThere] of [
				['', true],
				['y', false],
			] as const) {
				fs.writeFileSync(home.file('bot.env'), env);
				const shown = await dialogue(
					['import', home.file('bot.env'), '--no-test', ...vault.opened],
					[['A program that reads it will miss it. [y/N]', answer]],
				);
				expect(shown).toContain('ended 0');
				expect(fs.existsSync(home.file('bot.env'))).toBe(isThere);
			}
		},
	);
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

describe('bad input', () => {
	const good = JSON.stringify({okx: {apiKey: 'a1', secret: 'b1', password: 'c1'}});
	const utf16be = Buffer.from(`\u{FEFF}${good}`, 'utf16le').swap16();

	for (const [what, bytes, sentence] of [
		['a file cut in the middle', Buffer.from(good.slice(0, -5)), 'is not JSON'],
		['an empty file', Buffer.alloc(0), 'is empty'],
		['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), 'is a picture'],
		['zero bytes', Buffer.from('OKX_API_KEY=\0'), 'is not a text: it holds zero bytes'],
		['a letter', Buffer.from('Dear friend,\nhere is my list.\n'), 'is of no format that import knows'],
		['a page', Buffer.from('<!doctype html><p>401</p>'), 'is a web page'],
		[
			'an encrypted gocryptotrader file',
			Buffer.from('THORS-HAMMER\x01\xff\x80', 'latin1'),
			'is encrypted by gocryptotrader',
		],
		['an Ansible vault', Buffer.from('$ANSIBLE_VAULT;1.1;AES256\n3031\n'), 'is encrypted with Ansible Vault'],
		['a file of OpenSSL', Buffer.from('Salted__\x01\xff\x80', 'latin1'), 'is encrypted with OpenSSL'],
		['a file of git-crypt', Buffer.from('\0GITCRYPT\0\x80', 'latin1'), 'is encrypted with git-crypt'],
		['a KeePass database', Buffer.from([3, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5]), 'is a KeePass database'],
		['a bomb of aliases', Buffer.from(`services:\n  a: ${'['.repeat(5000)}`), 'is not YAML'],
	] as const)
		test(`${what} is refused in one sentence, and nothing is imported`, async ({vault, home}) => {
			fs.writeFileSync(home.file('given'), bytes);
			expect(await vault.run('import', 'given', '--no-test')).toMatchObject({
				status: 2,
				out: '',
				err: expect.stringMatching(
					new RegExp(`^okx-keys: given ${sentence}.*; nothing was imported\\.\n.+\n$`),
				) as string,
			});
			expect(await stored(vault)).toEqual([]);
		});

	for (const [what, bytes] of [
		['a byte-order mark', Buffer.from(`\u{FEFF}${good}`)],
		['UTF-16 with its mark', utf16be],
		['CRLF', Buffer.from(good.replaceAll(',', ',\r\n'))],
	] as const)
		test(`${what} is taken`, async ({vault, home}) => {
			fs.writeFileSync(home.file('given.json'), bytes);
			expect((await vault.run('import', 'given.json', '--no-test')).status).toBe(0);
			expect(await stored(vault)).toEqual(['okx live global']);
		});

	test('escape sequences and __proto__ in names steer nothing', async ({vault, home}) => {
		const entry = '{"exchange": "okx", "key": "a", "secret": "b", "passphrase": "c"}';
		fs.writeFileSync(
			home.file('k.json'),
			`{"\\u001b[2J\\u202e": ${entry}, "__proto__": ${entry.replace('"a"', '"d"')}}`,
		);
		const {out, err, status} = await vault.run('import', 'k.json', '--no-test');
		expect(status).toBe(2);
		expect(out).toMatch(/^1\. \\u\{1b\}\[2J\\u\{202e\}: not stored\. .*\n2\. __proto__: stored\. .*\n$/);
		expect(out + err).toMatch(/^[^\p{Cf}]*$/u);
		expect(out + err).not.toContain('\u{1B}');
	});

	test('a gigabyte on standard input is refused while it comes', async ({vault, home}) => {
		const {status, err} = await runShell(
			home,
			`(head -c 1000000000 /dev/zero 2>/dev/null || true) | okx-keys import --no-test ${vault.opened.join(' ')}`,
		);
		expect(status).toBe(2);
		expect(err).toContain('Standard input is longer than 24 MiB; nothing was imported.');
	});

	test('10,000 keys come in together', async ({vault, home}) => {
		const keys = Array.from({length: 10_000}, (_, index) => ({
			name: `k${index}`,
			apiKey: `a${index}`,
			secretKey: `b${index}`,
			passphrase: `c${index}`,
		}));
		fs.writeFileSync(home.file('many.json'), JSON.stringify(keys));
		expect(await vault.run('import', 'many.json', '--no-test')).toMatchObject({
			status: 0,
			err: expect.stringContaining('10000 of 10000 stored') as string,
		});
		fs.writeFileSync(home.file('more.json'), JSON.stringify([...keys, keys[0]]));
		expect(await vault.run('import', 'more.json', '--no-test')).toMatchObject({
			status: 2,
			err: expect.stringContaining('lists 10001 keys, and 10000 are the most') as string,
		});
	});
});
