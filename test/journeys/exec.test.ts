import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {until} from './ending.ts';
import {apiKey, environmentOf, exec, passphrase, secretKey, started} from './exec.ts';
import {test} from './journey.ts';
import {hasTmux, program, run, runShell} from './program.ts';

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
			'echo $$; umask; grep -E "^Sig(Blk|Ign)" /proc/self/status; cat /proc/self/coredump_filter; grep flags /proc/self/fdinfo/1',
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
		expect(shell(line('--mask', '--', `sh -c 'kill -HUP $$; echo lives'`))).toBe('lives\n');
		const beside = `sh -c 'trap "echo lives; exit" USR1; kill -HUP $PPID; kill -USR1 $PPID; while :; do sleep 0.05; done'`;
		expect(shell(line('--mask', '--', beside))).toBe('lives\n');
	});

	test('passphrase-inherited: the program gets nothing of a passphrase that came through a descriptor', async ({
		grid,
	}) => {
		for (const extra of ['', '--mask']) {
			const line = `exec 40<'${grid.recoveryFile}'; '${process.execPath}' '${program}' --passphrase-fd 40 exec grid ${extra} -- ls /proc/self/fd`;
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

	test.for<[what: string, words: string[], status: number, told: string]>([
		['a program that is not there', ['grid', '--', 'no-such-bot'], 127, 'There is no program no-such-bot.'],
		['a path that is not there', ['grid', '--', './bot'], 127, 'There is no program ./bot.'],
		['a folder', ['grid', '--', '/tmp'], 126, '/tmp cannot be run: it is a folder.'],
		['a file that is not executable', ['grid', '--', '/etc/passwd'], 126, '/etc/passwd cannot be run: '],
		['no --', ['grid', 'env'], 2, 'exec needs a command after --.'],
		['no command', ['grid', '--'], 2, 'exec needs a command after --.'],
		['an empty command', ['grid', '--', ''], 2, 'The name of the command after -- is empty.'],
		['no name', ['--', 'env'], 2, 'exec needs a name.'],
		['an unknown flavour', ['grid', '--flavour', 'okxcli', '--', 'env'], 2, 'okxcli is not a flavour.'],
		[
			'a form without a file',
			['grid', '--format', 'env', '--', 'env'],
			2,
			'--format is the form of a file, and none is',
		],
		['an unknown key', ['gird', '--', 'env'], 10, 'There is no key called gird in this vault.'],
	])('refuses %s', async ([, words, status, told], {grid}) => {
		const refused = await exec(grid, words);
		expect(refused).toMatchObject({status, out: ''});
		expect(refused.err).toContain(`okx-keys: ${told}`);
	});

	test('runs a script without a first line for an interpreter, as a shell does', async ({grid}) => {
		fs.writeFileSync(grid.home.file('script'), 'echo "$OKX_DEMO"\n', {mode: 0o700});
		for (const extra of [[], ['--mask']])
			expect(await exec(grid, ['grid', ...extra, '--', './script'])).toMatchObject({status: 0, out: 'false\n'});
	});

	test('says that a vault is locked where no question can be asked', async ({grid}) => {
		expect(await grid.plain('exec', 'grid', '--', 'env')).toMatchObject({
			status: 11,
			out: '',
			err: expect.stringContaining(
				'The vault is locked, and there is no terminal to ask for its passphrase.',
			) as string,
		});
	});

	test('needs leave to give a key that can withdraw', async ({grid}) => {
		await grid.add('payout', '--perm', 'read,withdraw');
		expect(await exec(grid, ['grid', 'payout', '--', 'env'])).toMatchObject({
			status: 4,
			out: '',
			err: expect.stringContaining('Give --allow-withdraw.') as string,
		});
		expect(await exec(grid, ['payout', '--allow-withdraw', '--', 'echo', 'runs'])).toMatchObject({out: 'runs\n'});
	});

	test.skipIf(!hasTmux)('asks for that leave on a terminal, and gives the terminal back', async ({grid, dialogue}) => {
		await grid.add('payout', '--perm', 'read,withdraw');
		const words = [...grid.opened, 'exec', 'payout', '--', 'sh', '-c', '"stty -a | grep -o \' echo \'; echo it runs"'];
		const question = 'payout can withdraw funds. Give it to sh? [y/N]';
		expect(await dialogue(words, [[question, '']])).toMatch(/Stopped; nothing was changed\.\s+ended 3/);
		expect(await dialogue(words, [[question, 'y']])).toMatch(/ echo\s+it runs\s+ended 0/);
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

describe.concurrent('okx-keys exec --mask', () => {
	test('shows no secret in what the program prints on either stream', async ({grid}) => {
		const script = 'echo "$OKX_API_KEY $OKX_SECRET_KEY"; printf %s "$OKX_PASSPHRASE" | base64 >&2; printf open';
		expect(await exec(grid, ['grid', '--mask', '--', 'sh', '-c', script])).toEqual({
			status: 0,
			out: '******** ********\nopen',
			err: '********\n',
		});
	});

	test('passes signals on, once', async ({grid}) => {
		const script =
			'trap "echo got TERM" TERM; trap "echo got HUP; exit 5" HUP; echo ready; while :; do sleep 0.05; done';
		const child = started(grid, ['grid', '--mask', '--', 'sh', '-c', script]);
		let out = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			out += text;
		});
		await until(() => out.includes('ready'), 'the program runs');
		child.kill('SIGTERM');
		await until(() => out.includes('TERM'), 'the program got the signal');
		child.kill('SIGHUP');
		expect(await once(child, 'close')).toEqual([5, null]);
		expect(out).toBe('ready\ngot TERM\ngot HUP\n');
	});

	test('ends a program whose output is no longer read', async ({grid}) => {
		const child = started(grid, ['grid', '--mask', '--', 'sh', '-c', 'exec yes 2>/dev/null']);
		await once(child.stdout, 'data');
		child.stdout.destroy();
		const [status] = (await once(child, 'exit')) as [number | null];
		expect(status).not.toBe(0);
	});
});

test('a program in the sandbox reaches its exchange', async ({sandbox}) => {
	const script = `fetch(process.env.OKX_API_BASE_URL + '/api/v5/public/time').then(async answer => console.log((await answer.json()).code))`;
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
