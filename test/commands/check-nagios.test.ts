import {describe, expect, it} from 'vitest';
import {nagios, unknown} from '../../source/monitoring/nagios.ts';
import {prometheus} from '../../source/monitoring/prometheus.ts';
import {permissionsSaid} from '../../source/core/key/permission.ts';
import {at, live, checked, well, down, lost, wrongSecret} from './checked.ts';

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
			/^OKX KEYS WARNING - 3 of 4 keys with warnings: a \(drift\), b \(policy violated\), c \(expired or expiring soon\) \| keys=4 ok=1 failing=0 drift=1 policy=1 expiring=1 /,
		);
	});

	it('is CRITICAL where a key may have been given more', () => {
		expect(
			nagios(
				[checked('a', [{code: 40, text: 'permissions', isAlarm: true}]), checked('b', [{code: 41, text: 'old'}])],
				1,
			).line,
		).toMatch(
			/^OKX KEYS CRITICAL - 1 of 2 keys failing: a \(drift\); 1 of 2 keys with warnings: b \(policy violated\) \|/,
		);
	});

	it('unknown-permission-dropped: names a permission that okx-keys does not know, as Prometheus’s form does', () => {
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
