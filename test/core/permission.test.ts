import {describe, expect, test} from 'vitest';
import {blastRadius} from '../../source/core/health/blast-radius.ts';
import {driftOf} from '../../source/core/health/drift.ts';
import {findings} from '../../source/core/health/findings.ts';
import type {LiveKey, PermissionWord} from '../../source/core/key/key.ts';
import {orderPermissions, permissionsSaid} from '../../source/core/key/permission.ts';
import {storedKey} from '../helpers/keys.ts';

const words = (...some: string[]) => some as PermissionWord[];
const live: LiveKey = {
	permissions: permissionsSaid(['read_only', 'trade', 'onchain']),
	ip: ['203.0.113.7'],
	label: 'bot1',
	uid: '1',
	mainUid: '1',
	kycLv: '2',
};
const lastTest = {at: 0, ok: false, code: 40, cause: '', latencyMs: 1, live};
const key = storedKey({permissions: ['read', 'trade'], ip: ['203.0.113.7'], lastTest});

describe('the permissions that the exchange tells of', () => {
	test('unknown-permission-dropped: keep every word, the known ones in our order before the others in theirs', () => {
		expect(permissionsSaid(['onchain', 'trade', 'read_only', 'trade', 'earn'])).toEqual([
			'read',
			'trade',
			'onchain',
			'earn',
		]);
		expect(permissionsSaid(['read', ''])).toEqual(['read']);
		expect(orderPermissions(words('onchain', 'withdraw', 'onchain'))).toEqual(['read', 'withdraw', 'onchain']);
	});

	test('endless-permissions: are bounded in number and length, and steer no terminal', () => {
		const many = permissionsSaid(Array.from({length: 500}, (_, index) => `p${index}`));
		expect(many).toHaveLength(21);
		expect(many.at(-1)).toBe('…');
		const [, hostile] = permissionsSaid([`\u{1B}[2J${'x'.repeat(500)}`]);
		expect(hostile).toMatch(/^[^\p{Cc}]{1,40}$/u);
	});
});

describe('a permission that this program does not know', () => {
	test('is an alarm with its name until it is declared, and a warning after that', () => {
		expect(driftOf(key, live)).toEqual([
			{field: 'permissions', declared: 'read, trade', live: 'read, trade, onchain', alarm: true},
		]);
		expect(findings(key, 0)).toEqual([
			{
				id: 'unknown-permission',
				severity: 'bad',
				text: 'has the permission onchain on the exchange, which okx-keys does not know and which is not declared here',
			},
		]);
		const accepted = {...key, permissions: live.permissions};
		expect(driftOf(accepted, live)).toEqual([]);
		expect(findings({...accepted, lastTest: {...lastTest, ok: true, code: 0}}, 0)).toMatchObject([
			{
				id: 'unknown-permission',
				severity: 'warn',
				text: 'has the permission onchain, and okx-keys does not know what it allows',
			},
		]);
	});

	test('stands beside an alarm over a known one, and in what its holder can do', () => {
		expect(findings({...key, permissions: ['read']}, 0).map(({id}) => id)).toEqual([
			'permission-added',
			'unknown-permission',
		]);
		expect(blastRadius(key, live)).toBe(
			'can place orders, move funds between own accounts and do what onchain allows, ' +
				'which okx-keys does not know, from 1 address',
		);
	});
});

describe('the account that a key really belongs to', () => {
	const sub: LiveKey = {...live, permissions: ['read', 'trade'], uid: '45', mainUid: '44'};
	const seen = (account: Parameters<typeof storedKey>[0] & {}) =>
		findings({...key, lastTest: {...lastTest, ok: true, code: 0, live: sub}, ...account}, 0);

	test('sub-account-unnoticed: is a finding where a main account was declared and the exchange says otherwise', () => {
		expect(seen({account: {kind: 'main'}})).toEqual([
			{
				id: 'other-account',
				severity: 'bad',
				text: 'belongs to another account than is declared here: sub-account, uid 45 of 44; declared: main account',
			},
		]);
		// A test notes the number; the kind stays as declared.
		expect(seen({account: {kind: 'main', uid: '45', mainUid: '44'}}).map(({id}) => id)).toEqual(['other-account']);
	});

	test.each([
		['another number', {kind: 'sub', uid: '46'}, ['other-account']],
		['another main account above it', {kind: 'sub', subAccount: 'quantdesk01', mainUid: '43'}, ['other-account']],
		['what is declared', {kind: 'sub', subAccount: 'quantdesk01', mainUid: '44', uid: '45'}, []],
		['nothing more than the kind', {kind: 'sub'}, []],
	] as const)('is compared by what is declared: %s', (_, account, ids) => {
		expect(seen({account}).map(({id}) => id)).toEqual(ids);
	});
});
