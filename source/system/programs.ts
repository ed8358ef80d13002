import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import fs from 'node:fs';
import {constants} from 'node:os';
import path from 'node:path';
import type {ProgramEnd, Program, Programs, RunProgramOptions} from '../cli/programs.ts';
import {hasValue} from '../core/has-value.ts';
import {AppError} from '../core/errors.ts';
import {codeOf, reasonOf} from '../core/system-error.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {openPipes, showFiltered, type Pipe} from './output/filtered-output.ts';
import {standardError, standardOutput} from './output/output.ts';
import {inProcessState, restoreProcessState, type ProcessState} from './process-state.ts';
import {isInForeground} from './terminal/foreground.ts';
import {openTransient, writeTransient} from './transient-file.ts';
import {t} from '../language/translate.ts';

/** Where execvp(3) looks without PATH. */
const usualPath = '/bin:/usr/bin';

/** Passed on to a program that runs beside this one. */
const forwarded = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGCONT', 'SIGWINCH'] as const;
/** A terminal sends these to every program of its foreground job itself. */
const ofTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT', 'SIGWINCH']);

/** Running other programs from this process, as it was at its start. */
export function processPrograms(before: ProcessState): Programs {
	return {
		environment: () =>
			Object.fromEntries(
				Object.entries(before.environment)
					.filter(entry => hasValue(entry))
					.filter(([name]) => !name.startsWith('OKX_KEYS_')),
			),
		refuseUnknown(word) {
			find(word, process.env['PATH']);
		},
		run: async (program, options) => run(program, before, options),
		writeTransient: (text, extension) => writeTransient(text, extension, process.env, process.geteuid!()),
	};
}

/** The file of a program, found as execvp(3) does. Throws `no-such-program` or `not-executable`. */
function find(word: string, searched: string = usualPath): string {
	if (word.includes('/')) {
		refuseUnfit(word, word);
		return word;
	}

	let refusal: unknown;
	for (const folder of searched.split(':')) {
		const file = path.join(folder || '.', word);
		try {
			refuseUnfit(file, word);
			return file;
		} catch (error) {
			if (!(error instanceof AppError) || error.code !== 'no-such-program') refusal ??= error;
		}
	}

	throw refusal ?? new AppError('no-such-program', {program: sanitize(word)});
}

function refuseUnfit(file: string, word: string): void {
	const unfit = (reason: string, cause?: unknown) =>
		new AppError('not-executable', {program: sanitize(file), reason}, {cause});
	try {
		const stats = fs.statSync(file);
		if (stats.isDirectory()) throw unfit(t`it is a folder`);
		if (!stats.isFile()) throw unfit(t`it is not a file`);
		fs.accessSync(file, fs.constants.X_OK);
	} catch (error) {
		if (error instanceof AppError) throw error;
		if (['ENOENT', 'ENOTDIR'].includes(codeOf(error)))
			throw new AppError('no-such-program', {program: sanitize(word)}, {cause: error});
		throw unfit(codeOf(error) === 'EACCES' ? t`its mode does not allow it` : reasonOf(error), error);
	}
}

/**
 * Has a program take the place of this process: with its number, its parent, its terminal. To be called when nothing is
 * left to do here. Runs it beside this process where that cannot be had.
 */
export async function replaceProcess(program: Program, before: ProcessState): Promise<ProgramEnd> {
	const {words, environment} = program;
	// A failed execve ends Node with a dump, so another program is to tell of what cannot be run after all.
	const env = envFor(words);
	if (env === undefined) return run(program, before);
	const ignored = namesOf(before.ignored);
	// A caught signal is back at its default after execve; Node ignores these two, and that would stay.
	for (const signal of ['SIGPIPE', 'SIGXFSZ'] as const) if (!ignored.includes(signal)) process.on(signal, () => {});
	for (const output of [standardOutput, standardError]) if (output.hasStream()) makeBlocking(output.stream());
	const ignore = ignoreOptions(env, before);
	restoreProcessState(before);
	process.execve!(env, ['env', ...ignore, ...words], environment);
	throw new Error('execve has returned.');
}

/** The `env` that runs these words; undefined where there is none, or where it would take the first for its own. */
function envFor([word]: Program['words']): string | undefined {
	return /^-|=/.test(word) ? undefined : ['/usr/bin/env', '/bin/env'].find(file => isRunnable(file));
}

