import fs from 'node:fs';
import readline from 'node:readline';
import {Writable} from 'node:stream';
import tty from 'node:tty';
import type {AskOptions} from '../commands/command.ts';
import {AppError} from '../errors.ts';

/** Swallows what readline would echo. */
const silent = () => new Writable({write: (_chunk, _encoding, done) => { done(); }});

/**
 * Asks one question on the controlling terminal, whatever stdin and stdout are. A secret is not echoed. Throws
 * `nobody-to-ask` without a terminal, and `aborted` on Ctrl+C and Ctrl+D; the terminal is left as it was found.
 */
export async function ask(question: string, {secret = false, what = 'that', instead}: AskOptions = {}): Promise<string> {
	let descriptor: number;
	try {
		descriptor = fs.openSync('/dev/tty', fs.constants.O_RDWR | fs.constants.O_NOCTTY);
	} catch (error) {
		throw new AppError('nobody-to-ask', {what, instead}, {cause: error});
	}

	const input = new tty.ReadStream(descriptor);
	const write = (text: string) => { fs.writeSync(descriptor, text); };
	const echo = secret ? silent() : new Writable({write(chunk: Buffer, _encoding, done) { write(chunk.toString()); done(); }});
	// Otherwise a question longer than the screen is wide would leave the cursor in the wrong place.
	Object.assign(echo, {columns: process.stderr.columns || process.stdout.columns || 80});
	const lines = readline.createInterface({input, output: echo, terminal: true, historySize: 0});
	try {
		return await new Promise<string>((resolve, reject) => {
			const stop = () => { reject(new AppError('aborted')); };
			lines.once('SIGINT', stop);
			lines.once('close', stop);
			if (secret) write(question);
			lines.question(secret ? '' : question, resolve);
		});
	} finally {
		lines.close();
		// The newline that ended the answer was not echoed either.
		if (secret) write('\n');
		input.setRawMode(false);
		input.destroy();
	}
}
