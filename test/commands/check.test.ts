import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {Checked, CheckFinding} from '../../source/actions/check.ts';
import type {TestResult} from '../../source/actions/test-result.ts';
import {lines} from '../../source/monitoring/lines.ts';
import {nagios, unknown} from '../../source/monitoring/nagios.ts';
import {beginning, prometheus} from '../../source/monitoring/prometheus.ts';
import {refuseOtherThanReport, replaceReport} from '../../source/system/user-files/report-file.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {permissionsSaid} from '../../source/core/key/permission.ts';
import {storedKey} from '../helpers/keys.ts';
import {failureOf} from '../helpers/fakes.ts';

const at = 1_800_000_000_000;
const live = {
	permissions: ['read', 'trade'] as const,
	ip: ['203.0.113.7'],
	label: 'bot1',
	uid: '1',
	mainUid: '1',
	kycLv: '2',
};

/** A key that was checked: well, but for the findings. */
function checked(
	name: string,
	findings: readonly (Pick<CheckFinding, 'code' | 'text'> & Partial<CheckFinding>)[] = [],
	result: Partial<TestResult> = {},
	key: Partial<StoredKey> = {},
): Checked {
	const code = findings[0]?.code ?? 0;
	return {
		key: storedKey({id: name, name, permissions: ['read', 'trade'], ip: ['203.0.113.7'], createdAt: at - 5000, ...key}),
		findings: findings.map(finding => ({isAlarm: finding.code < 40, ...finding})),
		result: {
			name,
			ok: code === 0,
			code,
			cause: '',
			stored: {cause: ''},
			fix: '',
			exchangeCode: null,
			httpStatus: 200,
			host: 'openapi.okx.com',
			environment: 'live',
			latencyMs: 42,
			skewMs: -300,
			layers: [],
			declared: {permissions: [], ip: []},
			live,
			drift: [],
			binding: 'bound',
			daysLeft: null,
			touched: true,
			offer: null,
			notices: null,
			testedAt: at,
			...result,
		},
	};
}

const well = (count: number) => Array.from({length: count}, (_, index) => checked(`well${index}`));
const down = {live: null, touched: false, latencyMs: null, skewMs: null};
const lost = {code: 30, text: 'The name openapi.okx.com could not be found.'};
const wrongSecret = {code: 20, text: 'The secret key is wrong: the signature does not match. (50113)'};

describe('the lines of a check', () => {
	it('are none where all is well', () => {
		expect(lines(well(3))).toEqual([]);
	});

	it('are one for each finding, the worst first', () => {
		expect(
			lines([
				checked('grid', [
					{code: 40, text: 'permissions declared read, live read, trade'},
					{code: 41, text: 'can withdraw, which is forbidden'},
				]),
				checked('hedge', [{code: 42, text: 'the exchange deletes it in 2 days if nothing uses it'}]),
				checked('arb', [wrongSecret], {...down, exchangeCode: '50113'}),
			]),
		).toEqual([
			'arb: authentication failed: The secret key is wrong: the signature does not match. (50113) (20)',
			'grid: drift: permissions declared read, live read, trade (40)',
			'grid: policy violated: can withdraw, which is forbidden (41)',
			'hedge: expiring soon: the exchange deletes it in 2 days if nothing uses it (42)',
		]);
	});

	it('are one for what many keys of a host have in common, which counts and names them', () => {
		expect(
			lines([
				checked('a', [lost], down),
				checked('b', [lost], down),
				checked('c', [lost], {...down, host: 'eea.okx.com'}),
				checked('d'),
			]),
		).toEqual([
			'2 keys at openapi.okx.com (a, b): network or TLS: The name openapi.okx.com could not be found. (30)',
			'c: network or TLS: The name openapi.okx.com could not be found. (30)',
		]);
	});

	it('are one for a clock that was measured again and again', () => {
		expect(
			lines(
				[31, 32].map(seconds =>
					checked(
						`k${seconds}`,
						[{code: 23, text: `The clock of this machine is ${seconds} s ahead of the exchange’s.`}],
						down,
					),
				),
			),
		).toEqual([
			'2 keys at openapi.okx.com (k31, k32): clock skew: The clock of this machine is 31 s ahead ' +
				'of the exchange’s. (23)',
		]);
	});

	it('are one each for the same fault of two keys', () => {
		expect(lines([checked('a', [wrongSecret], down), checked('b', [wrongSecret], down)])).toHaveLength(2);
	});

	it('hostile-name: steers no terminal', () => {
		expect(lines([checked('x\u{1B}[2J\n', [wrongSecret], {...down, host: 'h\u{7}'})]).join('')).not.toMatch(/\p{Cc}/u);
	});
});

