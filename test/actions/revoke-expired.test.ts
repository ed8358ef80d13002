import {describe, expect, test} from 'vitest';
import {checkKeys} from '../../source/actions/check.ts';
import {revokeIfExpired} from '../../source/actions/revoke-expired.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {failureOf, fakeContext, wireError} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';

const now = 1_800_000_000_000;
const day = 86_400_000;
const manager = storedKey({
	id: 'm',
	name: 'main',
	permissions: ['read', 'trade'],
	ip: ['127.0.0.1'],
	credential: credentialWith({apiKey: 'main'}),
});
const expired = storedKey({account: {kind: 'sub', subAccount: 'quantdesk01'}, expiresAt: now - day});

function desk(key: Partial<StoredKey> = {}) {
	const fake = fakeContext({keys: [manager, {...expired, ...key}]}, {sandbox: false});
	fake.listed.push({label: 'bot1', apiKey: expired.credential.apiKey, permissions: ['read'], ip: [], createdAt: 1});
	const stored = () => fake.vault.read().keys[1]!;
	return {...fake, stored, revoke: async () => revokeIfExpired(fake.context, stored())};
}

describe('an expired key of a sub-account', () => {
	test('is revoked on the exchange and here, frozen or not', async () => {
		for (const status of ['active', 'frozen'] as const) {
			const {listed, stored, revoke} = desk({status});
			expect(await revoke()).toEqual({outcome: 'revoked'});
			expect(listed).toEqual([]);
			expect(stored().status).toBe('revoked');
		}
	});

	test('is marked as revoked where the exchange no longer has it', async () => {
		const {listed, stored, revoke} = desk();
		listed.length = 0;
		expect(await revoke()).toEqual({outcome: 'already-gone'});
		expect(stored().status).toBe('revoked');
	});

	test('stays, with the reason, where the exchange fails or nothing can manage it', async () => {
		const failing = desk();
		failing.hooks.before = name => {
			if (name === 'deleteSubKey') throw wireError({kind: 'timeout'});
		};
		expect(await failing.revoke()).toMatchObject({outcome: 'failed', error: {exit: 'network'}});
		expect(failing.stored().status).toBe('active');
		const {context, vault} = fakeContext({keys: [expired]}, {sandbox: false});
		expect(await revokeIfExpired(context, vault.read().keys[0]!)).toMatchObject({
			outcome: 'failed',
			error: {code: 'no-managing-key'},
		});
	});

	test('stays where only the clock of this machine is past its date', async () => {
		const {context, listed, stored} = desk({expiresAt: now + day});
		expect(await revokeIfExpired({...context, clock: () => now + 2 * day}, stored())).toBeUndefined();
		expect(listed).toHaveLength(1);
	});
});

test.each([
	['one that has not expired', {expiresAt: now + day}],
	['one without a date', {expiresAt: null}],
	['one of the main account', {account: {kind: 'main'}}],
	['one that is revoked', {status: 'revoked'}],
] as const)('%s is left alone, and nothing is sent for it', async (_, key) => {
	const {calls, revoke} = desk(key);
	expect(await revoke()).toBeUndefined();
	expect(calls).toEqual([]);
});

describe('check', () => {
	test('revokes only on demand, does not test what it revoked, and reports it', async () => {
		const {context, stored, listed, calls} = desk();
		const all = async (revokesExpired: boolean) => {
			const [checked] = await checkKeys(context, [stored()], {revokesExpired, noTouch: true});
			return checked!;
		};
		const before = await all(false);
		expect(before.findings.map(({code, text}) => `${code} ${text}`)).toContainEqual(
			expect.stringContaining('42 is past its expiry date here, 2027-01-14'),
		);
		expect(listed).toHaveLength(1);
		calls.length = 0;
		expect(await all(true)).toMatchObject({
			result: {cause: 'It was past its expiry date, so it was revoked and not tested.', touched: false},
			findings: [{code: 42, text: 'was past its expiry date here, 2027-01-14, and is now revoked on the exchange'}],
			revocation: {outcome: 'revoked'},
		});
		expect(calls).toEqual(['time', 'deleteSubKey']);
	});

	test('reports a key that it could not revoke as an alarm, beside what it finds otherwise', async () => {
		const {context, vault} = fakeContext({keys: [{...expired, status: 'frozen', freeze: {at: now}}]}, {sandbox: false});
		const [checked] = await checkKeys(context, vault.read().keys, {revokesExpired: true});
		expect(checked!.findings.map(({code, isAlarm}) => [code, isAlarm])).toEqual([
			[2, true],
			[42, true],
			[26, false],
		]);
		expect(checked).toMatchObject({revocation: {outcome: 'failed'}});
	});

	test('changes nothing under --readonly', async () => {
		const {context, stored, listed} = desk();
		expect(await failureOf(checkKeys({...context, readonly: true}, [stored()], {revokesExpired: true}))).toBe('none');
		expect(listed).toHaveLength(1);
	});
});
