import {expect, test} from 'vitest';
import {createSemaphore} from '../../source/exchange/http/semaphore.ts';

test('so many are let through at once, the others in the order in which they came', async () => {
	const acquire = createSemaphore(2);
	const inside: number[] = [];
	const releases: (() => void)[] = [];
	const all = Array.from({length: 5}, async (_, index) => {
		releases.push(await acquire());
		inside.push(index);
	});
	await Promise.resolve();
	while (inside.length < 5) {
		expect(releases.length).toBeLessThanOrEqual(2);
		releases.shift()!();
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}

	await Promise.all(all);
	expect(inside).toEqual([0, 1, 2, 3, 4]);
});

test('a caller that stops waiting leaves its turn to the next one', async () => {
	const acquire = createSemaphore(1);
	const release = await acquire();
	const stop = new AbortController();
	const gone = acquire(stop.signal).then(
		() => 'in',
		(error: unknown) => error,
	);
	const next = acquire();
	const reason = new Error('enough');
	stop.abort(reason);
	expect(await gone).toBe(reason);
	release();
	(await next)();
	(await acquire())();
});

test('a caller that is stopped at the very moment of its turn hands that turn on', async () => {
	const acquire = createSemaphore(1);
	const release = await acquire();
	const stop = new AbortController();
	const waiting = acquire(stop.signal);
	release();
	stop.abort();
	(await waiting)();
	(await acquire())();
});
