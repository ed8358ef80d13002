import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {testWith} from './journey.ts';
import {run, runShell, type Home} from './program.ts';

const test = testWith('monitored');

const policyFile = (home: Home, policy: unknown) => home.jsonFile('policy.json', policy);

describe.concurrent('check, as monitoring runs it', () => {
	test('writes the figures for node_exporter beside what it says, readable by all', async ({home, vault}) => {
		const report = home.file('okx.prom');
		expect(await vault.run('check', '--prometheus', report)).toEqual({status: 0, out: '', err: ''});
		const text = fs.readFileSync(report, 'utf8');
		expect(text).toContain('okx_key_up{key="grid",site="sandbox",environment="live"} 1\n');
		expect(text).toMatch(/\nokx_keys_check_timestamp_seconds \d+/);
		expect(fs.statSync(report).mode & 0o777).toBe(0o644);
		expect(fs.readdirSync(home.path).filter(name => name.includes('.prom'))).toEqual(['okx.prom']);
	});

	test('tells what it found before it says that the figures could not be written', async ({home, vault}) => {
		const {status, out, err} = await vault.run(
			'check',
			'--policy',
			policyFile(home, {tradeNeedsIp: true}),
			'--prometheus',
			home.file('none/okx.prom'),
		);
		expect([status, out]).toEqual([
			1,
			'open: policy violated: can trade from any address, and an IP list is required (41)\n',
		]);
		expect(err).toContain('could not be written');
	});

	test('answers as a plugin of Nagios: one line and its exit status, whatever happens', async ({home, vault}) => {
		const well = await vault.run('check', 'grid', '--nagios');
		expect(well).toMatchObject({status: 0, err: ''});
		expect(well.out).toMatch(
			/^OKX KEYS OK - 1 key passed \| keys=1 ok=1 failing=0 drift=0 policy=0 expiring=0 slowest=\d\.\d{3}s time=\d+\.\d{3}s\n$/,
		);
		const policy = policyFile(home, {tradeNeedsIp: true});
		expect(await vault.run('check', '--nagios', '--policy', policy)).toMatchObject({
			status: 1,
			err: '',
			out: expect.stringMatching(
				/^OKX KEYS WARNING - 1 of 3 keys with warnings: open \(policy violated\) \| keys=3 ok=2 [^\n]*\n$/,
			) as string,
		});
		expect(await vault.run('check', 'dead', 'grid', '--nagios')).toMatchObject({
			status: 2,
			err: '',
			out: expect.stringMatching(/^OKX KEYS CRITICAL - 1 of 2 keys failing: dead \(50119\) \| [^\n]*\n$/) as string,
		});
		for (const words of [
			['check', 'nobody', '--nagios'],
			['check', '--nagios', '--policy', policyFile(home, {})],
			['check', '--nagios', '--json'],
		]) {
			expect(await vault.run(...words)).toMatchObject({
				status: 3,
				err: '',
				out: expect.stringMatching(/^OKX KEYS UNKNOWN - [^\n|]+\n$/) as string,
			});
		}

		expect(await vault.plain('check', '--nagios')).toMatchObject({
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

	test('ends with its own status where its output is not read, and with that of Nagios where it cannot be', async ({
		home,
		vault,
	}) => {
		const words = `check dead --sandbox --key-file '${vault.keyFile}'`;
		expect(await runShell(home, `okx-keys ${words} | exec true`)).toEqual({status: 21, out: '', err: ''});
		expect(await runShell(home, `okx-keys list --sandbox --key-file '${vault.keyFile}' | exec true`)).toEqual({
			status: 0,
			out: '',
			err: '',
		});
		expect(await runShell(home, `okx-keys ${words} > /dev/full`)).toMatchObject({status: 1, out: ''});
		expect(await runShell(home, `okx-keys ${words} --nagios > /dev/full`)).toMatchObject({status: 3, out: ''});
	});

	test('typo-replaces-vault: refuses to write its figures over a file that is no report, before it asks', async ({
		home,
	}) => {
		const precious = home.file('precious');
		fs.writeFileSync(precious, 'precious');
		for (const form of [[], ['--nagios']])
			expect(
				await run(home, ['check', '--vault', home.file('none.json'), '--prometheus', precious, ...form]),
			).toMatchObject({status: form.length === 0 ? 2 : 3});
		expect(fs.readFileSync(precious, 'utf8')).toBe('precious');
	});

	test('prints no secret and no whole API key, in any form', async ({home, vault}) => {
		const {out} = await vault.run('show', 'grid', '--reveal', '--json');
		const {apiKey, secretKey, passphrase: own} = JSON.parse(out) as Readonly<Record<string, string>>;
		const report = home.file('secrets.prom');
		for (const form of [[], ['--json'], ['--nagios'], ['--prometheus', report]]) {
			const {out, err} = await vault.run('check', ...form);
			for (const secret of [apiKey, secretKey, own]) expect(out + err).not.toContain(secret);
		}

		for (const secret of [apiKey, secretKey, own]) expect(fs.readFileSync(report, 'utf8')).not.toContain(secret);
	});
});
