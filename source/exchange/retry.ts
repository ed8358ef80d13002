import type {WireFailure} from '../core/diagnosis.ts';
import type {RateLimit} from './endpoints.ts';

/** Before the second and the third attempt; ms. */
const pauses = [200, 800] as const;
/** The longest that we wait because the exchange asks us to; beyond it a person decides; ms. */
const patienceMs = 2000;
const longestRetryAfterMs = 3_600_000;

/** How long to wait before the next attempt, or undefined when there is to be none. */
export function pauseAfter({kind, exchangeCode, httpStatus = 0, retryAfterMs}: WireFailure, tried: number): number | undefined {
	const pause = pauses[tried];
	if (pause === undefined) return undefined;
	if (retryAfterMs !== undefined) return retryAfterMs <= patienceMs ? Math.max(retryAfterMs, pause) : undefined;
	return kind === 'reset' || exchangeCode === '50013' || httpStatus >= 500 ? pause : undefined;
}

/** Retry-After as seconds or as a date (RFC 9110 §10.2.3). */
export function retryAfter({headers, status}: Response, clock: () => number): {readonly retryAfterMs?: number} {
	const value = headers.get('retry-after');
	if (value === null || (status !== 429 && status < 500)) return {};
	const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock();
	return Number.isNaN(ms) ? {} : {retryAfterMs: Math.min(Math.max(ms, 0), longestRetryAfterMs)};
}

/** A little more than the window, for calls do not all travel equally fast; ms. */
const leewayMs = 50;

/**
 * Spaces calls out so that the exchange's limits hold, for what is refused must not be repeated. Gives how long the
 * caller has to wait, in ms, and counts its call from then on. `now` never goes back.
 */
export function createPace(now: () => number): (caller: string, limit: RateLimit) => number {
	const starts = new Map<string, readonly number[]>();
	return (caller, {count, windowMs}) => {
		const recent = starts.get(caller) ?? [];
		const time = now();
		const start = Math.max(time, (recent.at(-count) ?? -Infinity) + windowMs + leewayMs);
		starts.set(caller, [...recent, start].slice(-count));
		return start - time;
	};
}
