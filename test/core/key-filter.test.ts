import {describe, expect, test} from 'vitest';
import {filterKeys} from '../../source/core/key-list/filter.ts';
import {sortKeys} from '../../source/core/key-list/order.ts';
import {siteNamed} from '../../source/exchange/sites.ts';
import {storedKey} from '../helpers/keys.ts';

const now = 1_800_000_000_000;

describe('filter and order', () => {
	const keys = [
		storedKey({id: '1', name: 'alpha', permissions: ['read', 'trade'], ip: ['10.0.0.0/8'], tags: ['Berlin']}),
		storedKey({id: '2', name: 'beta', permissions: ['read', 'trade', 'withdraw'], createdAt: now - 13 * 86_400_000}),
		storedKey({id: '3', name: 'gamma', environment: 'demo', site: 'eea', description: 'the Grid'}),
		storedKey({id: '4', name: 'delta', permissions: ['read', 'trade'], isTypeTold: false}),
	];

	test.each([
		['', '1234'],
		['BERLIN', '1'],
		['grid', '3'],
		['perm:trade', '124'],
		['perm:withdraw', '2'],
		['ip:none', '23'],
		['ip:unknown', '4'],
		['ip:10.1.2.3', '1'],
		['ip:10.0', '1'],
		['health:bad', '2'],
		['health:untested', '1234'],
		['health:can-withdraw', '2'],
		['health:withdraw', '2'],
		['site:eea', '3'],
		['site:my.okx.com', '3'],
		['site:MyOKX', '3'],
		['site:www', '124'],
		['env:demo', '3'],
		['env:live perm:trade ip:none', '2'],
		['alpha beta', ''],
		['foo:bar', ''],
		['perm:', '1234'],
	])('%j finds %j', (filter, ids) => {
		expect(
			filterKeys(keys, filter, {now, siteNamed})
				.map(({id}) => id)
				.join(''),
		).toBe(ids);
	});

	test.each([
		[0, '1234'],
		[1, '2134'],
		[3, '4213'],
	])('order %i gives %s', (order, ids) => {
		expect(
			sortKeys(keys, order, now)
				.map(({id}) => id)
				.join(''),
		).toBe(ids);
	});
});
