import fs from 'node:fs';
import {parseEnv} from 'node:util';
import {describe, expect} from 'vitest';
import {secretKey} from './exec.ts';
import {test} from './journey.ts';
import type {TestVault} from './vaults.ts';
import {exported, modeOf} from './export.ts';

/** Stores a key whose passphrase is hard to write down. */
async function addHard(vault: TestVault, hard: string): Promise<void> {
	const input = JSON.stringify({apiKey: '0a1b2c3d-0000-4000-8000-00000000aaaa', secretKey, passphrase: hard});
	expect(await vault.runWith({input}, 'add', 'hard', '--no-test')).toMatchObject({status: 0});
}

describe.concurrent('okx-keys export refuses', () => {
	test.for<[what: string, words: string[], status: number, told: string]>([
		['to write in clear unasked', ['grid', '--format', 'env'], 2, 'nothing says that they may be written in clear.'],
		[
			'to say both',
			['grid', '--reveal', '--age-passphrase'],
			2,
			'--reveal writes the keys in clear, and --age-… encrypts them.',
		],
		[
			'an age file without a recipient',
			['grid', '--format', 'age', '--reveal'],
			2,
			'Nothing says who can open the age file.',
		],
		['an unknown format', ['grid', '--reveal', '--format', 'okxcli'], 2, '--format takes json, '],
		['a format that is only read', ['grid', '--reveal', '--format', 'vnpy'], 2, '--format takes json, '],
		[
			'an unknown dialect',
			['grid', '--reveal', '--format', 'env', '--dialect', 'bash'],
			2,
			'--dialect takes common, sh, ',
		],
		[
			'an unknown flavour',
			['grid', '--reveal', '--format', 'env', '--flavour', 'okxcli'],
			2,
			'okxcli is not a flavour.',
		],
		[
			'the flavour custom',
			['grid', '--reveal', '--format', 'env', '--flavour', 'custom'],
			2,
			'The flavour custom has no variables',
		],
		[
			'a dialect of JSON',
			['grid', '--reveal', '--format', 'ccxt', '--dialect', 'sh'],
			2,
			'--dialect is for files of variables, and ccxt is not one.',
		],
		[
			'two flavours',
			['grid', '--reveal', '--format', 'python-okx', '--flavour', 'common'],
			2,
			'The format python-okx says which names',
		],
		[
			'a prefix that is no name',
			['grid', '--reveal', '--format', 'env', '--prefix', 'a-b'],
			2,
			'--prefix takes the name of a variable',
		],
		['an unknown key', ['gird', '--reveal'], 10, 'There is no key called gird in this vault.'],
		[
			'a folder',
			['grid', '--reveal', '--format', 'env', '--output', '/tmp'],
			2,
			'/tmp cannot be read (it is a folder).',
		],
		[
			'a place that is none',
			['grid', '--reveal', '--format', 'env', '--output', '/nowhere/x'],
			1,
			'/nowhere/x could not be written',
		],
	])('%s', async ([, words, status, told], {grid}) => {
		const refused = await grid.run('export', ...words);
		expect(refused).toMatchObject({status, out: ''});
		expect(refused.err).toContain(told);
		expect(refused.err).not.toContain(secretKey);
	});

	test.for([
		['env', 'OKX_API_KEY=theirs\n'],
		['ccxt', '{"binance": {"apiKey": "theirs"}}'],
		['freqtrade', '{"exchange": {"name": "okx", "key": "theirs", "secret": "theirs"}, "dry_run": true}'],
		['json', '[]'],
		['okx-cli', '[profiles.grid]\napi_key = "theirs"\n'],
	] as const)('to overwrite a file of %s that is not its own, but by force', async ([format, text], {grid}) => {
		const file = grid.home.file('theirs');
		fs.writeFileSync(file, text);
		const refused = await exported(grid, '--format', format, '--output', file);
		expect(refused).toMatchObject({status: 2, out: ''});
		expect(refused.err).toContain('--force.');
		expect(fs.readFileSync(file, 'utf8')).toBe(text);
		expect(await exported(grid, '--format', format, '--output', file, '--force')).toMatchObject({status: 0});
		expect(fs.readFileSync(file, 'utf8')).toContain(secretKey);
		expect(modeOf(file)).toBe('600');
		// What it has written itself it overwrites, but for json, which may hold keys that are nowhere else.
		const again = await exported(grid, '--format', format, '--output', file);
		expect({format, status: again.status}).toEqual({format, status: format === 'json' ? 2 : 0});
	});

	test('what is behind a symbolic link', async ({grid}) => {
		fs.writeFileSync(grid.home.file('real'), '');
		fs.symlinkSync('real', grid.home.file('link'));
		const refused = await exported(grid, '--format', 'env', '--output', grid.home.file('link'), '--force');
		expect(refused).toMatchObject({status: 2, err: expect.stringContaining('it is a symbolic link') as string});
		expect(fs.readFileSync(grid.home.file('real'), 'utf8')).toBe('');
	});

	test('a passphrase that readers of .env files read differently, or that cannot be written at all', async ({grid}) => {
		await addHard(grid, `o'"CANARY$x`);
		const file = grid.home.file('bot.env');
		const refused = await grid.run('export', 'hard', '--reveal', '--format', 'env', '--output', file);
		expect(refused).toMatchObject({status: 2, out: ''});
		expect(refused.err).toContain(
			'OKX_PASSPHRASE of hard cannot be written so that all readers of .env files read it alike.',
		);
		expect(refused.err).toContain('--dialect sh, dotenv, systemd');
		expect(refused.err).not.toContain('CANARY');
		expect(fs.existsSync(file)).toBe(false);
		const {out} = await grid.run('export', 'hard', '--reveal', '--format', 'env', '--dialect', 'dotenv');
		expect(parseEnv(out)['OKX_PASSPHRASE']).toBe(`o'"CANARY$x`);
	});

	test('a key of the sandbox, which has no address to write down', async ({sandbox}) => {
		expect(await sandbox.run('export', 'main', '--reveal', '--format', 'ccxt')).toMatchObject({
			status: 2,
			out: '',
			err: expect.stringContaining('main works only while this sandbox runs') as string,
		});
		expect(await sandbox.run('export', 'main', '--reveal')).toMatchObject({status: 0});
	});
});
