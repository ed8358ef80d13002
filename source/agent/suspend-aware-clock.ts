export type Clocks = {
	/** Only grows, but may stand still during suspend; ms. */
	readonly monotonic: () => number;
	/** ms since 1970; can be set at any time. */
	readonly wall: () => number;
};

const jumpMs = 1000;

/**
 * Returns ms since its creation: a jump of the wall clock ahead counts as suspend, one back is ignored. Each pair of
 * reads is judged by itself, so that jumps do not cancel each other out.
 */
export function createElapsedClock({monotonic, wall}: Clocks): () => number {
	let passed = 0;
	let last = {monotonic: monotonic(), wall: wall()};
	return () => {
		const now = {monotonic: monotonic(), wall: wall()};
		const [steady, shown] = [now.monotonic - last.monotonic, now.wall - last.wall];
		passed += shown > steady + jumpMs ? shown : steady;
		last = now;
		return passed;
	};
}
