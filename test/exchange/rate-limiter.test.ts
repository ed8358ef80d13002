import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createRateLimiter} from '../../source/exchange/http/rate-limiter.ts';
import {createLimits} from '../../source/sandbox/limits.ts';

const limit = {count: 2, windowMs: 1000, per: 'user'} as const;

beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
});
afterEach(() => {
	vi.useRealTimers();
});

/** Makes calls that take some ms each, and notes when each began. */
async function calls(
	rateLimiter: ReturnType<typeof createRateLimiter>,
	callers: readonly (readonly string[])[],
	ms: number,
): Promise<number[]> {
	const began: number[] = [];
	const start = performance.now();
	const all = Promise.all(
		callers.map(async names => {
			const release = await rateLimiter.acquire(names, limit);
			began.push(Math.floor((performance.now() - start) / 10) * 10);
			setTimeout(release, ms);
		}),
	);
	await vi.advanceTimersByTimeAsync(60_000);
	await all;
	return began;
}

test('calls beyond a limit wait until the window of an earlier one is over, each caller for itself', async () => {
	const rateLimiter = createRateLimiter(() => performance.now());
	expect(await calls(rateLimiter, [['a'], ['a'], ['b'], ['a'], ['a'], ['a']], 0)).toEqual([0, 0, 0, 1010, 1010, 2020]);
});

test('the window begins when a call has ended, for the time of its arrival is unknown', async () => {
	const rateLimiter = createRateLimiter(() => performance.now());
	expect(await calls(rateLimiter, [['a'], ['a'], ['a']], 300)).toEqual([0, 0, 1310]);
});

test('a call that may be of several accounts waits for each of them, and counts against each', async () => {
	const rateLimiter = createRateLimiter(() => performance.now());
	expect(await calls(rateLimiter, [['a'], ['a'], ['a', 'b'], ['b'], ['b']], 0)).toEqual([0, 0, 0, 0, 1010]);
});

test('a call that is held back waits that long', async () => {
	const rateLimiter = createRateLimiter(() => performance.now());
	rateLimiter.backOff(['a'], 5000);
	expect(await calls(rateLimiter, [['a'], ['b']], 0)).toEqual([0, 5000]);
});

test('shorter-hold-ends-a-longer-one: the longest hold counts, whichever came last', async () => {
	const rateLimiter = createRateLimiter(() => performance.now());
	rateLimiter.backOff(['a'], 5000);
	rateLimiter.backOff(['a'], 50);
	expect(await calls(rateLimiter, [['a'], ['b']], 0)).toEqual([0, 5000]);
});

test('a call that is aborted while it waits ends at once, and takes no turn', async () => {
	const rateLimiter = createRateLimiter(() => performance.now());
	await calls(rateLimiter, [['a'], ['a']], 0);
	for (const _ of [1, 2]) await rateLimiter.acquire(['a'], limit);
	const controller = new AbortController();
	const waiting = rateLimiter.acquire(['a'], limit, controller.signal).then(
		() => 'a turn',
		(error: unknown) => error,
	);
	const reason = new Error('enough');
	controller.abort(reason);
	expect(await waiting).toBe(reason);
});

test('what our rate limiter lets through is within the exchange’s limits, however late a call arrives', async () => {
	const sleep = async (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
	const short = {count: 3, windowMs: 60, per: 'user'} as const;
	const rateLimiter = createRateLimiter(() => performance.now());
	const isWithinLimit = createLimits(() => performance.now());
	const all = Promise.all(
		Array.from({length: 30}, async (_, index) => {
			const release = await rateLimiter.acquire([`account ${index % 2}`], short);
			await sleep((index * 7) % 20);
			const isAllowed = isWithinLimit('endpoint', short, `account ${index % 2}`);
			await sleep((index * 5) % 10);
			release();
			return isAllowed;
		}),
	);
	await vi.advanceTimersByTimeAsync(60_000);
	expect(await all).toEqual(Array.from({length: 30}, () => true));
});
