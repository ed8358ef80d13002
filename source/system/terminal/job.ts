import {setTimeout as delay} from 'node:timers/promises';
import {isInForeground} from './foreground.ts';

/** How long a job that was continued in the background listens for the signals that came while it was stopped, ms. */
const hearingMs = 50;
/** The system refuses a stop to a job without a shell; a job that did stop is continued later than this, ms. */
const refusedMs = 5;

/**
 * Stops the whole process group, as Ctrl+Z in the terminal does, because npm or a script may run the program. False
 * where the job could not be stopped; else returns once it is continued.
 */
export function stopJob(): boolean {
	const before = performance.now();
	process.kill(0, 'SIGTSTP');
	return performance.now() - before >= refusedMs;
}

/**
 * In the background, stops the job again and again until it has the terminal, as the system does to one that changes
 * the terminal. Resolves early once `isEnding`, and where the job has no shell that could continue it.
 */
export async function untilForeground(isEnding: () => boolean): Promise<void> {
	do {
		await delay(hearingMs);
		if (isEnding()) return;
	} while (isInForeground() === false && stopJob());
}
