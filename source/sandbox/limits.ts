import type {RateLimit} from '../exchange/endpoint.ts';

/** A sliding window; `now` never goes back, ms: a limit must hold even if the exchange's own time is set. */
export function createLimits(now: () => number): (endpoint: string, limit: RateLimit, caller: string) => boolean {
	const calls = new Map<string, number[]>();

	/** Whether a call is within the limit; if so, it is counted. */
	return (endpoint, {count, windowMs}, caller) => {
		const name = `${endpoint} ${caller}`;
		const recent = (calls.get(name) ?? []).filter(time => time > now() - windowMs);
		const allowed = recent.length < count;
		if (allowed) recent.push(now());
		calls.set(name, recent);
		return allowed;
	};
}
