import {expect, test} from 'vitest';
import {createSemaphore} from '../../source/exchange/http/semaphore.ts';

test('so many are let through at once, the others in the order in which they came', async () => {
	const gate = createSemaphore(2);
	const inside: number[] = [];
	const releases: (() => void)[] = [];
	const all = Array.from({length: 5}, async (_, index) => {
		releases.push(await gate());
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

test('whoever does not want to wait any more goes, and the place stays for the next', async () => {
	const gate = createSemaphore(1);
	const release = await gate();
	const stop = new AbortController();
	const gone = gate(stop.signal).then(
		() => 'in',
		(error: unknown) => error,
	);
	const next = gate();
	const reason = new Error('enough');
	stop.abort(reason);
	expect(await gone).toBe(reason);
	release();
	(await next)();
	(await gate())();
});

test('whoever is stopped at the very moment of being let through loses the place to nobody', async () => {
	const gate = createSemaphore(1);
	const release = await gate();
	const stop = new AbortController();
	const waiting = gate(stop.signal);
	release();
	stop.abort();
	(await waiting)();
	(await gate())();
});
