import {spawnSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import {prometheus} from '../../source/monitoring/prometheus.ts';
import {at, live, checked, down, wrongSecret} from './checked.ts';

const some = [
	checked('grid', [], {}, {expiresAt: at + 86_400_000}),
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
			'okx_key_expires_timestamp_seconds{key="grid",site="global",environment="live"} 1800086400',
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
