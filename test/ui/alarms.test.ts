import {expect, test, vi} from 'vitest';
import {createAlarms} from '../../source/ui/timing/alarms.ts';
import {stopTime} from '../helpers/time.ts';

function every(ms: number, start = Date.now()) {
	let last = start;
	const rung: number[] = [];
	return {
		rung,
		alarm: {
			dueAt: () => last + ms,
			ring() {
				last = Date.now();
				rung.push(last - start);
			},
		},
	};
}

test('an alarm rings when it is due, and not once it is removed', async () => {
	stopTime();
	const alarms = createAlarms(Date.now);
	const {alarm, rung} = every(1000);
	const remove = alarms.add(alarm);
	await vi.advanceTimersByTimeAsync(999);
	expect(rung).toEqual([]);
	await vi.advanceTimersByTimeAsync(2);
	expect(rung).toEqual([1001]);
	remove();
	expect(vi.getTimerCount()).toBe(0);
});

test('what is done about every minute wakes nobody up a second time beside a countdown in minutes', async () => {
	stopTime();
	const alarms = createAlarms(Date.now);
	// Not by spyOn: a later test that restores all spies would bring back the timers of this test.
	const timeouts = vi.fn(globalThis.setTimeout);
	globalThis.setTimeout = timeouts;
	const countdown = every(60_000);
	alarms.add(countdown.alarm);
	await vi.advanceTimersByTimeAsync(50_000);
	const ages = every(75_000);
	const begun = Date.now();
	let agesAt = begun;
	alarms.add({
		dueAt: () => agesAt + 75_000,
		readyAt: () => agesAt + 15_000,
		ring() {
			agesAt = Date.now();
			ages.rung.push(agesAt);
		},
	});
	timeouts.mockClear();
	await vi.advanceTimersByTimeAsync(10 * 60_000);
	expect(ages.rung).toHaveLength(9);
	expect(timeouts.mock.calls.length).toBeLessThanOrEqual(11);
});

test('after the machine has slept, what is due rings with the next input, or within a minute', async () => {
	stopTime();
	const alarms = createAlarms(Date.now);
	const lock = every(600_000);
	alarms.add(lock.alarm);
	vi.setSystemTime(Date.now() + 3_600_000);
	alarms.look();
	expect(lock.rung).toEqual([3_600_000]);
	vi.setSystemTime(Date.now() + 3_600_000);
	await vi.advanceTimersByTimeAsync(60_001);
	expect(lock.rung).toEqual([3_600_000, 7_260_001]);
});