describe('the line for Nagios', () => {
	it('is OK with 0 where all is well', () => {
		expect(nagios(well(12), 1.5)).toEqual({
			line:
				'OKX KEYS OK - 12 keys passed | keys=12 ok=12 failing=0 drift=0 policy=0 expiring=0 ' +
				'slowest=0.042s time=1.500s',
			status: 0,
		});
		expect(nagios(well(1), 0).line).toContain('1 key passed');
	});

	it('is CRITICAL with 2 where a key fails, with the code of the exchange', () => {
		expect(nagios([...well(11), checked('grid', [wrongSecret], {...down, exchangeCode: '50113'})], 2)).toEqual({
			line:
				'OKX KEYS CRITICAL - 1 of 12 keys failing: grid (50113) | keys=12 ok=11 failing=1 drift=0 policy=0 ' +
				'expiring=0 slowest=0.042s time=2.000s',
			status: 2,
		});
	});

	it('is WARNING with 1 where the keys work but something is to be looked at', () => {
		const {line, status} = nagios(
			[
				checked('a', [{code: 40, text: 'label'}]),
				checked('b', [{code: 41, text: 'old'}]),
				checked('c', [{code: 42, text: 'soon'}]),
				...well(1),
			],
			1,
		);
		expect(status).toBe(1);
		expect(line).toMatch(
			/^OKX KEYS WARNING - 3 of 4 keys with warnings: a \(drift\), b \(policy violated\), c \(expiring soon\) \| keys=4 ok=1 failing=0 drift=1 policy=1 expiring=1 /,
		);
	});

	it('is CRITICAL where somebody may have given a key more', () => {
		expect(
			nagios(
				[checked('a', [{code: 40, text: 'permissions', isAlarm: true}]), checked('b', [{code: 41, text: 'old'}])],
				1,
			).line,
		).toMatch(
			/^OKX KEYS CRITICAL - 1 of 2 keys failing: a \(drift\); 1 of 2 keys with warnings: b \(policy violated\) \|/,
		);
	});

	it('unknown-permission-dropped: names a permission that okx-keys does not know, as the figures for Prometheus do', () => {
		const grown = checked('a', [{code: 40, text: 'permissions', isAlarm: true}], {
			live: {...live, permissions: permissionsSaid(['read_only', 'trade', 'onchain'])},
		});
		expect(nagios([grown], 1).line).toMatch(
			/^OKX KEYS CRITICAL - 1 of 1 key failing: a \(drift: permission onchain\) \|/,
		);
		expect(prometheus([grown], {startedAt: at, endedAt: at}, false)).toContain(
			'okx_key_permission{key="a",site="global",environment="live",permission="onchain"} 1\n',
		);
	});

	it('is UNKNOWN with 3 where there is nothing to check, or nothing could be checked', () => {
		expect(nagios([], 0)).toMatchObject({
			status: 3,
			line: expect.stringMatching(/^OKX KEYS UNKNOWN - there is no key to check \|/) as string,
		});
		expect(unknown('The vault is locked.')).toEqual({line: 'OKX KEYS UNKNOWN - The vault is locked.', status: 3});
	});

	it('counts what would make it too long', () => {
		const {line} = nagios(
			Array.from({length: 25}, (_, index) => checked(`k${index}`, [lost], down)),
			1,
		);
		expect(line).toContain('25 of 25 keys failing: k0 (network or TLS), ');
		expect(line).toContain('k9 (network or TLS), and 15 more |');
	});

	it('bar-in-name: is one line with one bar, whatever a key is called', () => {
		const {line} = nagios([checked('a|keys=0\nb', [wrongSecret], down)], 1);
		expect(line.split('\n')).toHaveLength(1);
		expect(line.split('|')).toHaveLength(2);
	});
});

