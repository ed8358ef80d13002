import fs from 'node:fs';
import {AppError} from '../errors.ts';
import {Secret} from '../core/secret.ts';
import {codeOf} from '../core/system-error.ts';
import {clean} from '../core/text.ts';
import {reasonOf} from '../vault/reason.ts';
import {readKeyFile} from './key-file.ts';
import {fromFile} from './passphrase.ts';
import {readPrivateFile} from './private-file.ts';

/** What a person calls the source of an import. */
export function sourceName(file: string): string {
	return file === '-' ? 'Standard input' : clean(file);
}

/** All bytes of a file, a pipe or, for `-`, standard input. Throws `copy-unreadable`, or `not-importable` for more than `most` bytes. */
export async function readInput(file: string, most: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	try {
		const source: AsyncIterable<Buffer> = file === '-' ? process.stdin : fs.createReadStream(file);
		for await (const chunk of source) {
			length += chunk.length;
			if (length > most) throw new AppError('not-importable', {from: sourceName(file), problem: `is longer than ${most / 1024 / 1024} MiB`, fix: 'Give a file that okx-keys export made.'});
			chunks.push(chunk);
		}

		return Buffer.concat(chunks);
	} catch (error) {
		if (error instanceof AppError) throw error;
		throw new AppError('copy-unreadable', {path: sourceName(file), reason: codeOf(error)}, {cause: error});
	} finally {
		for (const chunk of chunks) chunk.fill(0);
	}
}

/** Bytes for standard output, as they are; resolves once they have left. */
export async function writeOutput(bytes: Uint8Array): Promise<void> {
	await new Promise<void>(resolve => { process.stdout.write(bytes, () => { resolve(); }); });
}

/** Throws `copy-exists` when there is anything at all at a path, or `copy-not-written` when nothing can be: to say so before somebody thinks of a passphrase. */
export function refuseTaken(path: string): void {
	let isTaken: boolean;
	try {
		isTaken = fs.lstatSync(path, {throwIfNoEntry: false}) !== undefined;
	} catch (error) {
		throw new AppError('copy-not-written', {path: clean(path), reason: reasonOf(error)}, {cause: error});
	}

	if (isTaken) throw new AppError('copy-exists', {path: clean(path)});
}

/** A passphrase from the first line of a file that belongs to its reader alone. Throws `passphrase-file`. */
export function passphraseIn(path: string): Secret {
	return fromFile(path, process.getuid!());
}

/** The text of a key file, which must belong to its reader alone. Throws `key-file`. */
export function keyFileIn(path: string): Secret {
	return readKeyFile(path, process.getuid!());
}

/** The text of an age identity file, which must belong to its reader alone. Throws `age-identity`. */
export function identityFile(path: string): Secret {
	return new Secret(readPrivateFile(path, process.getuid!(), 'age-identity'));
}
