import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {StoredKey} from '../../source/core/key/key.ts';
import {filterKeys, findKeys, termsMeant} from '../../source/core/key-list/filter.ts';
import {sortKeys} from '../../source/core/key-list/order.ts';
import {siteNamed} from '../../source/exchange/sites.ts';
import {storedKey} from '../helpers/keys.ts';

const now = 1_800_000_000_000;

test.each([
	['helath:bad', ['health:bad']],
	['grid prem:trade evn:live', ['perm:trade', 'env:live']],
	['health:bad', []],
	['foo:bar', []],
	['helath', []],
])('%j may mean %j', (filter, terms) => {
	expect(termsMeant(filter)).toEqual(terms);
});

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
		['tag:berlin', '1'],
		['tag:BERLIN perm:trade', '1'],
		['tag:ber', ''],
		['tag:', '1'],
		['tag:grid', ''],
		['alhpa', ''],
		['aph', ''],
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

describe('what is found while a filter is typed', () => {
	const named = (...names: readonly string[]) =>
		names.map((name, index) => storedKey({id: `${index}`, name, tags: index === 0 ? ['prod'] : []}));
	const found = (keys: readonly StoredKey[], filter: string) => {
		const {keys: shown, isSimilar} = findKeys(keys, filter, {now, siteNamed});
		return {names: shown.map(({name}) => name), isSimilar};
	};

	test.each([
		['gb', ['grid-bot'], true],
		['grid', ['grid-bot', 'gridlock'], false],
		['jose', ['José'], false],
		['JOSÉ', ['José'], false],
		['網人', ['網格機器人'], true],
		['機器', ['網格機器人'], false],
		['ｇｒｉｄ', ['grid-bot', 'gridlock'], false],
		['tag:pr', ['grid-bot'], false],
		['tag:prod glk', [], false],
		['zzz', [], false],
	])('%j finds %j', (filter, names, isSimilar) => {
		expect(found(named('grid-bot', 'gridlock', 'José', '網格機器人'), filter)).toEqual({names, isSimilar});
	});

	test('a description is searched for the words as they are only, as a sentence resembles any word', () => {
		const keys = [storedKey({name: 'alpha', description: 'great old bots run daily'})];
		expect(found(keys, 'gbd').names).toEqual([]);
		expect(found(keys, 'bots').names).toEqual(['alpha']);
	});

	test('the most similar name comes first', () => {
		expect(found(named('a-grid-of-big-bots', 'g-b'), 'gb').names).toEqual(['g-b', 'a-grid-of-big-bots']);
	});

	test('what a command finds is found here too, in the same order', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('grid', 'bot', 'été', '網格', 'x y'), {maxLength: 6}),
				fc.constantFrom('g', 'bo', 'ete', '格', 'x y', 'perm:read', 'tag:prod g', 'env:demo'),
				(names, filter) => {
					const keys = named(...names);
					const exact = filterKeys(keys, filter, {now, siteNamed});
					if (exact.length > 0) expect(findKeys(keys, filter, {now, siteNamed}).keys).toEqual(exact);
				},
			),
		);
	});
});
