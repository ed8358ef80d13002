import {spawnSync} from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {clipboardWays, type Clipboard, type ClipboardWay} from '../core/terminal/clipboard.ts';
import {osc52, osc52Clearing, throughScreen} from '../core/terminal/osc52.ts';
import {AppError} from '../core/errors.ts';
import {codeOf, reasonOf} from '../core/system-error.ts';
import {t} from '../language/translate.ts';
import {writeNow} from './output/write-now.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What another program may take, ms. */
const toolTimeoutMs = 2000;

/** All that tmux and the tools of a desktop need to find their server. */
const passedOn = [
	'PATH',
	'HOME',
	'LANG',
	'TMUX',
	'TMUX_PANE',
	'DISPLAY',
	'XAUTHORITY',
	'WAYLAND_DISPLAY',
	'XDG_RUNTIME_DIR',
];

type Handling = {readonly put: (text: string) => void; readonly clear: () => void};

export type ClipboardOptions = {
	readonly environment: Environment;
	/** False while another program has the terminal. */
	readonly mayWrite?: () => boolean;
};

/**
 * The clipboards that can be reached from this process. All of it is synchronous, so that they can be cleared when a
 * signal ends the program.
 */
export function clipboardHere({environment, mayWrite = () => true}: ClipboardOptions): Clipboard {
	const write = (controls: readonly string[]) => {
		if (mayWrite()) writeToTerminal(controls.join(''));
	};
	const run = (program: string, words: readonly string[], input: string) => {
		runWith(environment, program, words, input);
	};
	/** One command, so that the buffer is gone again whatever becomes of this process. */
	const throughTmux = (text: string) => {
		const buffer = `okx-keys-${crypto.randomUUID()}`;
		run('tmux', ['load-buffer', '-w', '-b', buffer, '-', ';', 'delete-buffer', '-b', buffer], text);
	};
	const tool = (program: string, toPut: readonly string[], toClear = toPut): Handling => ({
		put(text) {
			run(program, toPut, text);
		},
		clear() {
			run(program, toClear, '');
		},
	});
	const handling: Readonly<Record<ClipboardWay, Handling>> = {
		osc52: {
			put(text) {
				write([controlFor(text)]);
			},
			clear() {
				write(osc52Clearing);
			},
		},
		screen: {
			put(text) {
				write([throughScreen(controlFor(text))]);
			},
			clear() {
				write(osc52Clearing.map(control => throughScreen(control)));
			},
		},
		tmux: {
			put: throughTmux,
			clear() {
				// tmux passes no empty text on.
				throughTmux(' ');
			},
		},
		'wl-copy': tool('wl-copy', [], ['--clear']),
		xclip: tool('xclip', ['-selection', 'clipboard']),
		xsel: tool('xsel', ['--clipboard', '--input'], ['--clipboard', '--clear']),
		pbcopy: tool('pbcopy', []),
	};
	const ways = () =>
		clipboardWays({
			environment,
			platform: process.platform,
			hasTerminal: hasTerminal(),
			isInstalled: program => isInstalled(program, environment),
		});

	return {
		ways,
		put(text) {
			const failures: unknown[] = [];
			const taken = ways().filter(way => succeeds(() => handling[way].put(text), failures));
			if (taken.length === 0) throw failures[0] ?? new AppError('no-clipboard');
			return taken;
		},
		clear(taken) {
			// What fails has lost its terminal or its server, and there is nowhere to tell it.
			for (const way of taken) succeeds(() => handling[way].clear(), []);
		},
	};
}

/** Whether a program is in a folder of PATH. */
export function isInstalled(program: string, {PATH = ''}: Environment): boolean {
	return PATH.split(':').some(
		folder => folder !== '' && succeeds(() => fs.accessSync(path.join(folder, program), fs.constants.X_OK), []),
	);
}

function succeeds(act: () => void, failures: unknown[]): boolean {
	try {
		act();
		return true;
	} catch (error) {
		failures.push(error);
		return false;
	}
}

function controlFor(text: string): string {
	const control = osc52(text);
	if (control === undefined) throw new AppError('not-copied', {reason: t`it is too long for a clipboard`});
	return control;
}

function runWith(environment: Environment, program: string, words: readonly string[], input: string): void {
	const {error, status} = spawnSync(program, words, {
		env: Object.fromEntries(passedOn.map(name => [name, environment[name]])),
		input,
		// A tool of a desktop goes on in the background, where it would hold a pipe open.
		stdio: ['pipe', 'ignore', 'ignore'],
		timeout: toolTimeoutMs,
		killSignal: 'SIGKILL',
	});
	// A program that ends without reading is no failure to run it.
	if (error && codeOf(error) !== 'EPIPE')
		throw new AppError('not-copied', {reason: t`${program} cannot be used (${reasonOf(error)})`}, {cause: error});
	if (error || status !== 0) throw new AppError('not-copied', {reason: t`${program} did not take it`});
}

/** Whether this process has a controlling terminal. */
export function hasTerminal(): boolean {
	return succeeds(() => fs.closeSync(openTerminal()), []);
}

function openTerminal(): number {
	return fs.openSync('/dev/tty', fs.constants.O_WRONLY | fs.constants.O_NOCTTY);
}

/** Past standard output, which may go to a file or belong to the full screen: the controls move no cursor. */
function writeToTerminal(text: string): void {
	try {
		const terminal = openTerminal();
		try {
			const {error} = writeNow(terminal, Buffer.from(text));
			if (error !== undefined) throw error;
		} finally {
			fs.closeSync(terminal);
		}
	} catch (error) {
		throw new AppError('not-copied', {reason: t`the terminal cannot be written to (${codeOf(error)})`}, {cause: error});
	}
}
