import {constants} from 'node:os';
import {writeNow} from '../output/write-now.ts';
import {isInForeground} from './foreground.ts';

const enter = '\u001B[?1049h\u001B[?2004h';
const leave = '\u001B[?2004l\u001B[?1049l\u001B[?25h';

const ends = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/** A full screen on the terminal that only waits: what is typed stays in the terminal until the program reads it. */
export type EarlyScreen = {
	/** Gives the terminal back as it was; does nothing once the screen has been left or taken over. */
	readonly leave: () => void;
	/** Leaves the screen and all modes to the caller; false where it has been left meanwhile. */
	readonly takeOver: () => boolean;
};

/**
 * Shows a frame on the other screen of the terminal, which echoes nothing from then on. Undefined where the terminal
 * cannot be set up. Every way of ending gives the terminal back until `takeOver`.
 */
export function showEarly(frame: string): EarlyScreen | undefined {
	const {stdin} = process;
	let isShown = true;
	const ignore = () => {};
	const forget = () => {
		isShown = false;
		process.off('exit', leaveScreen).off('SIGTSTP', onStop).off('SIGCONT', leaveScreen);
		for (const [signal, listener] of listeners) process.off(signal, listener);
		stdin.off('error', ignore);
	};
	const leaveScreen = () => {
		if (!isShown) return;
		// In the background, another program has the terminal, and changing it would stop this one.
		if (isInForeground() !== false) {
			stdin.setRawMode(false);
			tryToWrite(leave);
		}

		forget();
	};
	const onStop = () => {
		leaveScreen();
		process.kill(process.pid, 'SIGTSTP');
	};
	const listeners = ends.map(
		signal =>
			[
				signal,
				() => {
					leaveScreen();
					process.exit(128 + constants.signals[signal]);
				},
			] as const,
	);

	// Of a terminal that has gone.
	stdin.on('error', ignore);
	for (const [signal, listener] of listeners) process.on(signal, listener);
	// After SIGSTOP, the shell may have changed the terminal.
	process.on('exit', leaveScreen).on('SIGTSTP', onStop).on('SIGCONT', leaveScreen);
	stdin.setRawMode(true);
	if (!stdin.isRaw || !tryToWrite(enter + frame)) {
		leaveScreen();
		return undefined;
	}

	return {
		leave: leaveScreen,
		takeOver() {
			const wasShown = isShown;
			if (isShown) forget();
			return wasShown;
		},
	};
}

function tryToWrite(text: string): boolean {
	return writeNow(1, Buffer.from(text)).rest.length === 0;
}
