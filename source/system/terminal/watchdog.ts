import {constants} from 'node:os';
import {Worker} from 'node:worker_threads';
import {isInForeground} from './foreground.ts';

/** How long the program may take to end by itself, ms; with `pollMs` and the last steps less than 2 s. */
const graceMs = 1100;
const pollMs = 300;
/** How long after the last input the main thread still may be at work with what that began, ms. */
const awakeMs = 10_000;

/** How long a job in the background listens for other signals before it stops for touching the terminal, ms. */
const hearingMs = 50;
const stops = [constants.signals.SIGTTIN, constants.signals.SIGTTOU];

/** Undoes the full screen: keyboard, paste mode, screen and cursor. */
const restore = '\u001B[<u\u001B[?2004l\u001B[?2026l\u001B[?1049l\u001B[?25h';

/**
 * Kills a process that has not ended soon after it lost its terminal or was told to end. It runs in its own thread,
 * because a busy main thread notices neither, and as text, so it may use nothing from around it.
 */
function watch(isInForeground: () => boolean | undefined): void {
	const {parentPort, workerData} = process.getBuiltinModule('node:worker_threads');
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
			// A stuck terminal would otherwise delay the end forever.
			setTimeout(kill, 250);
			// In the background another program has the terminal, and changing it would stop this thread too.
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

	// The system's own stop would stop all threads again at each continue, before any other signal is heard.
	const stop = () => {
		if (isStopping) return;
		isStopping = true;
		setTimeout(() => {
			isStopping = false;
			if (isInForeground() === false) process.kill(process.pid, isEnding ? 'SIGKILL' : 'SIGSTOP');
		}, hearingMs);
	};

	const look = () => {
		if (!tty.isatty(0)) end();
	};
	let poll = setInterval(look, pollMs);
	parentPort!.on('message', (isAwake: boolean) => {
		clearInterval(poll);
		if (isAwake) poll = setInterval(look, pollMs);
	});
	try {
		// Node lets only the main thread listen to signals, but this internal binding works in each thread. Without
		// it, the loss of the terminal is still noticed.
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

export type Watchdog = {
	/**
	 * Has it look at the terminal for the next seconds, and for as long as the main thread is at work from then on: call
	 * this at each input. A main thread that waits notices by itself that its terminal has gone.
	 */
	readonly wake: () => void;
	readonly callOff: () => Promise<void>;
};

/**
 * Kills the process, with all that it keeps in memory, when it goes on for more than 2 s after the terminal on its
 * standard input has gone or one of these signals has come.
 */
export function startWatchdog(signals: readonly number[]): Watchdog {
	const worker = new Worker(`(${String(watch)})(${String(isInForeground)})`, {
		eval: true,
		name: 'watchdog',
		workerData: {graceMs, pollMs, hearingMs, restore, signals, stops},
		env: {PATH: process.env['PATH']},
		execArgv: ['--expose-internals', '--no-warnings'],
		resourceLimits: {maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1, stackSizeMb: 1},
	});
	worker.unref();
	worker.on('error', () => {});
	let isAwake = true;
	const tell = (isAwakeNow: boolean) => {
		if (isAwake === isAwakeNow) return;
		isAwake = isAwakeNow;
		// A worker has no origin.
		// oxlint-disable-next-line unicorn/require-post-message-target-origin
		worker.postMessage(isAwake);
	};
	const sleep = setTimeout(() => {
		tell(false);
	}, awakeMs).unref();
	return {
		wake() {
			sleep.refresh();
			tell(true);
		},
		async callOff() {
			clearTimeout(sleep);
			await worker.terminate();
		},
	};
}
