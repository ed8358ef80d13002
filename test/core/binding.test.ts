import {describe, expect, test} from 'vitest';
import {bindingOf, ipWord, purposeOf} from '../../source/core/health/binding.ts';
import {blastRadius} from '../../source/core/health/blast-radius.ts';
import {driftOf} from '../../source/core/health/drift.ts';
import {findings} from '../../source/core/health/findings.ts';
import type {LiveKey, StoredKey} from '../../source/core/key/key.ts';
import {idleWord, idleWords, lifetimeOf} from '../../source/core/health/lifetime.ts';
import {violations} from '../../source/core/health/policy.ts';
import {daysLeft} from '../../source/core/health/idle.ts';
import {storedKey} from '../helpers/keys.ts';

const dayMs = 86_400_000;
const live: LiveKey = {permissions: ['read', 'trade'], ip: [], label: 'bot1', uid: '1', mainUid: '1', kycLv: '2'};
const lastTest = {at: 0, ok: true, code: 0, cause: '', latencyMs: 1, live};
/** A trading key of which the exchange tells no IP list. */
const key = (wanted: Partial<StoredKey> = {}) => storedKey({permissions: ['read', 'trade'], lastTest, ...wanted});
const untold = (wanted: Partial<StoredKey> = {}) => key({isTypeTold: false, ...wanted});
const ids = (some: StoredKey, now = 0) => findings(some, now).map(({id}) => id);

describe('whether a key is bound to addresses', () => {
	test.each<[string, StoredKey, string, string]>([
		[
			'has a list on the exchange',
			untold({lastTest: {...lastTest, live: {...live, ip: ['203.0.113.7']}}}),
			'bound',
			'1',
		],
		['has a declared list, and was never tested', untold({ip: ['203.0.113.7'], lastTest: null}), 'bound', '1'],
		['is for own trading and has none', key(), 'unbound', 'none!'],
		['was made by the embedded exchange and has none', untold({site: 'sandbox'}), 'unbound', 'none!'],
		['had a declared list, which vanished from the exchange', untold({ip: ['203.0.113.7']}), 'unbound', '1'],
		['only reads, and has none', key({permissions: ['read']}), 'unbound', 'any'],
		['is for a third-party app, whose list the exchange does not tell', key({type: 'app'}), 'unknown', '?'],
		[
			'was made by a call for a third-party app, which links none',
			key({type: 'app', isMadeByApi: true}),
			'unbound',
			'none!',
		],
		['is for an unknown purpose', untold(), 'unknown', '?'],
		[
			'is of a vault of an earlier version',
			Object.fromEntries(Object.entries(key()).filter(([name]) => name !== 'isTypeTold')) as StoredKey,
			'unknown',
			'?',
		],
	])('one that %s', (_, some, binding, word) => {
		expect([bindingOf(some), ipWord(some)]).toEqual([binding, word]);
	});

	test('made-by-a-call: has its days counted, and its list compared, whatever it is for', () => {
		const made = key({type: 'app', isMadeByApi: true});
		expect(lifetimeOf(made, 0).idle).toMatchObject({daysLeft: 14, isCertain: true});
		expect(driftOf({...made, ip: ['203.0.113.7']}, live)).toMatchObject([{field: 'ip', alarm: true}]);
	});

	test('app-key-accused: where it is not known, there is no alarm, no certain countdown and no open door', () => {
		for (const some of [untold(), key({type: 'app'})]) {
			expect(ids(some, 12 * dayMs)).not.toContain('no-ip-allowlist');
			expect(daysLeft(some, 0)).toBeNull();
			expect(blastRadius(some, live)).not.toMatch(/from any IP$/);
		}

		expect(ids(key(), 12 * dayMs)).toEqual(['no-ip-allowlist', 'expiring']);
		expect(ids(key({type: 'app'}), 12 * dayMs)).toEqual([]);
		expect(
			findings(key({type: 'app', lastTest: {...lastTest, live: {...live, permissions: ['read', 'withdraw']}}}), 0).find(
				({id}) => id === 'can-withdraw',
			)?.severity,
		).toBe('warn');
	});

	test('the purpose is asked for until it is told, and the days are told with an if', () => {
		expect(findings(untold(), 12 * dayMs)).toEqual([
			{
				id: 'expiring',
				severity: 'warn',
				text: 'the exchange deletes it in 2 days if nothing uses it and no third-party app is linked to it',
			},
			{
				id: 'ip-allowlist-unknown',
				severity: 'warn',
				text: 'may be open to any address: whether it is for own trading or for a third-party app was never declared',
			},
		]);
		expect(idleWords(lifetimeOf(untold(), 0), 0)).toMatch(/^if no third-party app is linked to it: 14 of 14, /);
		expect([untold(), key(), key({type: 'app'})].map(some => idleWord(lifetimeOf(some, 5 * dayMs)))).toEqual([
			'9?',
			'9',
			'-',
		]);
		expect(idleWords(lifetimeOf(key({type: 'app'}), 0), 0)).toBe('no limit while its third-party app is linked to it');
		for (const told of [key(), key({type: 'app'}), untold({permissions: ['read'], lastTest: null})])
			expect(ids(told)).not.toContain('ip-allowlist-unknown');
		expect(purposeOf(untold())).toBe('unknown');
	});
});

describe('a list that the exchange does not tell', () => {
	test('is no drift of the key of an app, and an alarm of one for own trading', () => {
		expect(driftOf(key({type: 'app', ip: ['203.0.113.7']}), live)).toMatchObject([]);
		expect(driftOf(key({ip: ['203.0.113.7']}), live)).toMatchObject([{field: 'ip', live: 'any address', alarm: true}]);
	});

	test('breaks a policy that wants one only where it is known to be missing, or where its purpose is not told', () => {
		const broken = (some: StoredKey) => violations({tradeNeedsIp: true}, some, live, 0);
		expect(broken(key())).toEqual(['can trade from any address, and an IP list is required']);
		expect(broken(untold())).toEqual([
			'can trade, must have an IP list, and the exchange reports none: say whether it is for a third-party app',
		]);
		expect(broken(key({type: 'app'}))).toEqual([]);
	});
});
