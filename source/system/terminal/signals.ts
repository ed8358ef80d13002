/** Signals that end the program: nobody else gives the terminal back then. */
const endings = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;
type EndingSignal = (typeof endings)[number];

export type TerminalUse = {
	/** What SIGINT and SIGTERM abort instead of ending the program; undefined where they end it. */
	readonly stopping: () => AbortSignal | undefined;
	/** Gives the terminal back, for good or until `resume`. */
	readonly release: () => void;
	/** Takes the terminal again. May be called although it was never released: after SIGSTOP, or twice. */
	readonly resume: () => void;
};

export type TerminalSignals = {
	/**
	 * Does what the terminal's own key would do in cooked mode: signals the whole job, npm or a script before us
	 * included.
	 */
	readonly raise: (signal: 'SIGINT' | 'SIGQUIT') => void;
	/** Stops the whole job, as Ctrl+Z does in cooked mode; returns once it is continued. */
	readonly suspend: () => void;
	readonly close: () => void;
};

/**
 * Sees to it that the terminal is given back before a signal ends or stops the program, and taken again when it is
 * continued.
 */
export function catchSignals({stopping, release, resume}: TerminalUse): TerminalSignals {
	let resumedAt = -Infinity;
	/** After a stop of our own, SIGCONT tells the same once more; ms. */
	const sameMs = 100;

	function takeAgain(): void {
		if (performance.now() - resumedAt < sameMs) return;
		resume();
		resumedAt = performance.now();
	}

	function suspend(): void {
		release();
		// Without a listener the signal stops us too, right here; an orphaned job goes on at once.
		process.off('SIGTSTP', suspend);
		process.kill(0, 'SIGTSTP');
		process.on('SIGTSTP', suspend);
		resumedAt = -Infinity;
		takeAgain();
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
		release();
		close();
		process.kill(process.pid, signal);
	}

	function close(): void {
		for (const [signal, listener] of enders) process.off(signal, listener);
		process.off('SIGTSTP', suspend).off('SIGCONT', takeAgain);
	}

	for (const [signal, listener] of enders) process.on(signal, listener);
	process.on('SIGTSTP', suspend).on('SIGCONT', takeAgain);
	return {
		raise(signal) {
			process.kill(0, signal);
		},
		suspend,
		close,
	};
}
