import {describe, expect, test} from 'vitest';
import {daysLeft} from '../../source/core/health/idle.ts';

const day = 86_400_000;

describe('the 14 days of an idle key', () => {
	const key = {
		permissions: ['read', 'trade'],
		ip: [],
		environment: 'live',
		type: 'api',
		isTypeTold: true,
		site: 'global',
		lastUsedAt: null,
		createdAt: 0,
	} as const;

	test('count from its last use, else from its creation', () => {
		expect(daysLeft(key, 0)).toBe(14);
		expect(daysLeft(key, 13.5 * day)).toBe(1);
		expect(daysLeft({...key, lastUsedAt: 13 * day}, 14 * day)).toBe(13);
		expect(daysLeft(key, 20 * day)).toBe(0);
		expect(daysLeft({...key, status: 'revoked'}, 0)).toBeNull();
		// A use that is a moment newer than the clock that is asked.
		expect(daysLeft({...key, lastUsedAt: 5000}, 0)).toBe(14);
	});

	test('do not apply to demo keys, read-only keys and keys bound to an address', () => {
		expect(daysLeft({...key, environment: 'demo'}, 0)).toBeNull();
		expect(daysLeft({...key, permissions: ['read']}, 0)).toBeNull();
		expect(daysLeft({...key, ip: ['1.2.3.4']}, 0)).toBeNull();
	});
});
