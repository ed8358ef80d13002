import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import type {AskOptions} from '../../cli/io.ts';
import {AppError} from '../../core/errors.ts';
import {openTerminal, type Terminal} from './terminal.ts';

export type Asker = {
	/** Asks one question; throws `nobody-to-ask` without a terminal, and what `Terminal.ask` throws. */
	readonly ask: (question: string, options?: AskOptions) => Promise<string>;
	/**
	 * Lets nothing be echoed from now on, where a question may follow; does nothing without a terminal or in the
	 * background.
	 */
	readonly hold: () => void;
	/** Gives the terminal back, when there is nothing more to ask. Idempotent. */
	readonly release: () => Promise<void>;
};

/** Asks on the controlling terminal, which is held from the first question to `release`. */
export function createAsker(stopping: () => AbortSignal | undefined): Asker {
	let terminal: Terminal | undefined;
	return {
		async ask(question, {secret = false, what = 'that', instead} = {}) {
			try {
				terminal ??= openTerminal(stopping);
			} catch (error) {
				throw new AppError('nobody-to-ask', {what, instead}, {cause: error});
			}

			return terminal.ask(question, secret);
		},

		hold() {
			if (terminal || !isInForeground()) return;
			try {
				terminal = openTerminal(stopping);
			} catch {
				// Then nobody types either.
			}
		},

		async release() {
			await terminal?.close();
			terminal = undefined;
		},
	};
}

/** Whether the terminal is this job's now: the system stops a job in the background that changes it. */
function isInForeground(): boolean {
	try {
		const [job, foreground] =
			process.platform === 'linux'
				? // After the name, which may hold anything: state, parent, job, session, terminal, job in its foreground.
					fs
						.readFileSync('/proc/self/stat', 'latin1')
						.split(') ')
						.at(-1)!
						.split(' ')
						.filter((_, index) => index === 2 || index === 5)
				: execFileSync('ps', ['-o', 'pgid=', '-o', 'tpgid=', '-p', String(process.pid)], {
						encoding: 'latin1',
						stdio: ['ignore', 'pipe', 'ignore'],
					})
						.trim()
						.split(/\s+/);
		return job === foreground;
	} catch {
		return false;
	}
}
