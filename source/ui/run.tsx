import {setTimeout as delay} from 'node:timers/promises';
import {render, type Instance} from 'ink';
import type {Context} from '../actions/context.ts';
import type {UnlockMethod} from '../vault/vault.ts';
import {App} from './app.tsx';
import {initialRoute} from './frame/initial-route.ts';
import {terminalStdout} from './drawing/terminal-stdout.ts';
import {terminalStdin} from './keyboard/terminal-stdin.ts';

/** Minutes without a key until the vault locks itself. */
const lockAfterMinutes = 10;

export type RunOptions = {
	readonly ascii: boolean;
	readonly color: boolean;
	/** What was given to open the vault with, such as a key file. */
	readonly opener?: UnlockMethod | undefined;
	/**
	 * Has the process killed soon after the loss of its terminal or one of these signals, whatever it does by then;
	 * gives what calls that off.
	 */
	readonly startWatchdog?: (signals: readonly number[]) => () => Promise<void>;
	/** Whether the terminal is this job's now; undefined where that cannot be told, which is taken for yes. */
	readonly isInForeground?: () => boolean | undefined;
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

/** How long a job that was continued hears what came while it was stopped, before it may stop again, ms. */
const hearingMs = 50;

/**
 * The full screen, until the person leaves it or a signal ends it; resolves with the exit status. The terminal is as it
 * was by then, or as another program wants it that has it, and the vault is locked. Rejects with what broke it, to be
 * told by the one printer of errors.
 */
export async function runApp(
	context: Context,
	{
		ascii,
		color,
		opener,
		startWatchdog,
		isInForeground = () => undefined,
		exitNow,
		stdin = process.stdin,
		stdout = process.stdout,
	}: RunOptions,
): Promise<number> {
	// A screen reader reads the normal screen, line by line.
	const isScreenReader = process.env['INK_SCREEN_READER'] === 'true';
	const start = await initialRoute(context.vault, {opener});
	let status = 0;
	const hasEnded = () => status !== 0;
	let app: Instance | undefined;
	/** Whether the terminal is for us to draw on and to change: neither while we are suspended nor in the background. */
	let isOurs = false;
	/** Whether it has been given back, so that there is nothing to restore at the end. */
	let isGivenBack = false;
	const owns = () => isOurs;
	let giveBack: ((meanwhile: () => Promise<void>) => void) | undefined;

	// Any listener keeps the program alive, so each of them ends it. conf raises a signal once more: twice is as once.
	const end = (signal: Signal) => {
		status = 128 + signals[signal];
		context.vault.lock();
		// Ink’s farewell would change the terminal of the program that has it by now.
		isOurs = !isGivenBack && isInForeground() !== false;
		app?.unmount();
		if (exitNow)
			setTimeout(() => {
				exitNow(status);
			}, lastMs).unref();
	};

	/** Runs until the job has the terminal again, stopped meanwhile, or until a signal has ended it. */
	const away = async (stopsFirst: boolean) => {
		isOurs = false;
		isGivenBack = stopsFirst;
		// Without a listener the signal stops us too, right here, and those who ask twice are obeyed.
		process.off('SIGTSTP', onStop);
		if (stopsFirst) stopJob();
		await delay(hearingMs);
		while (!hasEnded() && isInForeground() === false) {
			// As the system does with a job in the background that changes the terminal.
			stopJob();
			await delay(hearingMs);
		}

		if (hasEnded()) return;
		process.on('SIGTSTP', onStop);
		isGivenBack = false;
		isOurs = true;
	};
	// Asked to stop by another program, we give the terminal back first, as with Ctrl+Z.
	const onStop = () => {
		giveBack?.(async () => away(true));
	};
	// After SIGSTOP the terminal is as the shell or another program has left it.
	const onContinue = async () => {
		if (!isOurs) return;
		if (isInForeground() === false) await away(false);
		giveBack?.(async () => {});
	};

	let callOff: (() => Promise<void>) | undefined;
	let watchdog: NodeJS.Timeout | undefined;
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
	process.on('SIGCONT', onContinue);
	try {
		if (isInForeground() === false) await away(false);
		if (hasEnded()) return status;
		isOurs = true;
		process.off('SIGTSTP', onStop).on('SIGTSTP', onStop);
		app = render(
			<App
				context={context}
				look={{ascii, color}}
				start={start}
				lockAfterMs={lockAfterMinutes * 60_000}
				onSuspend={async () => away(true)}
				onReady={suspend => {
					giveBack = suspend;
				}}
			/>,
			{
				stdin: terminalStdin(
					stdin,
					() => {
						end('SIGHUP');
					},
					owns,
				),
				stdout: terminalStdout(stdout, owns),
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
		watchdog = setTimeout(() => {
			callOff = startWatchdog?.(Object.values(signals));
		}, watchdogDelayMs);
		await app.waitUntilExit();
	} finally {
		context.vault.lock();
		clearTimeout(watchdog);
		// What is left to do after a signal is to end, which is watched over too, but for a process that dies by it.
		if (!hasEnded() || !isOurs) await callOff?.();
		for (const [signal, listener] of listeners) process.off(signal, listener);
		process.off('SIGTSTP', onStop).off('SIGCONT', onContinue);
	}

	return status;
}

/**
 * Stops the whole job, as the terminal's own Ctrl+Z does: npm or a script may stand before us. Returns once it is
 * continued.
 */
function stopJob(): void {
	process.kill(0, 'SIGTSTP');
}
