import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {apiKey, environmentOf, exec, passphrase, secretKey, started} from './exec.ts';
import {test} from './journey.ts';
import {program, run, runShell} from './program.ts';

describe.concurrent('okx-keys exec', () => {
	test('adds the variables of a flavour, takes its own away, and leaves all others as they are', async ({grid}) => {
		const environment = {
			OKX_KEYS_VAULT: grid.path,
			NODE_TLS_REJECT_UNAUTHORIZED: '1',
			SSLKEYLOGFILE: '/nowhere',
			NO_COLOR: '1',
			NODE_OPTIONS: '--no-warnings',
			OKX_API_KEY: 'another',
			'A strange name': 'two\nlines',
		};
		const given = await environmentOf(grid, ['grid', '--flavour', 'okx-cli'], {environment});
		const {OKX_KEYS_VAULT: _, ...kept} = environment;
		expect(given).toEqual({
			...grid.home.environment,
			...kept,
			OKX_API_KEY: expect.stringMatching(apiKey) as string,
			OKX_SECRET_KEY: secretKey,
			OKX_PASSPHRASE: passphrase,
			OKX_SITE: 'global',
			OKX_API_BASE_URL: 'https://openapi.okx.com',
			OKX_DEMO: 'false',
		});
	});

	test('unsets what a flavour does not use, and never sets it empty', async ({grid}) => {
		const given = await environmentOf(grid, ['grid', '--flavour', 'ccxt-cli'], {environment: {MYOKX_SECRET: 'other'}});
		expect(given).toMatchObject({OKX_SECRET: secretKey});
		expect(given).not.toHaveProperty('MYOKX_SECRET');
	});

	test('gives several keys with the names of the keys before the variables', async ({grid}) => {
		await grid.add('hedge', '--env', 'demo');
		const given = await environmentOf(grid, ['grid', 'hedge', '--set', 'KEY={apiKey}', '--set', 'DEMO={demo}']);
		expect(given).toMatchObject({GRID_DEMO: 'false', HEDGE_DEMO: 'true'});
		expect(given['GRID_KEY']).not.toBe(given['HEDGE_KEY']);
	});

	test('passes words on as they are, its own options among them', async ({grid}) => {
		const words = ['grid', '--', 'printf', '%s|', '--help', '--', '--json', '', "a 'b' $c", '-h', 'check', '--nagios'];
		expect(await exec(grid, words)).toEqual({
			status: 0,
			out: "--help|--|--json||a 'b' $c|-h|check|--nagios|",
			err: '',
		});
	});

	test('becomes the program: the same process, its signals, mask of modes and pipes as they were', async ({grid}) => {
		const child = started(grid, [
			'grid',
			'--',
			'sh',
			'-c',
			'echo $$; umask; grep -E "^Sig(Blk|Ign)" /proc/self/status; ' +
				'cat /proc/self/coredump_filter; grep flags /proc/self/fdinfo/1',
		]);
		let text = '';
		child.stdout.setEncoding('utf8').on('data', (more: string) => {
			text += more;
		});
		await once(child, 'close');
		const filter = fs.readFileSync('/proc/self/coredump_filter', 'latin1').trim();
		const umask = process.umask().toString(8).padStart(4, '0');
		expect(text.replace(/0[12]\n$/, 'as before')).toBe(
			`${child.pid}\n${umask}\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n${filter}\nflags:\tas before`,
		);
	});

	test('leaves ignored signals and the limit of open files as they were before Node', async ({grid}) => {
		const line = (...words: readonly string[]) =>
			`trap '' HUP; ulimit -Sn 300; '${program}' ${[...grid.opened, 'exec', 'grid', ...words].join(' ')}`;
		const shell = (text: string) =>
			execFileSync('bash', ['-c', text], {
				env: grid.home.environment,
				cwd: grid.home.path,
				encoding: 'utf8',
				timeout: 25_000,
			});
		const script = `sh -c 'ulimit -Sn; grep ^SigIgn /proc/self/status; env | grep OKX_KEYS; kill -HUP $$; echo lives'`;
		expect(shell(line('--', script))).toBe('300\nSigIgn:\t0000000000000001\nlives\n');
		const filter = fs.readFileSync('/proc/self/coredump_filter', 'latin1').trim();
		const state = `sh -c 'ulimit -Sn; cat /proc/self/coredump_filter'`;
		expect(shell(line('--mask', '--', state))).toBe(`300\n${filter}\n`);
		expect(shell(line('--mask', '--', `sh -c 'kill -HUP $$; echo lives'`))).toBe('lives\n');
		const trap = 'trap "echo lives; exit" USR1; kill -HUP $PPID; kill -USR1 $PPID';
		const beside = `sh -c '${trap}; while :; do sleep 0.05; done'`;
		expect(shell(line('--mask', '--', beside))).toBe('lives\n');
	});

	test('passphrase-inherited: the program gets nothing of a passphrase that came through a descriptor', async ({
		grid,
	}) => {
		for (const extra of ['', '--mask']) {
			const command = `'${process.execPath}' '${program}' --passphrase-fd 40 exec grid ${extra} -- ls /proc/self/fd`;
			const line = `exec 40<'${grid.recoveryFile}'; ${command}`;
			const {status, out} = await runShell(grid.home, line);
			expect({status, isOpen: out.split('\n').includes('40')}).toEqual({status: 0, isOpen: false});
		}
	});

	test('ends with the status or the signal of the program', async ({grid}) => {
		for (const extra of [[], ['--mask']]) {
			expect(await exec(grid, ['grid', ...extra, '--', 'sh', '-c', 'exit 7'])).toMatchObject({status: 7});
			const child = started(grid, ['grid', ...extra, '--', 'sh', '-c', 'kill -TERM $$']);
			expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
		}
	});

	test('leaves standard input to the program', async ({grid}) => {
		for (const extra of [[], ['--mask']])
			expect(await exec(grid, ['grid', ...extra, '--', 'cat'], {input: 'a line\n'})).toMatchObject({out: 'a line\n'});
	});

	test('runs a script without a first line for an interpreter, as a shell does', async ({grid}) => {
		fs.writeFileSync(grid.home.file('script'), 'echo "$OKX_DEMO"\n', {mode: 0o700});
		for (const extra of [[], ['--mask']])
			expect(await exec(grid, ['grid', ...extra, '--', './script'])).toMatchObject({status: 0, out: 'false\n'});
	});

	test('notes the program with the key, unless it is told not to', async ({grid}) => {
		const uses = async () => (await grid.json<{uses: unknown[]}>('show', 'grid')).uses;
		await exec(grid, ['grid', '--no-record', '--', 'true']);
		await run(grid.home, [...grid.opened, '--readonly', 'exec', 'grid', '--', 'true']);
		expect(await uses()).toEqual([]);
		await exec(grid, ['grid', '--', '/usr/bin/env', 'true']);
		expect(await uses()).toEqual([{at: expect.any(Number) as number, by: 'exec', program: 'env'}]);
		expect(await grid.done('show', 'grid')).toMatch(/^Given to {8}env, \d{4}-/m);
	});

	test('starts the program also where the vault cannot be written, and says so', async ({grid}) => {
		const folder = path.dirname(grid.path);
		fs.chmodSync(folder, 0o500);
		const {status, out, err} = await exec(grid, ['grid', '--', 'echo', 'runs']);
		fs.chmodSync(folder, 0o700);
		expect({status, out}).toEqual({status: 0, out: 'runs\n'});
		if (process.getuid!() !== 0) expect(err).toContain('okx-keys: this use was not noted: ');
	});
});

test('a program in the sandbox reaches its exchange', async ({sandbox}) => {
	const script = `fetch(process.env.OKX_API_BASE_URL + '/api/v5/public/time')
		.then(async answer => console.log((await answer.json()).code))`;
	expect(await exec(sandbox, ['main', '--', process.execPath, '-e', script])).toMatchObject({status: 0, out: '0\n'});
});

test('what exec hands over is the environment and nothing else: it is in no list of processes', async ({grid}) => {
	const child = started(grid, ['grid', '--', 'sh', '-c', 'echo ready; exec sleep 60']);
	await once(child.stdout, 'data');
	const listed = execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(child.pid)], {encoding: 'utf8'});
	expect(listed.trim()).toBe('sleep 60');
	child.kill('SIGKILL');
	await once(child, 'exit');
});