const some = [
	checked('grid'),
	checked('say "hi"\\\n', [wrongSecret], down, {
		lastTest: {at: at - 1000, ok: false, code: 20, cause: '', latencyMs: null, live: null, goodAt: at - 60_000},
	}),
	checked(
		'hedge',
		[
			{code: 41, text: 'x'},
			{code: 42, text: 'y'},
		],
		{daysLeft: 3, live: {...live, ip: []}},
	),
];

describe('the figures for Prometheus', () => {
	const text = prometheus(some, {startedAt: at, endedAt: at + 1500}, true);

	it('say of each key whether it works, what it is, and how long it lasts', () => {
		for (const line of [
			'okx_key_up{key="grid",site="global",environment="live"} 1',
			'okx_key_status_code{key="grid",site="global",environment="live"} 0',
			'okx_key_call_seconds{key="grid",site="global",environment="live"} 0.042',
			'okx_key_clock_skew_seconds{key="grid",site="global",environment="live"} -0.3',
			'okx_key_age_seconds{key="grid",site="global",environment="live"} 5',
			'okx_key_last_success_timestamp_seconds{key="grid",site="global",environment="live"} 1800000000',
			'okx_key_permission{key="grid",site="global",environment="live",permission="trade"} 1',
			'okx_key_permission{key="grid",site="global",environment="live",permission="withdraw"} 0',
			'okx_key_ip_entries{key="grid",site="global",environment="live"} 1',
			'okx_key_ip_entries{key="hedge",site="global",environment="live"} 0',
			'okx_key_status_code{key="hedge",site="global",environment="live"} 41',
			'okx_key_policy_violations{key="hedge",site="global",environment="live"} 1',
			'okx_key_lifetime_left_seconds{key="hedge",site="global",environment="live"} 259200',
			'okx_keys_checked 3',
			'okx_keys_check_timestamp_seconds 1800000001.5',
			'okx_keys_check_duration_seconds 1.5',
		])
			expect(text.split('\n')).toContain(line);
	});

	it('of a key that fails say so, and nothing that is not known', () => {
		const own = text.split('\n').filter(line => line.includes('key="say '));
		expect(own.map(line => line.replace(/\{.*\}/, ''))).toEqual([
			'okx_key_up 0',
			'okx_key_status_code 20',
			'okx_key_ip_entries 1',
			'okx_key_age_seconds 5',
			'okx_key_last_success_timestamp_seconds 1799999940',
			'okx_key_policy_violations 0',
			'okx_key_permission 1',
			'okx_key_permission 1',
			'okx_key_permission 0',
		]);
	});

	it('hostile-label: cannot be broken by a name', () => {
		expect(text).toContain(String.raw`key="say \"hi\"\\\n"`);
		for (const line of text.trimEnd().split('\n'))
			expect(line).toMatch(/^(# (HELP|TYPE) okx_keys?_[a-z_]+ .+|okx_keys?_[a-z_]+(\{.*\})? -?[\d.]+)$/);
	});

	it('say nothing of violations without a policy, nor that a key is up which was not touched', () => {
		const untouched = prometheus([checked('grid', [], down)], {startedAt: at, endedAt: at}, false);
		expect(untouched).not.toMatch(/policy|okx_key_up|last_success/);
		expect(untouched).toContain('okx_key_status_code');
	});

	it('app-key-accused: count no entries of a list that the exchange may not tell', () => {
		const text = prometheus(
			[
				checked('a', [], {live: {...live, ip: []}, binding: 'unknown'}),
				checked('b', [], {live: {...live, ip: []}, binding: 'unbound'}),
			],
			{startedAt: at, endedAt: at},
			false,
		);
		expect(text).toContain('okx_key_ip_entries{key="b",site="global",environment="live"} 0\n');
		expect(text).not.toContain('okx_key_ip_entries{key="a"');
	});

	it('are well of a check without keys', () => {
		expect(prometheus([], {startedAt: at, endedAt: at}, true)).toMatch(
			/^# HELP okx_keys_checked .*\n# TYPE okx_keys_checked gauge\nokx_keys_checked 0\n/,
		);
	});

	it.skipIf(spawnSync('promtool', ['--version']).error !== undefined)(
		'are what promtool takes without a complaint',
		() => {
			const {status, stdout, stderr} = spawnSync('promtool', ['check', 'metrics'], {input: text, encoding: 'utf8'});
			expect([status, stdout, stderr]).toEqual([0, '', '']);
		},
	);
});

describe('the file with the figures', () => {
	function folder(): string {
		const made = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-report-'));
		onTestFinished(() => {
			fs.rmSync(made, {recursive: true, force: true});
		});
		return made;
	}

	it('takes the place of the earlier one whole, readable by all under any umask, and leaves nothing beside it', () => {
		const file = path.join(folder(), 'okx.prom');
		const before = process.umask(0o077);
		onTestFinished(() => {
			process.umask(before);
		});
		replaceReport(file, 'one\n', 'a');
		const reader = fs.openSync(file, 'r');
		replaceReport(file, 'two\n', 'b');
		expect(fs.readFileSync(reader, 'utf8')).toBe('one\n');
		fs.closeSync(reader);
		expect(fs.readFileSync(file, 'utf8')).toBe('two\n');
		expect(fs.statSync(file).mode & 0o777).toBe(0o644);
		expect(fs.readdirSync(path.dirname(file))).toEqual(['okx.prom']);
	});

	it('typo-replaces-vault: replaces nothing that is not empty or a report of ours, and follows no link', async () => {
		const place = folder();
		const refusal = async (name: string) =>
			failureOf(
				(async () => {
					refuseOtherThanReport(path.join(place, name), beginning);
				})(),
			);
		for (const [name, text] of [
			['vault.json', '{"format":"okx-keys"}'],
			['short', '#'],
			['almost', '# HELP okx_kez'],
		] as const)
			fs.writeFileSync(path.join(place, name), text);
		fs.symlinkSync(path.join(place, 'vault.json'), path.join(place, 'link.prom'));
		fs.mkdirSync(path.join(place, 'folder'));
		for (const name of ['vault.json', 'short', 'almost', 'link.prom', 'folder'])
			expect(await refusal(name), name).toBe('not-a-report');
		expect(await refusal('vault.json/okx.prom')).toBe('report-not-written');

		fs.writeFileSync(path.join(place, 'empty'), '');
		fs.writeFileSync(path.join(place, 'okx.prom'), prometheus([], {startedAt: 0, endedAt: 0}, false));
		for (const name of ['empty', 'okx.prom', 'absent']) refuseOtherThanReport(path.join(place, name), beginning);
	});

	it('symlink-in-the-way: nor one with the name of its unfinished form', async () => {
		const place = folder();
		fs.writeFileSync(path.join(place, 'other'), 'precious');
		fs.symlinkSync(path.join(place, 'other'), path.join(place, '.okx.prom.tmp-a'));
		expect(
			await failureOf(
				(async () => {
					replaceReport(path.join(place, 'okx.prom'), 'x', 'a');
				})(),
			),
		).toBe('report-not-written');
		expect(fs.readFileSync(path.join(place, 'other'), 'utf8')).toBe('precious');
	});

	it('that has no folder is told', async () => {
		expect(
			await failureOf(
				(async () => {
					replaceReport(path.join(folder(), 'none/okx.prom'), 'x', 'a');
				})(),
			),
		).toBe('report-not-written');
	});
});
