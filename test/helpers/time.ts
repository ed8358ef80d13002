import {onTestFinished, vi} from 'vitest';

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
