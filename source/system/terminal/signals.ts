import {dieInBackground, isInForeground} from './foreground.ts';
import {stopJob, untilForeground} from './job.ts';

const endings = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;
type EndingSignal = (typeof endings)[number];

export type TerminalUse = {
	/** What SIGINT and SIGTERM abort instead of ending the program; undefined where they end it. */
	readonly stopping: () => AbortSignal | undefined;
	/** After SIGSTOP, the terminal may never have been given back. */
	readonly take: () => void;
	readonly giveBack: () => void;
};

export type TerminalSignals = {
	/** False while the job is suspended or in the background: the terminal must not be written to or changed then. */
	readonly isOurs: () => boolean;
	/**
	 * Signals the whole job, such as npm or a script around this program, as the terminal's own key does in cooked
	 * mode.
	 */
	readonly raise: (signal: 'SIGINT' | 'SIGQUIT') => void;
	readonly suspend: () => void;
	readonly close: () => Promise<void>;
};

/**
 * Takes the terminal, gives it back before a signal ends or stops the program, and takes it again when the job is
 * continued. In the background, where taking it would be refused again and again, the job stops until it has the
 * terminal, and checks each time whether it is to end.
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

	/** While the job is away, SIGTSTP must stop it where it is raised, and SIGCONT tells nothing new. */
	function leave(): void {
		isOurs = false;
		process.off('SIGTSTP', suspend).off('SIGCONT', takeInForeground);
	}

	let turn = Promise.resolve();
	function takeInForeground(): void {
		leave();
		if (isInForeground() === false) turn = takeLater();
		else takeNow();
	}

	async function takeLater(): Promise<void> {
		await untilForeground(isEnding);
		if (!isEnding()) takeNow();
	}

	function suspend(): void {
		leave();
		giveBackNow();
		stopJob();
		takeInForeground();
	}

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
			// The stream is left as it is, so a plain exit would set the terminal back.
			if (isTaken) process.once('exit', dieInBackground);
		},
	};
}
