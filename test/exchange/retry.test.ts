import {expect, test} from 'vitest';
import {createPace, retryAfter} from '../../source/exchange/retry.ts';
import {createLimits} from '../../source/sandbox/limits.ts';

const limit = {count: 2, windowMs: 1000, per: 'user'} as const;

test('calls beyond a limit wait for their turn, each caller for itself', () => {
	let now = 5000;
	const pace = createPace(() => now);
	expect(['a', 'a', 'b', 'a', 'a', 'a'].map(caller => pace(caller, limit))).toEqual([0, 0, 0, 1050, 1050, 2100]);
	now += 10_000;
	expect(pace('a', limit)).toBe(0);
});

test('what our pace lets through, the limits of the exchange let through', () => {
	let now = 0;
	const pace = createPace(() => now);
	const isWithinLimit = createLimits(() => now);
	for (let call = 0; call < 20; call++) {
		now += pace('a', limit);
		expect(isWithinLimit('endpoint', limit, 'a')).toBe(true);
	}
});

test('a limit slides: it frees one call as soon as the oldest is out of its window', () => {
	let now = 0;
	const isWithinLimit = createLimits(() => now);
	const ask = (time: number) => {
		now = time;
		return isWithinLimit('endpoint', limit, 'a');
	};
	expect([ask(0), ask(900), ask(999), ask(1000), ask(1899), ask(1900)]).toEqual([true, true, false, true, false, true]);
});

test.each([
	['3', 429, 3000],
	['0', 503, 0],
	['99999999', 429, 3_600_000],
	['Fri, 02 Jan 2026 03:00:05 GMT', 429, 5000],
	['Fri, 02 Jan 2026 02:00:00 GMT', 429, 0],
	['soon', 429, undefined],
	['-1x', 429, undefined],
	['3', 200, undefined],
])('Retry-After: %s with HTTP %i means %j ms', (value, status, ms) => {
	const response = new Response('', {status, headers: {'retry-after': value}});
	expect(retryAfter(response, () => Date.parse('2026-01-02T03:00:00Z')).retryAfterMs).toBe(ms);
});
