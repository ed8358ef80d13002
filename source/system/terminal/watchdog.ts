import {constants} from 'node:os';
import {Worker} from 'node:worker_threads';
import {isInForeground} from './foreground.ts';

/** How long the program may take to end by itself, ms; with `pollMs` and the last steps less than 2 s. */
const graceMs = 1100;
/** How often the terminal is looked at, ms. */
const pollMs = 300;

/** How long a job in the background hears other signals before it stops for touching the terminal, ms. */
const hearingMs = 50;
/** What the system sends to a job in the background that reads or changes the terminal. */
const stops = [constants.signals.SIGTTIN, constants.signals.SIGTTOU];

/** What gives a terminal back that a program has left in full screen: keyboard, paste, screen and cursor. */
const restore = '\u001B[<u\u001B[?2004l\u001B[?2026l\u001B[?1049l\u001B[?25h';

/**
 * Ends the whole process, if it has not ended by itself soon after it lost its terminal or was asked to end. It runs
 * in a thread of its own, since a main thread at work hears neither; and as text, so it may use nothing from around it.
 */
function watch(isInForeground: () => boolean | undefined): void {
	const {workerData} = process.getBuiltinModule('node:worker_threads');
	const tty = process.getBuiltinModule('node:tty');
	const {graceMs, pollMs, hearingMs, restore, signals, stops} = workerData as {
		readonly graceMs: number;
		readonly pollMs: number;
		readonly hearingMs: number;
		readonly restore: string;
		readonly signals: readonly number[];
		readonly stops: readonly number[];
	};
	let isEnding = false;
	let isStopping = false;
	const kill = () => {
		process.kill(process.pid, 'SIGKILL');
	};
	const end = () => {
		if (isEnding) return;
		isEnding = true;
		setTimeout(() => {
			// The kernel waits for nobody, but a terminal that is stuck would be waited for.
			setTimeout(kill, 250);
			// In the background another program has the terminal, and to change it would stop this thread too.
			if (!tty.isatty(0) || isInForeground() === false) {
				kill();
				return;
			}

			process.getBuiltinModule('node:fs').write(1, restore, () => {
				process
					.getBuiltinModule('node:child_process')
					.spawn('stty', ['sane'], {stdio: [0, 'ignore', 'ignore']})
					.on('error', kill)
					.on('close', kill);
			});
		}, graceMs);
	};

	// Left to the system, it would stop all threads again whenever it is continued, and nothing would ever be heard.
	const stop = () => {
		if (isStopping) return;
		isStopping = true;
		setTimeout(() => {
			isStopping = false;
			if (isInForeground() === false) process.kill(process.pid, isEnding ? 'SIGKILL' : 'SIGSTOP');
		}, hearingMs);
	};

	setInterval(() => {
		if (!tty.isatty(0)) end();
	}, pollMs);
	try {
		// Node lets only the main thread listen to signals, but each thread has what is beneath that. Where a later
		// Node has not, the loss
		// of the terminal is still seen.
		type Wrap = {readonly Signal: new () => {onsignal: () => void; readonly start: (signal: number) => void}};
		const {internalBinding} = process.getBuiltinModule('node:module').createRequire('/')('internal/test/binding') as {
			readonly internalBinding: (name: string) => Wrap;
		};
		for (const signal of [...signals, ...stops]) {
			const wrap = new (internalBinding('signal_wrap').Signal)();
			wrap.onsignal = stops.includes(signal) ? stop : end;
			wrap.start(signal);
		}
	} catch {
		// See above.
	}
}

/**
 * Has the process killed, with all that it keeps in memory, when it goes on for more than 2 s after the terminal on
 * its standard input has gone or one of these signals has come, whatever its main thread does. Gives what calls that
 * off.
 */
export function startWatchdog(signals: readonly number[]): () => Promise<void> {
	const worker = new Worker(`(${String(watch)})(${String(isInForeground)})`, {
		eval: true,
		name: 'watchdog',
		workerData: {graceMs, pollMs, hearingMs, restore, signals, stops},
		env: {PATH: process.env['PATH']},
		execArgv: ['--expose-internals', '--no-warnings'],
		resourceLimits: {maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1, stackSizeMb: 1},
	});
	worker.unref();
	// It guards; that it cannot breaks nothing.
	worker.on('error', () => {});
	return async () => {
		await worker.terminate();
	};
}
