export type Timing = {
	readonly attemptMs: number;
	/** A whole call with all its attempts and pages, from when the rate limiter lets it through. */
	readonly totalMs: number;
	/** ms before the second attempt, the third, and so on; there is no attempt after the last pause. */
	readonly pauses: readonly number[];
};

export const standardTiming: Timing = {attemptMs: 10_000, totalMs: 15_000, pauses: [200, 800]};
