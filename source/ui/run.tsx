import type {Instance} from 'ink';
import patchConsole from 'patch-console';
import type {Context} from '../actions/context.ts';
import type {UnlockMethod} from '../vault/vault.ts';
import {App} from './app.tsx';
import {initialRoute} from './shell/initial-route.ts';
import {followKeys} from './shell/settings.ts';
import {terminalStdout} from './drawing/terminal-stdout.ts';
import {renderScreen, type Screen} from './painting/render-screen.tsx';
import {renderSpoken} from './screen-reader/render-spoken.tsx';
import {terminalStdin} from './keyboard/terminal-stdin.ts';
import {unlockPicture, type PictureOptions} from './screens/unlock/picture.ts';

/** The process group that the shell knows this program by, and its hold of the terminal. */
export type Job = {
	/** Whether it owns the terminal; undefined, taken for yes, where the system does not tell. */
	readonly isInForeground: () => boolean | undefined;
	/** Returns when it is continued. */
	readonly stop: () => void;
	/** Resolves when it has the terminal again, or when `hasEnded`. */
	readonly untilForeground: (hasEnded: () => boolean) => Promise<void>;
};

type Watchdog = {
	/** Tells it of input, after which the main thread may be busy. */
	readonly wake: () => void;
	readonly callOff: () => Promise<void>;
};

const noJob: Job = {isInForeground: () => undefined, stop() {}, async untilForeground() {}};

export type Early = {
	readonly screen: {readonly takeOver: () => boolean; readonly leave: () => void};
	readonly shown: PictureOptions;
};

export type RunOptions = {
	/** What the terminal shows, where the settings leave it to that. */
	readonly ascii: boolean;
	readonly color: boolean;
	/** Whether lines are added for a screen reader instead of a screen being drawn. */
	readonly isSpoken?: boolean;
	/** Whether the terminal knows no control sequences. */
	readonly isDumb?: boolean;
	/** Whether the terminal can insert and delete lines. */
	readonly canMoveLines?: boolean;
	readonly opener?: UnlockMethod | undefined;
	/** Starts a watchdog that kills the process soon after the terminal is lost or one of these signals arrives. */
	readonly startWatchdog?: (signals: readonly number[]) => Watchdog;
	readonly job?: Job;
	readonly exitNow?: (status: number) => void;
	/** Has this function receive each error that nothing has caught. Returns the function that ends this. */
	readonly onCrash?: (handle: (error: unknown) => void) => () => void;
	/** The unlock screen, where it was drawn before; `takeOver` is false where it is no longer on the terminal. */
	readonly early?: Early | undefined;
	/** How long ESC alone may begin the sequence of a key, ms. */
	readonly escapeMs?: number;
	readonly stdin?: NodeJS.ReadStream;
	readonly stdout?: NodeJS.WriteStream;
};

/** Signals that end the program, with their numbers: the exit status is 128 plus the number. */
const signals = {SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15} as const;
type Signal = keyof typeof signals;

/** Milliseconds; the watchdog starts after the first frame, because its thread takes time to start. */
const watchdogDelayMs = 300;
/** Milliseconds that pending work, such as a call to the exchange, may take after a signal. */
const lastMs = 800;

/**
 * Runs the full screen until an exit or a signal; resolves with the exit status, with the vault locked and the
 * terminal restored. Rejects with the error that ended the screen, for the caller to print.
 */
