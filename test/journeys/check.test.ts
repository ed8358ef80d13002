import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {Home, program, run, runShell, type Run} from './program.ts';

const passphrase = 'a vault of one’s own';
let home: Home;
let file: string;

async function sandbox(...words: readonly string[]): Promise<Run> {
	return run(home, [...words, '--sandbox', '--passphrase-file', file]);
}

function policyFile(policy: unknown): string {
	const path = home.file('policy.json');
	fs.writeFileSync(path, JSON.stringify(policy));
	return path;
}

beforeAll(async () => {
	home = new Home();
	file = home.passphraseFile(passphrase);
	expect(await sandbox('init')).toMatchObject({status: 0});
	expect(await sandbox('create', 'grid', '--perm', 'trade', '--ip', '127.0.0.1')).toMatchObject({status: 0});
});
afterAll(() => {
	home.remove();
});

describe('check, as cron runs it', () => {
	test('says nothing at all where all is well', async () => {
		expect(await sandbox('check')).toEqual({status: 0, out: '', err: ''});
		expect(await sandbox('check', 'grid', '--no-touch')).toEqual({status: 0, out: '', err: ''});
		expect(await sandbox('check', '--readonly')).toEqual({status: 0, out: '', err: ''});
	});

	test('says one line for each finding, and ends with the worst', async () => {
		expect(await sandbox('create', 'open', '--perm', 'trade')).toMatchObject({status: 0});
		const policy = policyFile({tradeNeedsIp: true});
		expect(await sandbox('check', '--policy', policy)).toEqual({
			status: 41,
			out: 'open: policy violated: can trade from any address, and an IP list is wanted (41)\n',
			err: '',
		});
		expect(await sandbox('check', 'grid', '--policy', policy)).toEqual({status: 0, out: '', err: ''});
		expect(await sandbox('create', 'dead')).toMatchObject({status: 0});
		expect(await sandbox('revoke', 'dead', '--yes')).toMatchObject({status: 0});
		// One that was revoked on purpose is no finding, unless somebody asks for it.
		expect((await sandbox('check', '--policy', policy)).status).toBe(41);
		const {status, out, err} = await sandbox('check', 'dead', 'open', '--policy', policy);
		expect([status, err]).toEqual([21, '']);
		expect(out).toMatch(/^dead: key missing or expired: .*\(50119\) \(21\)\nopen: policy violated: .* \(41\)\n$/);
	});

	test('gives all it knows as JSON', async () => {
		const {status, out} = await sandbox('check', '--json', '--policy', policyFile({tradeNeedsIp: true}));
		expect(status).toBe(41);
		expect(JSON.parse(out)).toMatchObject([
			{name: 'grid', ok: true, code: 0, live: {permissions: ['read', 'trade']}, findings: []},
			{name: 'main', findings: []},
			{
				name: 'open',
				ok: true,
				code: 0,
				findings: [{code: 41, text: 'can trade from any address, and an IP list is wanted'}],
			},
		]);
		expect(Object.keys((JSON.parse(out) as {findings: object[]}[])[2]!.findings[0]!)).toEqual(['code', 'text']);
	});

	test('refuses a wrong policy before anything is tested', async () => {
		for (const [policy, words] of [
			[{tradeNeedsIP: true}, 'tradeNeedsIP'],
			[{maxAgeDays: 'ninety'}, 'maxAgeDays'],
			[{}, 'empty'],
			[{sites: ['golbal']}, 'golbal'],
		] as const) {
			const {status, out, err} = await run(home, [
				'check',
				'--policy',
				policyFile(policy),
				'--vault',
				home.file('none.json'),
			]);
			expect([status, out]).toEqual([2, '']);
			expect(err).toContain(words);
		}

		expect(await sandbox('check', '--policy', home.file('none'))).toMatchObject({status: 2, out: ''});
	});

	test('asks nobody, and says what to give', async () => {
		expect(await run(home, ['check', '--sandbox'])).toMatchObject({
			status: 11,
			out: '',
			err: expect.stringContaining('--key-file') as string,
		});
		expect(await sandbox('check', 'nobody')).toMatchObject({status: 10, out: ''});
	});
});

