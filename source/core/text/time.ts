import {units} from './duration.ts';

export const dayMs = 86_400_000;

/**
 * A time as 2026-01-31T12:34:56.789Z; `unknown` where it is none that a calendar has, for vaults and files may hold
 * any number. Never throws.
 */
export function formatTime(at: number): string {
	const date = new Date(at);
	const year = date.getUTCFullYear();
	// Beyond these the form is another one.
	return year >= 0 && year <= 9999 ? date.toISOString() : 'unknown';
}

/** As `formatTime`, to the minute: 2026-01-31 12:34. In UTC. */
export function formatMinute(at: number): string {
	return formatTime(at).slice(0, 16).replace('T', ' ');
}

/** As `formatTime`, its day: 2026-01-31. In UTC. */
export function formatDay(at: number): string {
	return formatTime(at).slice(0, 10);
}

/** Before this year no key of the exchange was made: it opened in 2017. */
const firstYear = 2017;

/** Whether a date of a key can be right: from the exchange's first year until tomorrow, since clocks differ. */
export function isPlausibleDate(at: number, now: number): boolean {
	return at >= Date.UTC(firstYear, 0) && at <= now + dayMs;
}

/** How long ago, in one unit: `now`, `5m`, `3h`, `12d`. A time in the future reads as `now`: clocks jump. */
export function ago(then: number, now: number): string {
	const passed = now - then;
	for (const [unit, span] of units) {
		if (passed >= span && !(unit === 's' && passed < 5000)) return `${Math.floor(passed / span)}${unit}`;
	}

	return 'now';
}
