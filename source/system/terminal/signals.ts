import {setTimeout as delay} from 'node:timers/promises';
import {dieInBackground, isInForeground} from './foreground.ts';

/** Signals that end the program, which has to give the terminal back itself then. */
const endings = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;
type EndingSignal = (typeof endings)[number];

/** How long a job that was continued in the background hears what came while it was stopped, ms. */
const hearingMs = 50;
/** The system refuses a stop to a job without a shell; one that was stopped is continued later than this, ms. */
const refusedMs = 5;

export type TerminalUse = {
	/** What SIGINT and SIGTERM abort instead of ending the program; undefined where they end it. */
	readonly stopping: () => AbortSignal | undefined;
	/** Takes the terminal, which may never have been given back: after SIGSTOP. */
	readonly take: () => void;
	/** Gives the terminal back, for good or until `take`. */
	readonly giveBack: () => void;
};

export type TerminalSignals = {
	/** Whether the terminal is for us to write to and to change: neither while we are suspended nor in the background. */
	readonly isOurs: () => boolean;
	/**
	 * Does what the terminal's own key would do in cooked mode: signals the whole job, npm or a script before us
	 * included.
	 */
	readonly raise: (signal: 'SIGINT' | 'SIGQUIT') => void;
	/** Stops the whole job, as Ctrl+Z does in cooked mode; returns once it is continued. */
	readonly suspend: () => void;
	/** Gives the terminal back for good. */
	readonly close: () => Promise<void>;
};

/**
 * Takes the terminal, and sees to it that it is given back before a signal ends or stops the program, and taken again
 * when it is continued. In the background, where to take it would be refused again and again, the job stops until it
 * has the terminal, and hears each time whether it is to end.
 */
export function catchSignals({stopping, take, giveBack}: TerminalUse): TerminalSignals {
	let isOurs = false;
	let isTaken = false;
	let isClosed = false;
	const isEnding = () => isClosed || stopping()?.aborted === true;

	function takeNow(): void {
		isOurs = true;
		isTaken = true;
		process.on('SIGTSTP', suspend).on('SIGCONT', takeInForeground);
		take();
	}

	/** While we are away, SIGTSTP stops us too, right where it is raised, and SIGCONT tells nothing new. */
	function leave(): void {
		isOurs = false;
		process.off('SIGTSTP', suspend).off('SIGCONT', takeInForeground);
	}

	let turn = Promise.resolve();
	function takeInForeground(): void {
		leave();
		if (isInForeground() === false) turn = untilForeground();
		else takeNow();
	}

	async function untilForeground(): Promise<void> {
		do {
			await delay(hearingMs);
			if (isEnding()) return;
		} while (isInForeground() === false && stopJob());
		takeNow();
	}

	function suspend(): void {
		leave();
		giveBackNow();
		stopJob();
		takeInForeground();
	}

	/** Does nothing in the background, where the terminal is as another program wants it. */
	function giveBackNow(): void {
		if (!isTaken || isInForeground() === false) return;
		isTaken = false;
		giveBack();
	}

	const enders = endings.map(
		signal =>
			[
				signal,
				() => {
					end(signal);
				},
			] as const,
	);

	function end(signal: EndingSignal): void {
		if (stopping() && (signal === 'SIGINT' || signal === 'SIGTERM')) return;
		giveBackNow();
		forget();
		process.kill(process.pid, signal);
	}

	function forget(): void {
		isClosed = true;
		leave();
		for (const [signal, listener] of enders) process.off(signal, listener);
	}

	for (const [signal, listener] of enders) process.on(signal, listener);
	takeInForeground();
	return {
		isOurs: () => isOurs,
		raise(signal) {
			process.kill(0, signal);
		},
		suspend,
		async close() {
			if (isTaken && isOurs && isInForeground() === false) takeInForeground();
			if (isTaken) await turn;
			giveBackNow();
			forget();
			// The stream is left as it is, so that a plain exit would set the terminal back.
			if (isTaken) process.once('exit', dieInBackground);
		},
	};
}

/** Stops the whole job, and returns once it is continued; false where it could not be stopped. */
function stopJob(): boolean {
	const before = performance.now();
	process.kill(0, 'SIGTSTP');
	return performance.now() - before >= refusedMs;
}
