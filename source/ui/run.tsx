import {render} from 'ink';
import type {Context} from '../actions/context.ts';
import type {UnlockMethod} from '../vault/vault.ts';
import {App} from './app.tsx';
import {terminalStdin} from './keyboard/terminal-stdin.ts';

export type RunOptions = {
	readonly ascii: boolean;
	readonly color: boolean;
	/** What was given to open the vault with, such as a key file. */
	readonly opener?: UnlockMethod | undefined;
	/** Minutes without a key until the vault locks itself. */
	readonly lockAfterMinutes?: number;
	/**
	 * Has the process killed soon after the loss of its terminal or one of these signals, whatever it does by then;
	 * gives what calls that off.
	 */
	readonly startWatchdog?: (signals: readonly number[]) => () => void;
	/** Ends the process with a status, whatever is still waited for. */
	readonly exitNow?: (status: number) => void;
	readonly stdin?: NodeJS.ReadStream;
	readonly stdout?: NodeJS.WriteStream;
};

/** Signals that end the program, with the number that their exit status is made of. */
const signals = {SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15} as const;
type Signal = keyof typeof signals;

/** After the first frame: a thread takes a while to start. */
const watchdogDelayMs = 300;
/** How long after a signal something may still be waited for, such as an answer of the exchange, ms. */
const lastMs = 800;

/**
 * The full screen, until the person leaves it or a signal ends it; resolves with the exit status. The terminal is as
 * it was by then, and the vault is locked. Rejects with what broke it, to be told by the one printer of errors.
 */
export async function runApp(
	context: Context,
	{
		ascii,
		color,
		opener,
		lockAfterMinutes = 10,
		startWatchdog,
		exitNow,
		stdin = process.stdin,
		stdout = process.stdout,
	}: RunOptions,
): Promise<number> {
	// A screen reader reads the normal screen, line by line.
	const isScreenReader = process.env['INK_SCREEN_READER'] === 'true';
	let status = 0;
	// Asked to stop by another program, we give the terminal back first, as with Ctrl+Z.
	let giveBack: (() => void) | undefined;
	const onStop = () => {
		giveBack?.();
	};
	const app = render(
		<App
			context={context}
			look={{ascii, color}}
			opener={opener}
			lockAfterMs={lockAfterMinutes * 60_000}
			onSuspend={() => {
				stopJob(onStop);
			}}
			onReady={suspend => {
				giveBack = suspend;
			}}
		/>,
		{
			stdin: terminalStdin(stdin, () => {
				end('SIGHUP');
			}),
			stdout,
			// Ink would draw nothing when CI is set in the environment.
			interactive: true,
			alternateScreen: !isScreenReader,
			incrementalRendering: true,
			// A binding of the keymap, so that what must be finished is.
			exitOnCtrlC: false,
			// Nothing that a library prints may tear the screen or reach a terminal.
			patchConsole: true,
			kittyKeyboard: {mode: 'auto'},
			maxFps: 120,
		},
	);

	// Any listener keeps the program alive, so each of them ends it. conf raises a signal once more: twice is as once.
	const end = (signal: Signal) => {
		status = 128 + signals[signal];
		context.vault.lock();
		app.unmount();
		if (exitNow)
			setTimeout(() => {
				exitNow(status);
			}, lastMs).unref();
	};
	let callOff: (() => void) | undefined;
	const watchdog = setTimeout(() => {
		callOff = startWatchdog?.(Object.values(signals));
	}, watchdogDelayMs);
	const listeners = (Object.keys(signals) as Signal[]).map(
		signal =>
			[
				signal,
				() => {
					end(signal);
				},
			] as const,
	);
	for (const [signal, listener] of listeners) process.on(signal, listener);
	process.on('SIGTSTP', onStop);
	try {
		await app.waitUntilExit();
	} finally {
		context.vault.lock();
		clearTimeout(watchdog);
		// What is left to do after a signal is to end, which is watched over too.
		if (status === 0) callOff?.();
		for (const [signal, listener] of listeners) process.off(signal, listener);
		process.off('SIGTSTP', onStop);
	}

	return status;
}

/**
 * Runs until the process is continued. Stops the whole job, as the terminal's own Ctrl+Z does: npm or a script may
 * stand before us.
 */
function stopJob(onStop: () => void): void {
	// Without a listener the signal stops us too, right here.
	process.off('SIGTSTP', onStop);
	process.kill(0, 'SIGTSTP');
	process.on('SIGTSTP', onStop);
}
