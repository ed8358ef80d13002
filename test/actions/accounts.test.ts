import {expect, test} from 'vitest';
import {accountsOf, byAccount} from '../../source/actions/accounts.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {storedKey} from '../helpers/keys.ts';

const key = (id: string, account: StoredKey['account'], site = 'global') => storedKey({id, account, site});

test('a key whose account is known counts for that one alone', () => {
	const known = key('a', {kind: 'main', uid: '1'});
	expect(accountsOf(known, [known, key('b', {kind: 'main'}), key('c', {kind: 'main', uid: '2'})])).toEqual([
		'global 1',
	]);
});

test('a key whose account is not known counts for each that it may be of', () => {
	const unknown = key('a', {kind: 'sub', subAccount: 'grid01'});
	const others = [
		key('b', {kind: 'sub', uid: '2', subAccount: 'grid01'}),
		key('c', {kind: 'sub', uid: '3', subAccount: 'other1'}),
		key('d', {kind: 'sub', uid: '4'}),
		key('e', {kind: 'main', uid: '5'}),
		key('f', {kind: 'sub', uid: '6'}, 'eea'),
	];
	expect(accountsOf(unknown, [unknown, ...others])).toEqual(['global sub grid01', 'global 2', 'global 4']);
});

test('keys of one account stand together, and those of sub-accounts with different names apart', () => {
	const keys = [
		key('a', {kind: 'sub', subAccount: 'grid01'}),
		key('b', {kind: 'sub', subAccount: 'grid02'}),
		key('c', {kind: 'sub', subAccount: 'grid01'}),
		key('d', {kind: 'main'}),
		key('e', {kind: 'main'}),
	];
	expect(byAccount(keys, key => key).map(group => group.map(({id}) => id))).toEqual([['a', 'c'], ['b'], ['d', 'e']]);
});
