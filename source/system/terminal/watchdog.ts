import {Worker} from 'node:worker_threads';

/** How long the program may take to end by itself, ms; with `pollMs` and the last steps less than 2 s. */
const graceMs = 1100;
/** How often the terminal is looked at, ms. */
const pollMs = 300;

/** What gives a terminal back that a program has left in full screen: keyboard, paste, screen and cursor. */
const restore = '\u001B[<u\u001B[?2004l\u001B[?2026l\u001B[?1049l\u001B[?25h';

/**
 * Ends the whole process, if it has not ended by itself soon after it lost its terminal or was asked to end. It runs
 * in a thread of its own, since a main thread at work hears neither; and alone, so it may use nothing from around it.
 */
function watch(): void {
	const {workerData} = process.getBuiltinModule('node:worker_threads');
	const tty = process.getBuiltinModule('node:tty');
	const {graceMs, pollMs, restore, signals} = workerData as {
		readonly graceMs: number;
		readonly pollMs: number;
		readonly restore: string;
		readonly signals: readonly number[];
	};
	let isEnding = false;
	const kill = () => {
		process.kill(process.pid, 'SIGKILL');
	};
	const end = () => {
		if (isEnding) return;
		isEnding = true;
		setTimeout(() => {
			// The kernel waits for nobody, but a terminal that is stuck would be waited for.
			setTimeout(kill, 250);
			if (!tty.isatty(0)) kill();
			process.getBuiltinModule('node:fs').write(1, restore, () => {
				process
					.getBuiltinModule('node:child_process')
					.spawn('stty', ['sane'], {stdio: [0, 'ignore', 'ignore']})
					.on('error', kill)
					.on('close', kill);
			});
		}, graceMs);
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
		for (const signal of signals) {
			const wrap = new (internalBinding('signal_wrap').Signal)();
			wrap.onsignal = end;
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
export function startWatchdog(signals: readonly number[]): () => void {
	const worker = new Worker(`(${String(watch)})()`, {
		eval: true,
		name: 'watchdog',
		workerData: {graceMs, pollMs, restore, signals},
		env: {PATH: process.env['PATH']},
		execArgv: ['--expose-internals', '--no-warnings'],
		resourceLimits: {maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1, stackSizeMb: 1},
	});
	worker.unref();
	// It guards; that it cannot breaks nothing.
	worker.on('error', () => {});
	return () => {
		void worker.terminate();
	};
}