/** Has `env` ignore the signals that were ignored before Node. Not every env knows the option. */
function ignoreOptions(env: string, {ignored}: ProcessState): readonly string[] {
	const options = [`--ignore-signal=${namesOf(ignored).join(',')}`];
	const isKnown = ignored.length > 0 && spawnSync(env, [...options, 'true'], {stdio: 'ignore'}).status === 0;
	return isKnown ? options : [];
}

/** The names of the signals with these numbers that a program can ignore. */
function namesOf(numbers: readonly number[]): NodeJS.Signals[] {
	return (Object.keys(constants.signals) as NodeJS.Signals[]).filter(name => numbers.includes(constants.signals[name]));
}

function isRunnable(file: string): boolean {
	try {
		fs.accessSync(file, fs.constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Node makes pipes non-blocking, for every program that shares them. */
function makeBlocking(stream: NodeJS.WriteStream): void {
	const {_handle: handle} = stream as {readonly _handle?: {readonly setBlocking?: (isOn: boolean) => void}};
	handle?.setBlocking?.(true);
}

async function run(program: Program, before: ProcessState, options: RunProgramOptions = {}): Promise<ProgramEnd> {
	const {filter} = options;
	// Before it starts: a signal that comes meanwhile is heard when this function waits.
	let child: ChildProcess | undefined;
	const pipes = filter ? openPipes(2, process.env, process.geteuid!()) : undefined;
	const stopForwarding = forwardSignals(namesOf(before.ignored), signal => child?.kill(signal));
	try {
		child = start(program, before, options, pipes);
		const running = child;
		const [out, error] = pipes?.map(({reader}) => reader) ?? [running.stdout, running.stderr];
		const shown = filter
			? [showFiltered(out!, standardOutput.stream(), filter()), showFiltered(error!, standardError.stream(), filter())]
			: [];
		const ended = await new Promise<ProgramEnd>((resolve, reject) => {
			running.once('error', reject).once('exit', (status, signal) => {
				resolve(signal ? {signal} : (status ?? 0));
			});
		});
		await Promise.all(shown);
		return ended;
	} catch (error) {
		if (error instanceof AppError) throw error;
		const word = sanitize(program.words[0]);
		if (codeOf(error) === 'ENOENT') throw new AppError('no-such-program', {program: word}, {cause: error});
		throw new AppError('not-executable', {program: word, reason: reasonOf(error)}, {cause: error});
	} finally {
		stopForwarding();
		for (const {reader} of pipes ?? []) reader.destroy();
	}
}

function start(
	{words, environment}: Program,
	before: ProcessState,
	{filter, texts}: RunProgramOptions,
	pipes: readonly Pipe[] | undefined,
): ChildProcess {
	// spawn brings every signal back to its default.
	const env = before.ignored.length === 0 ? undefined : envFor(words);
	const [word, ...rest] = env === undefined ? words : [env, ...ignoreOptions(env, before), ...words];
	const opened = pipes?.map(({writer}) => writer) ?? [];
	const openText = (text: string): number => {
		const descriptor = openTransient(text, process.env, process.geteuid!());
		opened.push(descriptor);
		return descriptor;
	};
	const usual = filter === undefined ? 'inherit' : 'pipe';
	const [out = usual, error = usual] = opened;
	try {
		const input = texts?.input === undefined ? 'inherit' : openText(texts.input);
		const descriptors = (texts?.descriptors ?? []).map(text => openText(text));
		return inProcessState(before, () =>
			spawn(word, rest, {env: environment, stdio: [input, out, error, ...descriptors]}),
		);
	} finally {
		for (const descriptor of opened) fs.closeSync(descriptor);
	}
}

/** Has signals for this process reach the program, once each, but for those that are to be ignored. */
function forwardSignals(ignored: readonly string[], send: (signal: NodeJS.Signals) => void): () => void {
	const isOfTerminal = isInForeground() === true;
	const listeners = forwarded.map(signal => {
		const forward = () => {
			if (!ignored.includes(signal) && !(isOfTerminal && ofTerminal.has(signal))) send(signal);
		};
		process.removeAllListeners(signal).on(signal, forward);
		return {signal, forward};
	});
	return () => {
		for (const {signal, forward} of listeners) process.off(signal, forward);
	};
}

/** Ends this process by a signal, as a program that it ran has ended. Gives the status for one that does not end it. */
export function dieBy(name: string): number {
	const signal = name as NodeJS.Signals;
	// Node ignores some by itself, until a listener has come and gone.
	if (signal !== 'SIGKILL' && signal !== 'SIGSTOP') process.on(signal, () => {}).removeAllListeners(signal);
	process.kill(process.pid, signal);
	return 128 + (constants.signals[signal] ?? 0);
}
