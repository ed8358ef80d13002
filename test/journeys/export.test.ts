import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {parseEnv} from 'node:util';
import {parse} from 'smol-toml';
import {describe, expect} from 'vitest';
import {apiKey, passphrase, secretKey} from './exec.ts';
import {test} from './journey.ts';
import {hasTmux, run, runShell} from './program.ts';
import {passphrase as passphraseOfVault, type TestVault} from './vaults.ts';

const hasGit = spawnSync('git', ['--version']).status === 0;
const modeOf = (file: string) => (fs.statSync(file).mode & 0o777).toString(8);

async function exported(vault: TestVault, ...words: readonly string[]) {
	return vault.run('export', 'grid', '--reveal', ...words);
}

/** Stores a key whose passphrase is hard to write down. */
async function addHard(vault: TestVault, hard: string): Promise<void> {
	const input = JSON.stringify({apiKey: '0a1b2c3d-0000-4000-8000-00000000aaaa', secretKey, passphrase: hard});
	expect(await vault.runWith({input}, 'add', 'hard', '--no-test')).toMatchObject({status: 0});
}

describe.concurrent('okx-keys export in clear', () => {
	test('prints a file of variables that a shell and Node read', async ({grid}) => {
		const {status, out, err} = await exported(grid, '--format', 'env');
		expect({status, err}).toEqual({status: 0, err: '1 key was written in clear.\n'});
		expect(parseEnv(out)).toMatchObject({
			OKX_API_KEY: expect.stringMatching(apiKey) as string,
			OKX_API_SECRET: secretKey,
			OKX_PASSPHRASE: passphrase,
			OKX_FLAG: '0',
		});
		const line = `okx-keys ${grid.opened.join(' ')} export grid --reveal --format env --dialect sh >e; . ./e; sh -c 'echo "$OKX_SECRET"'`;
		expect(await runShell(grid.home, line)).toMatchObject({out: `${secretKey}\n`});
	});

	test('prints the variables of a flavour, and of several keys by their names', async ({grid}) => {
		await grid.add('hedge', '--env', 'demo');
		const all = await grid.run('export', '--all', '--reveal', '--format', 'env', '--flavour', 'nautilus');
		expect(parseEnv(all.out)).toMatchObject({GRID_OKX_API_SECRET: secretKey, HEDGE_OKX_DEMO: 'true'});
		const named = await grid.run('export', 'grid', '--reveal', '--format', 'env', '--prefix', 'A');
		expect(parseEnv(named.out)).toHaveProperty('A_OKX_API_KEY');
	});

	test.for([
		['ccxt', {okx: {secret: secretKey, password: passphrase, sandbox: false}}],
		['freqtrade', {exchange: {name: 'okx', secret: secretKey, password: passphrase}}],
		['json', [{name: 'grid', secretKey, passphrase, env: 'live', site: 'global'}]],
	] as const)('writes %s to a file for its owner alone', async ([format, content], {grid}) => {
		const file = grid.home.file('keys.json');
		expect(await exported(grid, '--format', format, '--output', file)).toEqual({
			status: 0,
			out: '',
			err: `1 key was written in clear to ${file}, which only its owner can read.\n`,
		});
		expect(modeOf(file)).toBe('600');
		expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject(content);
	});

	test.skipIf(!hasTmux).for([
		['okx-cli', '[profiles.main]\napi_key = "x"\n', '1 key was written in clear to'],
		['env', 'THEIRS=x\n', 'was not written by export alone'],
	] as const)(
		'loses nothing of what was written to the file while the passphrase was asked for: %s',
		async ([format, theirs, said], {grid, openTerminal}) => {
			const file = grid.home.file('bot');
			const terminal = openTerminal({columns: 200});
			terminal.start('--vault', grid.path, 'export', 'grid', '--reveal', '--format', format, '--output', file);
			await terminal.see('Passphrase or recovery key:');
			fs.writeFileSync(file, theirs, {mode: 0o600});
			terminal.type(passphraseOfVault);
			terminal.press('Enter');
			await terminal.see(said);
			expect(fs.readFileSync(file, 'utf8').startsWith(theirs)).toBe(true);
		},
	);

	test('puts a profile into the file of OKX’s programs, and closes it to others', async ({grid}) => {
		const file = grid.home.file('config.toml');
		const before = 'default_profile = "main"\n\n[profiles.main] # mine\napi_key = "x"\n';
		fs.writeFileSync(file, before, {mode: 0o644});
		const {status, err} = await exported(grid, '--format', 'okx-cli', '--output', file);
		expect({status, err}).toEqual({
			status: 0,
			err: `${file} could be read by other users; it has mode 0600 now.\n1 key was written in clear to ${file}, which only its owner can read.\n`,
		});
		expect(modeOf(file)).toBe('600');
		const after = fs.readFileSync(file, 'utf8');
		expect(after.startsWith(before)).toBe(true);
		expect(parse(after)).toMatchObject({
			default_profile: 'main',
			profiles: {grid: {secret_key: secretKey, demo: false}},
		});
		expect(fs.readdirSync(path.dirname(file)).filter(name => name.includes('.tmp-'))).toEqual([]);
	});

	test('is noted with the key, unless it is told not to', async ({grid}) => {
		await exported(grid, '--format', 'env', '--no-record');
		await run(grid.home, [...grid.opened, '--readonly', 'export', 'grid', '--reveal']);
		const file = grid.home.file('bot.env');
		await exported(grid, '--format', 'env', '--output', file);
		await exported(grid, '--format', 'ccxt');
		const {uses} = await grid.json<{uses: unknown[]}>('show', 'grid');
		const at = expect.any(Number) as number;
		expect(uses).toEqual([
			{at, by: 'export', program: `env ${file}`},
			{at, by: 'export', program: 'ccxt'},
		]);
		expect(await grid.done('show', 'grid')).toMatch(/^Given to {8}ccxt \(export\), \d{4}-/m);
	});
});

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
			'--dialect is for files of variables, and ccxt is none.',
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
		expect(refused.err).toContain('--dialect sh, dotenv, compose, systemd');
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

describe.concurrent('okx-keys export warns', () => {
	test.skipIf(!hasGit)('of a git work tree, unless git ignores the file', async ({grid}) => {
		const tree = grid.home.file('bot');
		fs.mkdirSync(path.join(tree, 'conf'), {recursive: true});
		execFileSync('git', ['init', '-q', tree]);
		const file = path.join(tree, 'conf', '.env');
		const warned = `${file} is in the git work tree ${tree}: put it into .gitignore, or it may be committed with its secrets.\n`;
		expect((await exported(grid, '--format', 'env', '--output', file)).err).toContain(warned);
		const line = `okx-keys ${grid.opened.join(' ')} export grid --reveal --format env >bot/conf/.env`;
		expect((await runShell(grid.home, line)).err).toContain(warned);
		fs.writeFileSync(path.join(tree, '.gitignore'), '.env\n');
		expect((await exported(grid, '--format', 'env', '--output', file)).err).not.toContain('git');
	});

	test('of a standard output that others can read', async ({grid}) => {
		const line = (mask: string) =>
			`umask ${mask}; okx-keys ${grid.opened.join(' ')} export grid --reveal --format env >bot${mask}.env`;
		const file = grid.home.file('bot022.env');
		expect((await runShell(grid.home, line('022'))).err).toContain(
			`${file} can be read by other users: run chmod 600 ${file}, or use --output.\n`,
		);
		expect((await runShell(grid.home, line('077'))).err).toBe('1 key was written in clear.\n');
	});
});
