import {AppError} from '../../core/errors.ts';
import {onCrash} from '../crash.ts';
import {isTerminal} from '../output/descriptors.ts';
import {standardError, standardOutput} from '../output/output.ts';
import {dieInBackground, isInForeground} from './foreground.ts';
import {showsColors, showsUnicode} from './locale.ts';
import {stopJob, untilForeground} from './job.ts';
import {startWatchdog} from './watchdog.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the full screen needs of the terminal and of its own process. Throws where there is no terminal, or one on which
 * nothing can be drawn and no screen reader is told of.
 */
export function fullScreenHere(environment: Environment, screenReader: boolean) {
	if (!isTerminal(0) || !isTerminal(1)) throw new AppError('full-screen-no-tty');
	// The listener of its errors comes with the stream.
	standardError.stream();
	const isSpoken = screenReader || environment['INK_SCREEN_READER'] === 'true';
	const isDumb = environment['TERM'] === 'dumb';
	if (isDumb && !isSpoken) throw new AppError('full-screen-dumb');
	return {
		stdout: standardOutput.stream(),
		isSpoken,
		isDumb,
		canMoveLines: canMoveLines(environment),
		ascii: !showsUnicode(environment),
		color: showsColors(environment),
		escapeMs: escapeMsIn(environment),
		startWatchdog,
		job: {isInForeground, stop: stopJob, untilForeground},
		onCrash,
		exitNow(status: number) {
			dieInBackground(status);
			process.exit(status);
		},
	};
}

/**
 * How long ESC alone may begin the sequence of a key, ms: as long as ESCDELAY says, the variable of curses for it. Only
 * a connection tears sequences, and tmux and screen put them together again before they pass them on.
 */
export function escapeMsIn({ESCDELAY = '', SSH_CONNECTION, SSH_TTY, TMUX, STY}: Environment): number {
	if (/^\d{1,5}$/.test(ESCDELAY)) return Number(ESCDELAY);
	const isRemote = isSet(SSH_CONNECTION) || isSet(SSH_TTY);
	return isRemote && !isSet(TMUX) && !isSet(STY) ? 100 : 50;
}

/** Whether the terminal can insert and delete lines; the first ones with cursors could not. */
export function canMoveLines({TERM = ''}: Environment): boolean {
	return TERM !== '' && !/^vt(?:52|100)/.test(TERM);
}

function isSet(value: string | undefined): boolean {
	return value !== undefined && value !== '';
}
