import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {parseEnv} from 'node:util';
import {parse} from 'smol-toml';
import {describe, expect} from 'vitest';
import {apiKey, passphrase, secretKey} from './exec.ts';
import {test} from './journey.ts';
import {hasTmux, run, runShell} from './program.ts';
import {passphrase as passphraseOfVault} from './vaults.ts';
import {exported, modeOf} from './export.ts';

const hasGit = spawnSync('git', ['--version']).status === 0;

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
		const command = `okx-keys ${grid.opened.join(' ')} export grid --reveal --format env --dialect sh`;
		const line = `${command} >e; . ./e; sh -c 'echo "$OKX_SECRET"'`;
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

	test('takes - and /dev/stdout for standard output, and makes no file of that name', async ({grid}) => {
		for (const output of ['-', '/dev/stdout']) {
			const {status, out} = await exported(grid, '--format', 'ccxt', '--output', output);
			expect({status, exported: JSON.parse(out) as unknown}).toMatchObject({
				status: 0,
				exported: {okx: {secret: secretKey}},
			});
		}

		expect(fs.existsSync(grid.home.file('-'))).toBe(false);
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
			err:
				`${file} could be read by other users; it has mode 0600 now.\n` +
				`1 key was written in clear to ${file}, which only its owner can read.\n`,
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

describe.concurrent('okx-keys export warns', () => {
	test.skipIf(!hasGit)('of a git work tree, unless git ignores the file', async ({grid}) => {
		const tree = grid.home.file('bot');
		fs.mkdirSync(path.join(tree, 'conf'), {recursive: true});
		execFileSync('git', ['init', '-q', tree]);
		const file = path.join(tree, 'conf', '.env');
		const warned =
			`${file} is in the git work tree ${tree}: put it into .gitignore, ` +
			`or it may be committed with its secrets.\n`;
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
