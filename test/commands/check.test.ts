import {describe, expect, it} from 'vitest';
import {lines} from '../../source/monitoring/lines.ts';
import {checked, well, down, lost, wrongSecret} from './checked.ts';

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
			'hedge: expired or expiring soon: the exchange deletes it in 2 days if nothing uses it (42)',
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
