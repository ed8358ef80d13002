import {describe, expect, test} from 'vitest';
import {createElapsedClock} from '../../source/agent/suspend-aware-clock.ts';
import {keyring, mostVaults} from '../../source/agent/keyring.ts';
import {newKey} from './world.ts';

const minute = 60_000;

/** Two clocks that a test sets. */
function watch() {
	const now = {monotonic: 500, wall: 1_700_000_000_000};
	const elapsed = createElapsedClock({monotonic: () => now.monotonic, wall: () => now.wall});
	return {
		elapsed,
		pass(ms: number) {
			now.monotonic += ms;
			now.wall += ms;
		},
		/** The monotonic clock of Linux stands still meanwhile. */
		sleep(ms: number) {
			now.wall += ms;
		},
		setWall(ms: number) {
			now.wall += ms;
		},
	};
}

describe('time that has passed', () => {
	test('is that of both clocks when they agree', () => {
		const {elapsed, pass} = watch();
		pass(1234);
		expect(elapsed()).toBe(1234);
	});

	test('counts the sleep of the machine, which only the wall clock has seen', () => {
		const {elapsed, pass, sleep} = watch();
		pass(minute);
		sleep(60 * minute);
		expect(elapsed()).toBe(61 * minute);
	});

	test('wall-clock-jump: a clock set back does not make it younger, nor does it pay for a sleep later', () => {
		const {elapsed, pass, sleep, setWall} = watch();
		pass(minute);
		setWall(-600 * minute);
		expect(elapsed()).toBe(minute);
		sleep(60 * minute);
		expect(elapsed()).toBe(61 * minute);
	});

	test('does not run faster because it is looked at often, between the ticks of a coarse wall clock', () => {
		let now = 0;
		const elapsed = createElapsedClock({monotonic: () => now, wall: () => Math.floor(now)});
		for (; now < 1000; now += 0.25) elapsed();
		expect(elapsed()).toBe(1000);
	});
});

describe('a kept key', () => {
	function kept(idleMs: number, maxMs: number) {
		const clock = watch();
		const ring = keyring(clock.elapsed);
		const {vault, key} = newKey();
		ring.put(vault, key, {idleMs, maxMs});
		return {...clock, ring, vault, key};
	}

	test('is given until it was not asked for so long, and each use begins that anew', () => {
		const {ring, vault, key, pass} = kept(15 * minute, 480 * minute);
		for (let use = 0; use < 10; use++) {
			pass(15 * minute - 1);
			expect(ring.get(vault)).toEqual(key);
		}

		pass(15 * minute);
		expect(ring.get(vault)).toBeUndefined();
	});

	test('is forgotten after its longest time however often it is used', () => {
		const {ring, vault, pass} = kept(15 * minute, 60 * minute);
		for (let use = 0; use < 6; use++) {
			expect(ring.get(vault)).toBeDefined();
			pass(10 * minute);
		}

		expect(ring.get(vault)).toBeUndefined();
	});

	test('does not outlive its time on a machine that slept', () => {
		const {ring, vault, sleep} = kept(15 * minute, 480 * minute);
		sleep(16 * minute);
		expect(ring.get(vault)).toBeUndefined();
	});

	test('wall-clock-jump: is not kept longer by a clock set back every minute', () => {
		const {ring, vault, pass, setWall} = kept(15 * minute, 480 * minute);
		for (let index = 0; index < 15; index++) {
			pass(minute);
			setWall(-minute);
			ring.expire();
		}

		expect(ring.get(vault)).toBeUndefined();
	});

	test('is not used by a report, which says what is left and never the key', () => {
		const {ring, vault, pass} = kept(15 * minute, 20 * minute);
		pass(10 * minute);
		expect(ring.expire()).toEqual([{vault, idleLeftMs: 5 * minute, leftMs: 10 * minute}]);
		ring.get(vault);
		expect(ring.expire()).toEqual([{vault, idleLeftMs: 10 * minute, leftMs: 10 * minute}]);
	});

	test('is a copy: wiping what was given in or out does not change it', () => {
		const {ring, vault, key} = kept(minute, minute);
		const original = Buffer.from(key);
		key.fill(0);
		ring.get(vault)!.fill(0);
		expect(ring.get(vault)).toEqual(original);
	});

	test('gives way to a newer one of the same vault, but not to one vault too many', () => {
		const {ring, vault} = kept(minute, minute);
		const newer = newKey().key;
		expect(ring.put(vault, newer, {idleMs: minute, maxMs: minute})).toBe(true);
		expect(ring.get(vault)).toEqual(newer);
		for (let count = 1; count < mostVaults; count++)
			expect(ring.put(newKey().vault, newer, {idleMs: minute, maxMs: minute})).toBe(true);
		expect(ring.put(newKey().vault, newer, {idleMs: minute, maxMs: minute})).toBe(false);
		expect(ring.put(vault, newer, {idleMs: minute, maxMs: minute})).toBe(true);
		expect(ring.forgetAll()).toBe(mostVaults);
		expect(ring.expire()).toEqual([]);
	});
});
