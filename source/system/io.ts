import {once} from 'node:events';
import fs from 'node:fs';
import type {Io, Machine} from '../cli/io.ts';
import {decodeText} from '../core/text/reading/decode.ts';
import type {Programs} from '../cli/programs.ts';
import type {SignFilter} from '../core/text/signs.ts';
import {AppError} from '../core/errors.ts';
import type {Secret} from '../core/secret.ts';
import {codeOf} from '../core/system-error.ts';
import {exits} from '../core/exit-status.ts';
import {isNullDevice, isTerminal} from './output/descriptors.ts';
import {standardError, standardOutput} from './output/output.ts';
import {writeNow} from './output/write-now.ts';
import {createAsker} from './terminal/ask.ts';
import {createProgressLine} from './terminal/progress-line.ts';
import {processFiles, readStream, writeOutput} from './user-files/files.ts';
import {t} from '../language/translate.ts';

export type IoOptions = {
	readonly json: boolean;
	readonly passphraseFile: string | undefined;
	readonly passphraseFd: string | undefined;
	readonly keyFile: string | undefined;
	readonly signs: SignFilter;
	readonly programs: Programs;
	readonly machine: Machine;
};

const stdinMost = 1024 * 1024;

async function readStdin(): Promise<string> {
	const bytes = await readStream(process.stdin, stdinMost);
	if (!bytes)
		throw new AppError('invalid', {problem: t`Standard input is too long.`, fix: t`Give one small JSON object.`});
	const {text, problem} = decodeText(bytes);
	bytes.fill(0);
	if (text === undefined)
		throw new AppError('invalid', {
			problem: t`Standard input ${problem}.`,
			fix: t`Give one JSON object as UTF-8 text.`,
		});
	return text;
}

/** Writes past the stream, whose errors end the program, so that the caller can report them. */
function deliverNow(text: string): void {
	for (let left: Buffer = Buffer.from(text); left.length > 0;) {
		const {rest, error} = writeNow(1, left);
		if (error !== undefined && codeOf(error) !== 'EAGAIN') throw error;
		left = rest;
	}
}

/**
 * How long after a signal the same one may be conf's echo (it raises a signal once more) and not a second request,
 * ms.
 */
const echoMs = 300;

/** Aborts with the first Ctrl+C or SIGTERM; a second one ends the program at once. */
function stopSignal(): AbortSignal {
	const stop = new AbortController();
	let stoppedAt = 0;
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			if (stop.signal.aborted && performance.now() - stoppedAt > echoMs) process.exit(exits.aborted.status);
			stoppedAt ||= performance.now();
			stop.abort(new AppError('aborted'));
		});
	}

	return stop.signal;
}

/** Reads a passphrase, and closes where it came from: a program that is run afterwards would inherit it. */
async function passphraseOnce(descriptor: string): Promise<Secret> {
	const passphrase = await processFiles.passphraseFrom(descriptor);
	if (Number(descriptor) > 2) fs.closeSync(Number(descriptor));
	return passphrase;
}

/** The real streams, terminal and signals of this process. */
export function processIo(options: IoOptions): Io {
	const {json, passphraseFile, passphraseFd, keyFile, signs, programs, machine} = options;
	let stop: AbortSignal | undefined;
	const {ask, hold, release} = createAsker(() => stop);
	const {shown, keep} = signs;
	const line = createProgressLine(
		text => {
			if (standardError.isTerminal()) standardError.write(shown(text));
		},
		() => standardError.columns() ?? 80,
	);
	return {
		out(text) {
			line.makeWay();
			standardOutput.write(`${shown(text)}\n`);
		},
		exact(text) {
			line.makeWay();
			standardOutput.write(`${text}\n`);
		},
		secret(text) {
			line.makeWay();
			standardOutput.write(`${text}\n`);
		},
		deliver(text) {
			deliverNow(`${text}\n`);
		},
		write: writeOutput,
		files: processFiles,
		programs,
		machine,
		openers: {passphraseFile, keyFile},
		isUnseen: isNullDevice(1),
		note(text) {
			line.makeWay();
			standardError.write(`${shown(text)}\n`);
		},
		progress: line.show,
		wait: line.wait,
		keep,
		json,
		columns: standardOutput.columns(),
		// Asking process.stdin would make a pipe non-blocking for the programs that share it too.
		stdinIsTerminal: isTerminal(0),
		readStdin,
		async ask(question, options) {
			line.makeWay();
			return ask(shown(question), options);
		},
		hold,
		release,
		async givenPassphrase() {
			if (passphraseFd !== undefined) return passphraseOnce(passphraseFd);
			return passphraseFile === undefined ? undefined : processFiles.passphrase(passphraseFile);
		},
		givenKeyFile: () => (keyFile === undefined ? undefined : processFiles.keyFile(keyFile)),
		stopSignal: () => (stop ??= stopSignal()),
		async stopped() {
			const signal = this.stopSignal();
			if (!signal.aborted) await once(signal, 'abort');
		},
		async ended() {
			const {promise, resolve} = Promise.withResolvers<void>();
			// For good: conf ends the process by a signal that nothing else listens to any more.
			process.on('SIGHUP', resolve).on('SIGQUIT', resolve);
			await Promise.race([this.stopped(), promise]);
		},
	};
}
