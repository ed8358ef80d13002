import type {RateLimit} from '../endpoint.ts';

/** Gives a turn back once the call has been answered or given up: from then on its window runs. */
export type Release = () => void;

/**
 * Spaces calls out so that the exchange's limits hold. A caller is whoever a limit counts: an address, or an account.
 */
export type RateLimiter = {
	/**
	 * Waits for a call's turn under the limit of each of the callers it may count against. Rejects with the signal's
	 * reason. What is given must be called once the call has ended.
	 */
	readonly acquire: (callers: readonly string[], limit: RateLimit, signal?: AbortSignal) => Promise<Release>;
	/**
	 * Lets nothing of these callers go out for so many ms, or for as long as an earlier hold still lasts: the
	 * exchange has refused a call for coming too soon.
	 */
	readonly backOff: (callers: readonly string[], ms: number) => void;
};

type Caller = {
	inFlight: number;
	/** When its last calls ended. */
	ended: readonly number[];
	heldUntil: number;
	/** Told when a call ends. */
	waiting: (() => void)[];
};

/** What a window is made longer by, for clocks do not all run equally fast. */
const leeway = 1.01;

/**
 * A sliding window for each caller, counted from the end of a call: the exchange counts when a call arrives, which
 * nobody here knows, but it was before its answer. `now` never goes back; ms.
 */
export function createRateLimiter(now: () => number): RateLimiter {
	const callers = new Map<string, Caller>();

	function callerNamed(name: string): Caller {
		const known = callers.get(name) ?? {inFlight: 0, ended: [], heldUntil: -Infinity, waiting: []};
		callers.set(name, known);
		return known;
	}

	/** ms until a caller may call again; Infinity while that depends on a call that has not ended. */
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

/** Resolves after some ms, or for Infinity when a call of the caller ends; at once on an abort. */
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
