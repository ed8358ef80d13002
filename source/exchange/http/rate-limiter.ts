import type {RateLimit} from '../endpoint.ts';

/** Ends a turn; its window runs from then on. */
export type Release = () => void;

/** A caller is what a limit counts: an address, or an account. */
export type RateLimiter = {
	/**
	 * Waits until the limits of all callers admit the call; rejects with the signal's reason. The release must be
	 * called once the call has ended.
	 */
	readonly acquire: (callers: readonly string[], limit: RateLimit, signal?: AbortSignal) => Promise<Release>;
	/** Holds these callers back for `ms`, or for as long as an earlier hold still lasts. */
	readonly backOff: (callers: readonly string[], ms: number) => void;
};

type Caller = {
	inFlight: number;
	ended: readonly number[];
	heldUntil: number;
	waiting: (() => void)[];
};

/** Windows are made longer by this factor: clocks do not all run equally fast. */
const leeway = 1.01;

/**
 * Counts from the end of a call, since the exchange counts from its arrival, which was earlier. `now` never goes back;
 * ms.
 */
export function createRateLimiter(now: () => number): RateLimiter {
	const callers = new Map<string, Caller>();

	function callerNamed(name: string): Caller {
		const known = callers.get(name) ?? {inFlight: 0, ended: [], heldUntil: -Infinity, waiting: []};
		callers.set(name, known);
		return known;
	}

	/** ms; Infinity while it depends on a call that has not ended. */
	function waitOf(caller: Caller, {count, windowMs}: RateLimit): number {
		const time = now();
		const held = Math.max(0, caller.heldUntil - time);
		const free = count - caller.inFlight;
		if (free <= 0) return Infinity;
		const oldest = caller.ended.at(-free);
		return oldest === undefined ? held : Math.max(held, oldest + windowMs * leeway - time);
	}

	return {
		async acquire(names, limit, signal) {
			const asked = names.map(name => callerNamed(name));
			for (;;) {
				signal?.throwIfAborted();
				const waits = asked.map(caller => waitOf(caller, limit));
				const longest = Math.max(...waits);
				if (longest <= 0) break;
				await until(asked[waits.indexOf(longest)]!, longest, signal);
			}

			for (const caller of asked) caller.inFlight++;
			return () => {
				for (const caller of asked) {
					caller.inFlight--;
					caller.ended = [...caller.ended, now()].slice(-limit.count);
					for (const wake of caller.waiting.splice(0)) wake();
				}
			};
		},
		backOff(names, ms) {
			for (const caller of names.map(name => callerNamed(name)))
				caller.heldUntil = Math.max(caller.heldUntil, now() + ms);
		},
	};
}

async function until(caller: Caller, ms: number, signal: AbortSignal | undefined): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	const timer = ms === Infinity ? undefined : setTimeout(resolve, ms);
	if (timer === undefined) caller.waiting.push(resolve);
	const stop = () => {
		resolve();
	};
	signal?.addEventListener('abort', stop);
	await promise;
	signal?.removeEventListener('abort', stop);
	clearTimeout(timer);
}