export async function runApp(
	context: Context,
	{
		ascii,
		color,
		isSpoken = false,
		isDumb = false,
		canMoveLines = true,
		opener,
		startWatchdog,
		job = noJob,
		exitNow,
		onCrash,
		early,
		escapeMs,
		stdin = process.stdin,
		stdout = process.stdout,
	}: RunOptions,
): Promise<number> {
	const start = await initialRoute(context.vault, {opener});
	if (start.screen !== 'unlock' || start.trouble) early?.screen.leave();
	const unfollowKeys = followKeys(context.settings);
	let status = 0;
	const hasEnded = () => status !== 0;
	let app: Instance | undefined;
	let watchdog: Watchdog | undefined;
	/** Whether the program may draw on the terminal: false while it is suspended or in the background. */
	let isOurs = false;
	/** Whether the terminal was given back, so that the end has nothing to restore. */
	let isGivenBack = false;
	const owns = () => isOurs;
	let giveBack: ((meanwhile: () => Promise<void>) => void) | undefined;

	// A listener keeps the process alive, so each one must end it. It may run twice: conf raises the signal again.
	const end = (signal: Signal) => {
		status = 128 + signals[signal];
		watchdog?.wake();
		context.vault.lock();
		// Ink's clean-up would change a terminal that another program owns by now.
		isOurs = !isGivenBack && job.isInForeground() !== false;
		app?.unmount();
		if (exitNow)
			setTimeout(() => {
				exitNow(status);
			}, lastMs).unref();
	};

	/** Resolves when the job has the terminal again, or when a signal has ended the program. */
	const away = async (stopsFirst: boolean) => {
		isOurs = false;
		isGivenBack = stopsFirst;
		// Without a listener, SIGTSTP stops the process at once, and a second stop request is obeyed too.
		process.off('SIGTSTP', onStop);
		if (stopsFirst) job.stop();
		await job.untilForeground(() => {
			// Nothing is read meanwhile, so only the watchdog notices that the terminal has gone.
			watchdog?.wake();
			return hasEnded();
		});
		if (hasEnded()) return;
		process.on('SIGTSTP', onStop);
		isGivenBack = false;
		isOurs = true;
	};
	// Another program's stop request gives the terminal back first, as Ctrl+Z does.
	const onStop = () => {
		giveBack?.(async () => away(true));
	};
	// After SIGSTOP, the shell or another program may have changed the terminal.
	const onContinue = async () => {
		if (!isOurs) return;
		if (job.isInForeground() === false) await away(false);
		giveBack?.(async () => {});
	};

	let screen: Screen | undefined;
	/** What nothing has caught: the caller prints it once the terminal is given back. */
	let crash: {readonly error: unknown} | undefined;
	const forgetCrashes = onCrash?.(error => {
		crash ??= {error};
		app?.unmount();
	});

	let watchdogStart: NodeJS.Timeout | undefined;
	// Output of a library must neither tear the screen nor reach the terminal.
	const restoreConsole = isSpoken ? undefined : patchConsole(() => {});
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
		if (job.isInForeground() === false) await away(false);
		if (hasEnded()) return status;
		isOurs = true;
		process.off('SIGTSTP', onStop).on('SIGTSTP', onStop);
		const node = (
			<App
				context={context}
				look={{ascii, color, isSpoken}}
				start={start}
				onSuspend={async () => away(true)}
				onReady={suspend => {
					giveBack = suspend;
				}}
			/>
		);
		const shown = early?.screen.takeOver() ? unlockPicture(early.shown) : undefined;
		const streams = {
			stdin: terminalStdin(stdin, {
				isRaw: shown !== undefined,
				onInput() {
					watchdog?.wake();
				},
				onLost() {
					end('SIGHUP');
				},
				isOurs: owns,
				escapeMs,
			}),
			stdout: terminalStdout(stdout, {
				isOurs: owns,
				// The terminal itself wraps and moves rows when its size changes, so the next frame needs a blank screen.
				onResize() {
					screen?.redraw();
				},
				signals: process,
			}),
		};
		if (isSpoken) app = renderSpoken(node, {...streams, isDumb});
		else {
			screen = renderScreen(node, {...streams, canMoveLines, shown});
			({app} = screen);
		}

		watchdogStart = setTimeout(() => {
			watchdog = startWatchdog?.(Object.values(signals));
		}, watchdogDelayMs);
		if (crash) app.unmount();
		await app.waitUntilExit();
	} finally {
		restoreConsole?.();
		forgetCrashes?.();
		unfollowKeys();
		context.vault.lock();
		clearTimeout(watchdogStart);
		// After a signal, the watchdog also covers this clean-up, unless the terminal belongs to another program.
		if (!hasEnded() || !isOurs) await watchdog?.callOff();
		for (const [signal, listener] of listeners) process.off(signal, listener);
		process.off('SIGTSTP', onStop).off('SIGCONT', onContinue);
	}

	if (crash) throw crash.error;
	return status;
}
