export type Clocks = {
	/** ms that only grow, but may stand still while the machine sleeps. */
	readonly monotonic: () => number;
	/** ms since 1970, which somebody may set. */
	readonly wall: () => number;
};

/** By how much the two clocks may differ over one stretch before it is called a jump, ms. */
const jumpMs = 1000;

/**
 * The ms since it was made, growing at least as fast as either clock: a machine that slept has aged by the wall
 * clock, and a wall clock that was set back counts for nothing. Each stretch between two looks is judged by itself,
 * so that a jump one way never pays for one the other way.
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
