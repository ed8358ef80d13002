/** How long calls are waited for, and what lies between their attempts; ms. */
export type Timing = {
	/** One attempt at most. */
	readonly attemptMs: number;
	/** A whole call at most, with all its attempts and pages, from when the limits let it go out. */
	readonly totalMs: number;
	/** Before the second attempt, before the third, and so on; after the last of them there is no other. */
	readonly pauses: readonly number[];
};

export const standardTiming: Timing = {attemptMs: 10_000, totalMs: 15_000, pauses: [200, 800]};
