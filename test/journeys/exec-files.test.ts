import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {apiKey, environmentOf, exec, passphrase, secretKey, started} from './exec.ts';
import {test} from './journey.ts';
import type {TestVault} from './vaults.ts';

const hasPython = spawnSync('python3', ['-V']).status === 0;

describe.concurrent('okx-keys exec --file', () => {
	const reading = ['grid', '--file', 'ACCOUNT', '--', 'sh', '-c', 'stat -c "%a %n" "$ACCOUNT"; cat "$ACCOUNT"; env'];

	test('names a file of ccxt’s form for this user alone, gone afterwards', async ({grid}) => {
		const runtime = grid.home.file('runtime');
		fs.mkdirSync(runtime, {mode: 0o700});
		fs.mkdirSync(path.join(runtime, 'okx-keys-exec-999999999-left'));
		const {status, out} = await exec(grid, reading, {environment: {XDG_RUNTIME_DIR: runtime}});
		expect(status).toBe(0);
		expect(out).toMatch(/^600 \S+\/runtime\/okx-keys-exec-\d+-\w+\/credentials\.json\n/);
		expect(out).toContain(`"secret": "${secretKey}"`);
		expect(out).not.toContain('OKX_API_KEY');
		expect(fs.readdirSync(runtime)).toEqual([]);
	});

	test('removes the file when a signal ends the program', async ({grid}) => {
		const runtime = grid.home.file('runtime');
		fs.mkdirSync(runtime, {mode: 0o700});
		const child = started(grid, ['grid', '--file', 'ACCOUNT', '--', 'sh', '-c', 'echo "$ACCOUNT"; exec sleep 60'], {
			XDG_RUNTIME_DIR: runtime,
		});
		const [file] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
		expect(fs.existsSync(file.trim())).toBe(true);
		child.kill('SIGTERM');
		expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
		expect(fs.readdirSync(runtime)).toEqual([]);
	});
});

describe.concurrent('okx-keys exec --fd and --stdin', () => {
	const inRuntime = (vault: TestVault) => {
		const runtime = vault.home.file('runtime');
		fs.mkdirSync(runtime, {mode: 0o700});
		return {runtime, environment: {XDG_RUNTIME_DIR: runtime}};
	};

	test('an open file without a name holds the credentials, and can be read again', async ({grid}) => {
		const {runtime, environment} = inRuntime(grid);
		const script = 'echo "$ACCOUNT"; ls "$XDG_RUNTIME_DIR"; cat "$ACCOUNT"; cat <&3; env | grep -c OKX_API_KEY';
		for (const extra of [[], ['--mask']]) {
			const {out} = await exec(grid, ['grid', ...extra, '--fd', 'ACCOUNT', '--', 'sh', '-c', script], {environment});
			const secret = extra.length === 0 ? secretKey : '********';
			expect(out).toMatch(/^\/dev\/fd\/3\n\{\n[^]*\n\}\n\{\n[^]*\n\}\n0\n$/);
			expect(out.split(`"secret": "${secret}"`)).toHaveLength(3);
		}

		expect(fs.readdirSync(runtime)).toEqual([]);
	});

	test('Python and Node read it by its path', async ({grid}) => {
		const python = 'import json, os; print(json.load(open(os.environ["ACCOUNT"]))["okx"]["secret"])';
		const node = 'console.log(JSON.parse(fs.readFileSync(process.env.ACCOUNT)).okx.secret)';
		const told = {status: 0, out: `${secretKey}\n`, err: ''};
		expect(await exec(grid, ['grid', '--fd', 'ACCOUNT', '--', process.execPath, '-e', node])).toEqual(told);
		if (hasPython) expect(await exec(grid, ['grid', '--fd', 'ACCOUNT', '--', 'python3', '-c', python])).toEqual(told);
	});

	test('each of several keys has its own', async ({grid}) => {
		await grid.add('hedge', '--env', 'demo');
		const script = 'echo "$GRID_A $HEDGE_A"; grep -h sandbox "$GRID_A" "$HEDGE_A"';
		const {out} = await exec(grid, ['grid', 'hedge', '--fd', 'A', '--', 'sh', '-c', script]);
		expect(out).toBe('/dev/fd/3 /dev/fd/4\n\t\t"sandbox": false\n\t\t"sandbox": true\n');
	});

	test('it has the form of another program where that is asked for', async ({grid}) => {
		const words = ['grid', '--file', 'OKX', '--format', 'okx-cli', '--', 'sh', '-c', 'echo "$OKX"; cat "$OKX"'];
		const {out} = await exec(grid, words);
		expect(out).toMatch(/^\S+\/credentials\.toml\n/);
		expect(out).toContain(`[profiles.grid]\n`);
		expect(out).toContain(`\nsecret_key = "${secretKey}"\n`);
	});

	test('standard input is the credentials, and then ends', async ({grid}) => {
		const {runtime, environment} = inRuntime(grid);
		const script = 'ls "$XDG_RUNTIME_DIR"; cat; env | grep -c OKX_API_KEY';
		const words = ['grid', '--stdin', '--', 'sh', '-c', script];
		const {out} = await exec(grid, words, {environment, input: 'not for the program'});
		const [, json = ''] = /^(\{[^]*\})\n0\n$/.exec(out) ?? [];
		expect(JSON.parse(json)).toMatchObject({okx: {secret: secretKey, password: passphrase}});
		expect(fs.readdirSync(runtime)).toEqual([]);
	});

	test('nothing is left of it when okx-keys is killed', async ({grid}) => {
		const {runtime, environment} = inRuntime(grid);
		const words = ['grid', '--fd', 'ACCOUNT', '--stdin', '--', 'sh', '-c', 'echo $$; exec sleep 60'];
		const child = started(grid, words, environment);
		const [id] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
		child.kill('SIGKILL');
		await once(child, 'exit');
		expect(fs.readdirSync(runtime)).toEqual([]);
		process.kill(Number(id), 'SIGKILL');
	});

	test('standard input for two keys is refused, and no program starts', async ({grid}) => {
		await grid.add('hedge');
		expect(await exec(grid, ['grid', 'hedge', '--stdin', '--', 'echo', 'runs'])).toMatchObject({
			status: 2,
			out: '',
			err: expect.stringContaining('Standard input holds one credential, and there are 2 keys.') as string,
		});
	});
});

test('credential-left-behind: a run leaves no secret on the disk', async ({grid}) => {
	const folder = grid.home.file('tmp');
	fs.mkdirSync(folder, {mode: 0o700});
	const environment = {XDG_RUNTIME_DIR: folder, TMPDIR: folder};
	const key = (await environmentOf(grid, ['grid'], {environment}))['OKX_API_KEY']!;
	expect(key).toMatch(apiKey);
	await exec(grid, ['grid', '--mask', '--', 'env'], {environment});
	await exec(grid, ['grid', '--file', 'A', '--fd', 'B', '--stdin', '--', 'cat', '/dev/null'], {environment});
	const encoded = [key, secretKey, passphrase].flatMap(secret => [
		secret,
		Buffer.from(secret).toString('base64').replace(/=+$/, ''),
		Buffer.from(secret).toString('hex'),
	]);
	expect(grid.home.files().length).toBeGreaterThan(2);
	for (const {name, bytes} of grid.home.files())
		for (const secret of encoded) expect({name, found: bytes.includes(secret)}).toEqual({name, found: false});
});
