import {expect, test} from 'vitest';
import {backOffAfter, isThrottled, pauseAfter, retryAfter} from '../../source/exchange/http/retry.ts';
import {createLimits} from '../../source/sandbox/limits.ts';

const limit = {count: 2, windowMs: 1000, per: 'user'} as const;

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
	['99999999', 429, 86_400_000],
	['Fri, 02 Jan 2026 03:00:05 GMT', 429, 5000],
	['Fri, 02 Jan 2026 02:00:00 GMT', 429, 0],
	['soon', 429, undefined],
	['-1x', 429, undefined],
	['3', 200, undefined],
])('Retry-After: %s with HTTP %i means %j ms', (value, status, ms) => {
	const response = new Response('', {status, headers: {'retry-after': value}});
	expect(retryAfter(response, () => Date.parse('2026-01-02T03:00:00Z')).retryAfterMs).toBe(ms);
});

test('a call too many is tried again after a pause, and never after an hour', () => {
	const host = 'h';
	for (const failure of [
		{kind: 'code', exchangeCode: '50011', httpStatus: 200, host},
		{kind: 'code', exchangeCode: '50061', httpStatus: 200, host},
		{kind: 'web-page', httpStatus: 429, host},
	] as const) {
		expect(isThrottled(failure)).toBe(true);
		expect(pauseAfter(failure, 0)).toBeGreaterThan(0);
		expect(pauseAfter(failure, 2)).toBeUndefined();
		expect(backOffAfter(failure, 2000)).toBeGreaterThan(2000);
	}

	const long = {kind: 'code', exchangeCode: '50011', httpStatus: 429, retryAfterMs: 3_600_000, host} as const;
	expect([pauseAfter(long, 0), backOffAfter(long, 2000)]).toEqual([undefined, undefined]);
	expect(isThrottled({kind: 'code', exchangeCode: '50113', httpStatus: 401, host})).toBe(false);
});

test('a read is repeated after 200 ms and after 800 ms more, unless the exchange asks for another time', () => {
	const failure = {kind: 'reset', host: 'h'} as const;
	expect([0, 1, 2].map(tried => pauseAfter(failure, tried))).toEqual([200, 800, undefined]);
	expect([500, 2000, 2001].map(retryAfterMs => pauseAfter({...failure, retryAfterMs}, 1))).toEqual([
		800,
		2000,
		undefined,
	]);
	expect([0, 1].map(tried => pauseAfter(failure, tried, [5]))).toEqual([5, undefined]);
});
