import {describe, expect, test} from 'vitest';
import {unreachableAddresses, unreachableProblem} from '../../source/core/ip/unreachable.ts';

describe('an address in an allow-list', () => {
	test.each([
		'192.168.1.5',
		'10.0.0.0/8',
		'10.1.2.3/32',
		'172.17.0.2',
		'100.64.1.2',
		'127.0.0.1',
		'169.254.1.1',
		'192.0.2.1',
		'203.0.113.7',
		'198.51.100.0/24',
		'224.0.0.1',
		'255.255.255.255',
		'240.0.0.1',
		'fd00::1',
		'fd00::/8',
		'fe80::1',
		'::1',
		'2001:db8::7',
		'2001:db8::/32',
		'ff02::1',
		'::ffff:192.168.1.1',
	])('unseen-address: %s is one that no call comes from', ip => {
		expect(unreachableAddresses(['8.8.8.8', ip])).toEqual([ip]);
	});

	test.each([
		'8.8.8.8',
		'1.2.3.0/24',
		'10.0.0.0/7',
		'192.168.0.0/15',
		'172.32.0.1',
		'100.128.0.1',
		'2606:4700::1111',
		'2a00::/12',
		'garbage',
		'1.2.3.4/33',
		'',
	])('%s is not', ip => {
		expect(unreachableAddresses([ip])).toEqual([]);
	});

	test('of a real site is told, by the first and how many more there are', () => {
		expect(unreachableProblem({ip: ['192.168.1.5'], site: 'global'})?.problem).toBe(
			'192.168.1.5 in the allow-list lies inside a private network: ' +
				'no call reaches the exchange from there, so the list lets nothing in.',
		);
		expect(unreachableProblem({ip: ['10.0.0.1', '8.8.8.8', 'fd00::1'], site: 'eea'})?.problem).toBe(
			'10.0.0.1 (and 1 more like it) in the allow-list lies inside a private network: ' +
				'no call reaches the exchange from there.',
		);
	});

	test('of the sandbox or a loopback URL is as it should be, and so is an empty list', () => {
		for (const site of ['sandbox', 'http://127.0.0.1:1'])
			expect(unreachableProblem({ip: ['127.0.0.1'], site})).toBe(undefined);
		expect(unreachableProblem({ip: [], site: 'global'})).toBe(undefined);
	});
});
