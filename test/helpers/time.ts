import {onTestFinished, vi} from 'vitest';
import type {Timing} from '../../source/exchange/timing.ts';

/** Reads are repeated as often as ever, and no time is lost; how long they wait is of exchange/retry.test.ts. */
export const quickRetries: Partial<Timing> = {pauses: [5, 5]};

/** How long this thread is at work with something, ms; other programs do not lengthen it. */
export async function workOf(work: () => unknown): Promise<number> {
	const start = process.threadCpuUsage();
	await work();
	const {user, system} = process.threadCpuUsage(start);
	return (user + system) / 1000;
}

const all = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] as const;

/**
 * Has time go on only where the test says so (`vi.advanceTimersByTimeAsync`), until its end. The network, files and
 * promises of timers go on as ever. `what` leaves the rest alone.
 */
export function stopTime(...what: readonly (typeof all)[number][]): void {
	vi.useFakeTimers({toFake: what.length === 0 ? [...all] : [...what]});
	onTestFinished(() => {
		vi.useRealTimers();
	});
}