describe('check of an exchange that', () => {
	const own = (...words: readonly string[]) => [...words, '--vault', home.file('own.json'), '--passphrase-file', file];
	const credential = (name: string) =>
		JSON.stringify({
			apiKey: `7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5${name}`,
			secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
			passphrase: 'Correct-Horse9!',
		});

	test('cannot be reached says so in one line for all its keys', async () => {
		expect(await run(home, own('init'))).toMatchObject({status: 0});
		for (const name of ['f6', 'f7'])
			expect(
				await run(home, own('add', name, '--site', 'http://127.0.0.1:1', '--no-test'), {input: credential(name)}),
			).toMatchObject({status: 0});
		expect(await run(home, own('check'))).toEqual({
			status: 30,
			out: '2 keys at 127.0.0.1:1 (f6, f7): network or TLS: 127.0.0.1:1 refused the connection. (30)\n',
			err: '',
		});
		expect(await run(home, own('check', '--nagios'))).toMatchObject({
			status: 2,
			out: expect.stringContaining('2 of 2 keys failing: f6 (network or TLS), f7 (network or TLS) |') as string,
		});
	});

	test('does not answer is left by a signal, which says how far the check came and writes no figures', async () => {
		const silent = http.createServer(() => {});
		onTestFinished(() => {
			silent.closeAllConnections();
			silent.close();
		});
		await new Promise<void>(resolve => {
			silent.listen(0, '127.0.0.1', resolve);
		});
		const {port} = silent.address() as AddressInfo;
		expect(
			await run(home, own('add', 'mute', '--site', `http://127.0.0.1:${port}`, '--no-test'), {input: credential('f8')}),
		).toMatchObject({status: 0});
		for (const [form, said] of [
			[[], {status: 3, out: '', err: 'Stopped: 0 of 1 were checked.\n'}],
			[['--nagios'], {status: 3, out: 'OKX KEYS UNKNOWN - stopped: 0 of 1 were checked\n', err: ''}],
		] as const) {
			const child = spawn(
				process.execPath,
				[program, ...own('check', 'mute', '--prometheus', home.file('never.prom'), ...form)],
				{env: home.environment},
			);
			const chunks = {out: '', err: ''};
			child.stdout.setEncoding('utf8').on('data', (text: string) => {
				chunks.out += text;
			});
			child.stderr.setEncoding('utf8').on('data', (text: string) => {
				chunks.err += text;
			});
			await once(silent, 'request');
			child.kill('SIGTERM');
			const [status] = (await once(child, 'close')) as [number | null];
			expect({status, ...chunks}).toEqual(said);
		}

		expect(fs.existsSync(home.file('never.prom'))).toBe(false);
	});
});

