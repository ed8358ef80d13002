import {t} from '../../language/translate.ts';
import {units} from './duration.ts';

export const dayMs = 86_400_000;

/**
 * Such as 2026-01-31T12:34:56.789Z; `unknown` for a number outside the calendar, because files may contain any. Never
 * throws.
 */
export function formatTime(at: number): string {
	const date = new Date(at);
	const year = date.getUTCFullYear();
	// Outside these years, the format is different.
	return year >= 0 && year <= 9999 ? date.toISOString() : t`unknown`;
}

/** Such as 2026-01-31 12:34, in UTC. */
export function formatMinute(at: number): string {
	return formatTime(at)
		.slice(0, 16)
		.replace(/(?<=\d)T/, ' ');
}

/** Such as 2026-01-31, in UTC. */
export function formatDay(at: number): string {
	return formatTime(at).slice(0, 10);
}

/** The exchange opened in this year. */
const firstYear = 2017;

/** From the exchange's first year until tomorrow, because clocks differ. */
export function isPlausibleDate(at: number, now: number): boolean {
	return at >= Date.UTC(firstYear, 0) && at <= now + dayMs;
}

/** One unit: `now`, `5m`, `3h`, `12d`. A future time is `now`, because clocks jump. */
export function ago(then: number, now: number): string {
	return age(then, now) ?? t`now`;
}

/** Such as `5m ago`, or `just now`. */
export function agoWords(then: number, now: number): string {
	const passed = age(then, now);
	return passed === undefined ? t`just now` : t`${passed} ago`;
}

function age(then: number, now: number): string | undefined {
	const passed = now - then;
	for (const [unit, span] of units) {
		if (passed >= span && !(unit === 's' && passed < 5000)) return `${Math.floor(passed / span)}${unit}`;
	}

	return undefined;
}
