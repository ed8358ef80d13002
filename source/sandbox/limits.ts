import type {RateLimit} from '../exchange/endpoint.ts';

/**
 * Counts calls in a sliding window. `now` is any clock that never goes back, in ms: a limit must hold even when the
 * exchange's own time is set.
 */
export function createLimits(now: () => number): (endpoint: string, limit: RateLimit, caller: string) => boolean {
	const calls = new Map<string, number[]>();

	/** Whether a call is still within the limit; if so it is counted. */
	return (endpoint, {count, windowMs}, caller) => {
		const name = `${endpoint} ${caller}`;
		const recent = (calls.get(name) ?? []).filter(time => time > now() - windowMs);
		const allowed = recent.length < count;
		if (allowed) recent.push(now());
		calls.set(name, recent);
		return allowed;
	};
}