describe('check, as monitoring runs it', () => {
	test('writes the figures for node_exporter beside what it says, readable by all', async () => {
		const report = home.file('okx.prom');
		expect(await sandbox('check', '--prometheus', report)).toEqual({status: 0, out: '', err: ''});
		const text = fs.readFileSync(report, 'utf8');
		expect(text).toContain('okx_key_up{key="grid",site="sandbox",environment="live"} 1\n');
		expect(text).toMatch(/\nokx_keys_check_timestamp_seconds \d+/);
		expect(fs.statSync(report).mode & 0o777).toBe(0o644);
		expect(fs.readdirSync(home.path).filter(name => name.includes('.prom'))).toEqual(['okx.prom']);
	});

	test('tells what it found before it says that the figures could not be written', async () => {
		const {status, out, err} = await sandbox(
			'check',
			'--policy',
			policyFile({tradeNeedsIp: true}),
			'--prometheus',
			home.file('none/okx.prom'),
		);
		expect([status, out]).toEqual([
			1,
			'open: policy violated: can trade from any address, and an IP list is wanted (41)\n',
		]);
		expect(err).toContain('could not be written');
	});

	test('answers as a plugin of Nagios: one line and its exit status, whatever happens', async () => {
		const well = await sandbox('check', 'grid', '--nagios');
		expect(well).toMatchObject({status: 0, err: ''});
		expect(well.out).toMatch(
			/^OKX KEYS OK - 1 key well \| keys=1 ok=1 failing=0 drift=0 policy=0 expiring=0 slowest=\d\.\d{3}s time=\d+\.\d{3}s\n$/,
		);
		const policy = policyFile({tradeNeedsIp: true});
		expect(await sandbox('check', '--nagios', '--policy', policy)).toMatchObject({
			status: 1,
			err: '',
			out: expect.stringMatching(
				/^OKX KEYS WARNING - 1 of 3 keys to look at: open \(policy violated\) \| keys=3 ok=2 [^\n]*\n$/,
			) as string,
		});
		expect(await sandbox('check', 'dead', 'grid', '--nagios')).toMatchObject({
			status: 2,
			err: '',
			out: expect.stringMatching(/^OKX KEYS CRITICAL - 1 of 2 keys failing: dead \(50119\) \| [^\n]*\n$/) as string,
		});
		for (const words of [
			['check', 'nobody', '--nagios'],
			['check', '--nagios', '--policy', policyFile({})],
			['check', '--nagios', '--json'],
		]) {
			expect(await sandbox(...words)).toMatchObject({
				status: 3,
				err: '',
				out: expect.stringMatching(/^OKX KEYS UNKNOWN - [^\n|]+\n$/) as string,
			});
		}

		expect(await run(home, ['check', '--nagios', '--sandbox'])).toMatchObject({
			status: 3,
			err: '',
			out: expect.stringMatching(/^OKX KEYS UNKNOWN - The vault is locked/) as string,
		});
		for (const words of [
			['--polcy', 'x'],
			['--prometheus'],
			['--prometheus', ''],
			['--passphrase-file', ''],
			['--fault', '503'],
			[''],
		]) {
			expect(await run(home, ['check', '--nagios', ...words]), words.join(' ')).toMatchObject({
				status: 3,
				err: '',
				out: expect.stringMatching(/^OKX KEYS UNKNOWN - [^\n|]+\n$/) as string,
			});
		}

		expect(await run(home, ['check', '--nagios', '--vault', home.file('none.json')])).toMatchObject({
			status: 3,
			err: '',
			out: expect.stringMatching(/^OKX KEYS UNKNOWN - There is no vault/) as string,
		});
	});

	test('ends with its own status where nobody reads what it says, and with that of Nagios where it cannot be written', async () => {
		const words = `check dead --sandbox --passphrase-file '${file}'`;
		expect(await runShell(home, `okx-keys ${words} | exec true`)).toEqual({status: 21, out: '', err: ''});
		expect(await runShell(home, `okx-keys list --sandbox --passphrase-file '${file}' | exec true`)).toEqual({
			status: 0,
			out: '',
			err: '',
		});
		expect(await runShell(home, `okx-keys ${words} > /dev/full`)).toMatchObject({status: 1, out: ''});
		expect(await runShell(home, `okx-keys ${words} --nagios > /dev/full`)).toMatchObject({status: 3, out: ''});
	});

	test('typo-replaces-vault: refuses to write its figures over a file that is no report, before anything is asked', async () => {
		const precious = home.file('precious');
		fs.writeFileSync(precious, 'precious');
		for (const form of [[], ['--nagios']])
			expect(
				await run(home, ['check', '--vault', home.file('none.json'), '--prometheus', precious, ...form]),
			).toMatchObject({status: form.length === 0 ? 2 : 3});
		expect(fs.readFileSync(precious, 'utf8')).toBe('precious');
	});

	test('prints no secret and no whole API key, in any form', async () => {
		const {out} = await sandbox('show', 'grid', '--reveal', '--json');
		const {apiKey, secretKey, passphrase: own} = JSON.parse(out) as Readonly<Record<string, string>>;
		const report = home.file('secrets.prom');
		for (const form of [[], ['--json'], ['--nagios'], ['--prometheus', report]]) {
			const {out, err} = await sandbox('check', ...form);
			for (const secret of [apiKey, secretKey, own]) expect(out + err).not.toContain(secret);
		}

		for (const secret of [apiKey, secretKey, own]) expect(fs.readFileSync(report, 'utf8')).not.toContain(secret);
	});
});
