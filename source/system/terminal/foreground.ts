import fs from 'node:fs';
import {constants} from 'node:os';
import {isTerminal} from '../output/descriptors.ts';

/**
 * False: the system stops this job when it changes the terminal; undefined where that cannot be told, such as
 * without a controlling terminal. The watchdog runs this function as text, so it may use nothing from around it.
 */
export function isInForeground(): boolean | undefined {
	const {readFileSync} = process.getBuiltinModule('node:fs');
	try {
		const [job = Number.NaN, foreground = Number.NaN] = (
			process.platform === 'linux'
				? // After the name, which may hold anything: state, parent, job, session, terminal, job in its foreground.
					readFileSync('/proc/self/stat', 'latin1')
						.split(') ')
						.at(-1)!
						.split(' ')
						.filter((_, index) => index === 2 || index === 5)
				: process
						.getBuiltinModule('node:child_process')
						.execFileSync('ps', ['-o', 'pgid=', '-o', 'tpgid=', '-p', String(process.pid)], {
							encoding: 'latin1',
							stdio: ['ignore', 'pipe', 'ignore'],
						})
						.trim()
						.split(/\s+/)
		).map(Number);
		if (job === foreground) return true;
		return foreground > 0 ? false : undefined;
	} catch {
		return undefined;
	}
}

/**
 * In the background, ends the process by the signal that `status` stands for; returns elsewhere. At a plain exit,
 * Node would reset the terminal although another program has it.
 */
export function dieInBackground(status: number): void {
	if (isInForeground() !== false) return;
	const name = (Object.keys(constants.signals) as NodeJS.Signals[]).find(
		signal => constants.signals[signal] === status - 128,
	);
	if (name) {
		process.removeAllListeners(name);
		process.kill(process.pid, name);
	}

	process.kill(process.pid, 'SIGKILL');
}

/**
 * Keeps Node from resetting the terminal at the exit of a background process, when another program has it. Call
 * this before anything listens to signals.
 */
export function leaveTerminalInBackground(): void {
	process.on('exit', () => {
		const terminals = [0, 1, 2].filter(descriptor => isTerminal(descriptor));
		if (terminals.length > 0 && isInForeground() === false)
			for (const descriptor of terminals) fs.closeSync(descriptor);
	});
	// Node resets it at these signals too, but no longer once a listener has come and gone: the system then ends
	// the process.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		const listener = () => {};
		process.on(signal, listener).off(signal, listener);
	}
}
