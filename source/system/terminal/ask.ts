import type {AskOptions} from '../../cli/io.ts';
import {AppError} from '../../core/errors.ts';
import {isInForeground} from './foreground.ts';
import {openTerminal, type Terminal} from './terminal.ts';

export type Asker = {
	/** Throws `no-tty` without a terminal, and what `Terminal.ask` throws. */
	readonly ask: (question: string, options?: AskOptions) => Promise<string>;
	/** Turns the echo off where a question may follow; does nothing without a terminal or in the background. */
	readonly hold: () => void;
	/** Idempotent. */
	readonly release: () => Promise<void>;
};

/** Holds the controlling terminal from the first question to `release`. */
export function createAsker(stopping: () => AbortSignal | undefined): Asker {
	let terminal: Terminal | undefined;
	return {
		async ask(question, {secret = false, what = 'that', instead} = {}) {
			try {
				terminal ??= openTerminal(stopping);
			} catch (error) {
				throw new AppError('no-tty', {what, instead}, {cause: error});
			}

			return terminal.ask(question, secret);
		},

		hold() {
			if (terminal || !isInForeground()) return;
			try {
				terminal = openTerminal(stopping);
			} catch {
				// Without a terminal, nothing is typed.
			}
		},

		async release() {
			await terminal?.close();
			terminal = undefined;
		},
	};
}
