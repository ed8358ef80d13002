import fs from 'node:fs';
import os from 'node:os';
import {AppError} from '../../core/errors.ts';
import {Secret} from '../../core/secret.ts';
import {codeOf, reasonOf} from '../../core/system-error.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {shellQuotePath} from '../../core/text/shell.ts';
import {copiesOf} from '../../files/copies.ts';
import {shredFile, type NotShredded} from '../../files/shred.ts';
import {otherThanFile, readBounded} from '../../files/read.ts';
import {sourceName} from '../../cli/print.ts';
import type {Files} from '../../cli/io.ts';
import {writeNewFile} from '../../vault/store/new-file.ts';
import {standardOutput} from '../output/output.ts';
import {readKeyFile, writeKeyFile} from './key-file.ts';
import {fromDescriptor, fromFile} from './passphrase.ts';
import {readPrivateFile} from './private-file.ts';
import {outputFile, readExisting, replacePrivate, workTreeOf} from './private-output.ts';
import {refuseOtherThanReport, replaceReport} from './report-file.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

/**
 * Reads a file, standard input for `-`, or a pipe that a shell has opened, as for `<(pass show okx)`; waits for no
 * other pipe. Throws `no-such-file`, `file-unreadable`, or `not-importable` for more than `most` bytes.
 */
export async function readInput(file: string, most: number): Promise<Buffer> {
	return wholeOf(file, most, bytesOf);
}

async function wholeOf(
	file: string,
	most: number,
	read: (file: string, most: number) => Buffer | undefined | Promise<Buffer | undefined>,
): Promise<Buffer> {
	try {
		const bytes = await read(file, most);
		if (!bytes)
			throw new AppError('not-importable', {
				from: sourceName(file),
				problem: t`is longer than ${most / 1024 / 1024} MiB`,
				fix: t`Give a file that export made.`,
			});
		return bytes;
	} catch (error) {
		if (error instanceof AppError) throw error;
		if (codeOf(error) === 'ENOENT') throw new AppError('no-such-file', {path: sourceName(file)}, {cause: error});
		throw unreadable(file, reasonOf(error), undefined, error);
	}
}

function unreadable(file: string, reason: string, fix?: string, cause?: unknown): AppError {
	return new AppError('file-unreadable', {path: sourceName(file), reason, fix}, {cause});
}

async function bytesOf(file: string, most: number): Promise<Buffer | undefined> {
	const opened = descriptorOf(file);
	if (opened !== undefined) return readStream(opened === 0 ? process.stdin : streamOf(opened), most);
	return plainBytes(file, most);
}

function plainBytes(file: string, most: number): Buffer | undefined {
	return readBounded(file, {
		most,
		isLinkFollowed: true,
		judge(stats) {
			const what = otherThanFile(stats);
			if (what === 'a pipe')
				throw unreadable(file, t`it is a pipe`, t`Give it as standard input: - < ${shellQuotePath(file)}`);
			if (what !== undefined) throw unreadable(file, t`it is ${what}`, t`Name a plain file.`);
		},
	}).bytes;
}

/** Undefined for a file. Opened anew and without waiting, a pipe would seem empty until its writer begins. */
function descriptorOf(file: string): number | undefined {
	if (file === '-' || file === '/dev/stdin') return 0;
	const digits = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/.exec(file)?.[1];
	return digits === undefined ? undefined : Number(digits);
}

const whyKept: Readonly<Record<NotShredded, Translatable>> = {
	changed: msg`it was changed meanwhile`,
	'not-a-file': msg`it is a link or no plain file`,
	linked: msg`it has a second name (a hard link)`,
};

function shred(file: string, sha256: string): void {
	const path = sanitize(file);
	let kept: NotShredded | undefined;
	try {
		kept = shredFile(file, sha256);
	} catch (error) {
		throw new AppError('file-not-shredded', {path, reason: reasonOf(error)}, {cause: error});
	}

	if (kept) throw new AppError('file-not-shredded', {path, reason: whyKept[kept]()});
}

function staysBehind(file: string): boolean {
	return descriptorOf(file) === undefined;
}

/** The descriptor may be one that says "not yet" (EAGAIN) instead of waiting. */
function streamOf(fd: number): AsyncIterable<Buffer> {
	const stats = fs.fstatSync(fd);
	if (!stats.isFIFO() && !stats.isSocket()) return fs.createReadStream('', {fd, autoClose: false});
	const {Socket} = process.getBuiltinModule('node:net');
	return new Socket({fd, readable: true, writable: false});
}

/** Undefined for more than `most` bytes. */
export async function readStream(source: AsyncIterable<Buffer>, most: number): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let length = 0;
	try {
		for await (const chunk of source) {
			chunks.push(chunk);
			length += chunk.length;
			if (length > most) return undefined;
		}

		return Buffer.concat(chunks);
	} finally {
		for (const chunk of chunks) chunk.fill(0);
	}
}

/** Resolves once the system has taken all bytes, unchanged. Throws `output-incomplete`. */
export async function writeOutput(bytes: Uint8Array): Promise<void> {
	const error = await new Promise<Error | null | undefined>(resolve => {
		standardOutput.stream().write(bytes, resolve);
	});
	if (error)
		throw new AppError(
			'output-incomplete',
			{reason: codeOf(error) === 'EPIPE' ? t`the program that was to read it has ended` : reasonOf(error)},
			{cause: error},
		);
}

/**
 * Checked early, before the person thinks of a passphrase. Throws `file-exists`, or `file-not-written` where no
 * file can be made.
 */
function refuseTaken(path: string): void {
	let isTaken: boolean;
	try {
		isTaken = fs.lstatSync(path, {throwIfNoEntry: false}) !== undefined;
	} catch (error) {
		throw new AppError('file-not-written', {path: sanitize(path), reason: reasonOf(error)}, {cause: error});
	}

	if (isTaken) throw new AppError('file-exists', {path: sanitize(path)});
}

/** For paths that are typed on the screen: `~` is the home folder, and standard input is the terminal. */
export const typedFiles: Pick<Files, 'read' | 'shred' | 'copiesOf' | 'identity'> = {
	read: async (file, most) => wholeOf(atHome(file), most, plainBytes),
	shred(file, sha256) {
		shred(atHome(file), sha256);
	},
	copiesOf: file => copiesOf(atHome(file)),
	identity: file => identityOf(atHome(file)),
};

function identityOf(path: string): Secret {
	return new Secret(readPrivateFile(path, process.getuid!(), 'age-identity'));
}

function atHome(file: string): string {
	return file.replace(/^~(?=\/|$)/, () => os.homedir());
}

export const processFiles: Files = {
	read: readInput,
	staysBehind,
	shred,
	copiesOf,
	refuseTaken,
	writeNew: writeNewFile,
	existing: readExisting,
	replacePrivate,
	ofOutput: outputFile,
	workTree: workTreeOf,
	writeKeyFile,
	remove(path) {
		fs.rmSync(path, {force: true});
	},
	passphrase: path => fromFile(path, process.getuid!()),
	passphraseFrom: fromDescriptor,
	keyFile: path => readKeyFile(path, process.getuid!()),
	identity: identityOf,
	refuseOtherThanReport,
	replaceReport,
};
