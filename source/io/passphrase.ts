import fs from 'node:fs';
import {AppError} from '../errors.ts';
import {Secret} from '../core/secret.ts';
import {clean} from '../core/text.ts';

/** More than any passphrase, less than a file named by mistake; bytes. */
const most = 64 * 1024;

function reasonOf(error: unknown): string {
	return (error as NodeJS.ErrnoException).code ?? 'unknown';
}

function readAll(descriptor: number): string {
	const chunks: Buffer[] = [];
	let size = 0;
	for (;;) {
		const chunk = Buffer.alloc(4096);
		const read = fs.readSync(descriptor, chunk);
		if (read === 0) return Buffer.concat(chunks).toString('utf8');
		size += read;
		if (size > most) throw new Error('too long');
		chunks.push(chunk.subarray(0, read));
	}
}

/** The first line; a passphrase never has several, and an editor ends the file with a newline. */
function firstLine(content: string): Secret {
	return new Secret(content.split(/\r?\n/, 1)[0]!);
}

/**
 * Reads the passphrase from the first line of a file that belongs to its reader alone; checked on the open file, so that
 * it cannot be swapped in between. Throws `passphrase-file`.
 */
export function fromFile(path: string, uid: number): Secret {
	const refuse = (problem: string, fix: string, cause?: unknown) => new AppError('passphrase-file', {path: clean(path), problem, fix}, {cause});
	let descriptor: number;
	try {
		descriptor = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
	} catch (error) {
		throw refuse(reasonOf(error) === 'ENOENT' ? 'does not exist' : `cannot be read (${reasonOf(error)})`, 'Name a file that you can read.', error);
	}

	try {
		const {mode, size, uid: owner} = fs.fstatSync(descriptor);
		if ((mode & fs.constants.S_IFMT) !== fs.constants.S_IFREG) throw refuse('is not a file', 'Name a plain file, or use --passphrase-fd.');
		if (owner !== uid && owner !== 0) throw refuse('belongs to somebody else', 'Use a file of your own.');
		if ((mode & 0o077) !== 0) throw refuse('can be read by others', `Close it with chmod 600 ${clean(path)}, and think of a new passphrase.`);
		if (size > most) throw refuse('is too long', 'Name a file that holds one passphrase.');
		const passphrase = firstLine(readAll(descriptor));
		if (passphrase.reveal() === '') throw refuse('has an empty first line', 'Put the passphrase on its first line.');
		return passphrase;
	} finally {
		fs.closeSync(descriptor);
	}
}

/** Reads the passphrase from the first line of an open file descriptor, such as `3` in `3< <(pass show okx)`. */
export function fromDescriptor(given: string): Secret {
	const refuse = (problem: string, cause?: unknown) => new AppError('usage', {problem, hint: 'Use it like this: okx-keys list --passphrase-fd 3 3< file.'}, {cause});
	if (!/^\d{1,9}$/.test(given)) throw refuse('--passphrase-fd takes the number of an open file descriptor.');
	let content: string;
	try {
		content = readAll(Number(given));
	} catch (error) {
		throw refuse(`File descriptor ${given} cannot be read (${reasonOf(error)}).`, error);
	}

	const passphrase = firstLine(content);
	if (passphrase.reveal() === '') throw refuse(`File descriptor ${given} gave no passphrase.`);
	return passphrase;
}
