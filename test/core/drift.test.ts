import {describe, expect, test} from 'vitest';
import {driftOf} from '../../source/core/health/drift.ts';
import type {LiveKey} from '../../source/core/key/key.ts';
import {storedKey} from '../helpers/keys.ts';

const live: LiveKey = {
	permissions: ['read', 'trade'],
	ip: ['203.0.113.7'],
	label: 'bot1',
	uid: '1',
	mainUid: '1',
	kycLv: '2',
};
const key = storedKey({
	permissions: ['read', 'trade'],
	ip: ['203.0.113.7'],
	label: 'bot1',
	account: {kind: 'main', uid: '1'},
});

test('a key that is what it is declared to be does not drift', () => {
	expect(driftOf(key, live)).toEqual([]);
});

test('order of permissions and spelling of addresses do not matter', () => {
	expect(
		driftOf(
			{...key, ip: ['2001:DB8::1', '1.2.3.4']},
			{...live, permissions: ['trade', 'read'], ip: ['1.2.3.4', '2001:db8:0::1']},
		),
	).toEqual([]);
});

describe('an alarm', () => {
	test.each([
		[
			'a permission that appeared',
			key,
			{...live, permissions: ['read', 'trade', 'withdraw'] as const},
			'permissions',
			true,
		],
		['a permission that went is none', key, {...live, permissions: ['read'] as const}, 'permissions', false],
		['an allow-list that vanished', key, {...live, ip: []}, 'ip', true],
		['an address that appeared', key, {...live, ip: ['203.0.113.7', '6.6.6.6']}, 'ip', true],
		['a list where none was is none', {...key, ip: []}, live, 'ip', false],
		['another account', key, {...live, uid: '2', mainUid: '2'}, 'account', true],
		[
			'a sub-account where a main one was declared',
			{...key, account: {kind: 'main'} as const},
			{...live, uid: '2'},
			'account',
			true,
		],
		['another label is none', key, {...live, label: 'bot2'}, 'label', false],
	])('%s', (_, declared, actual, field, alarm) => {
		expect(driftOf(declared, actual)).toMatchObject([{field, alarm}]);
	});
});

test('a label and an account that are not known yet cannot drift', () => {
	expect(
		driftOf({...key, label: null, account: {kind: 'main'}}, {...live, label: 'x', uid: '9', mainUid: '9'}),
	).toEqual([]);
});
