import {createContext} from 'react';

/** Something to do at a moment of the clock. */
export type Alarm = {
	/** ms since 1970; asked anew at each look, and later than it once the alarm has rung. */
	readonly dueAt: () => number;
	/** From when on it rings already if another one wakes the program up; without it, not before it is due. */
	readonly readyAt?: () => number;
	readonly ring: () => void;
};

/** Alarms that share one timer, so that the program wakes up as seldom as it can. */
export type Alarms = {
	/** ms since 1970. */
	readonly clock: () => number;
	/** Returns the function that removes it. */
	readonly add: (alarm: Alarm) => () => void;
	/** Rings what is due. Nothing tells that the machine slept or its clock was set, so input is a time to look. */
	readonly look: () => void;
};

/** How long an alarm may be late by such a clock, ms. */
const longestMs = 60_000;

export function createAlarms(clock: () => number): Alarms {
	const alarms = new Set<Alarm>();
	let timer: NodeJS.Timeout | undefined;
	let firesAt = Infinity;

	const stop = () => {
		clearTimeout(timer);
		firesAt = Infinity;
	};
	const wind = () => {
		if (alarms.size === 0) return stop();
		const now = clock();
		let due = now + longestMs;
		for (const alarm of alarms) due = Math.min(due, alarm.dueAt());
		// A timer that fires before it is needed only winds itself again.
		if (firesAt <= due && firesAt > now) return;
		clearTimeout(timer);
		firesAt = due;
		timer = setTimeout(
			() => {
				firesAt = Infinity;
				ring(true);
			},
			// Timers count in whole milliseconds, and one that is early by a part of one would fire twice.
			Math.max(0, due - now) + 1,
		);
	};
	const ring = (isEarlyToo: boolean) => {
		const now = clock();
		for (const alarm of alarms) {
			const isReady = isEarlyToo && alarm.readyAt !== undefined && alarm.readyAt() <= now;
			if (isReady || alarm.dueAt() <= now) alarm.ring();
		}

		wind();
	};

	return {
		clock,
		add(alarm) {
			alarms.add(alarm);
			wind();
			return () => {
				alarms.delete(alarm);
				if (alarms.size === 0) stop();
			};
		},
		look() {
			ring(false);
		},
	};
}

export const AlarmsContext = createContext(createAlarms(Date.now));
