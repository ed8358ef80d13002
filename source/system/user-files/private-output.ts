import {spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import fs, {type BigIntStats} from 'node:fs';
import path from 'node:path';
import {AppError, isAppError} from '../../core/errors.ts';
import {decodeText} from '../../core/text/reading/decode.ts';
import {codeOf, reasonOf} from '../../core/system-error.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {shellQuotePath} from '../../core/text/shell.ts';
import {t} from '../../language/translate.ts';
import type {ExistingFile} from '../../cli/io.ts';
import {isAlive} from '../alive.ts';
import {attempt} from '../../files/attempt.ts';
import {otherThanFile, readBounded} from '../../files/read.ts';
import {sync} from '../../vault/store/backups.ts';
import {writeNewFile} from '../../vault/store/new-file.ts';

/**
 * What a file holds that is to be replaced; undefined if there is none. Follows no link. Throws `file-unreadable`, or
 * `file-not-written` where no file can be.
 */
export function readExisting(file: string, most: number): ExistingFile | undefined {
	const refuse = (reason: string, fix?: string, cause?: unknown) =>
		new AppError('file-unreadable', {path: sanitize(file), reason, fix}, {cause});
	try {
		const {bytes, stats} = readBounded(file, {
			most,
			judge(stats) {
				const what = otherThanFile(stats);
				if (what !== undefined) throw refuse(t`it is ${what}`, t`Name a plain file.`);
			},
		});
		const {text, problem} = bytes === undefined ? {problem: t`is too long`} : decodeText(bytes);
		bytes?.fill(0);
		if (problem !== undefined) throw refuse(t`it ${problem}`, t`Choose another name.`);
		return {text, isExposed: isExposed(stats)};
	} catch (error) {
		if (error instanceof AppError) throw error;
		if (codeOf(error) === 'ENOENT') {
			refuseNoFolder(file, error);
			return undefined;
		}

		if (codeOf(error) === 'ELOOP') throw refuse(t`it is a symbolic link`, t`Name the file that it leads to.`, error);
		throw refuse(reasonOf(error), undefined, error);
	}
}

function refuseNoFolder(file: string, cause: unknown): void {
	const folder = path.dirname(file);
	if (fs.existsSync(folder)) return;
	throw new AppError(
		'file-not-written',
		{
			path: sanitize(file),
			reason: t`there is no folder ${sanitize(folder)}`,
			fix: t`Make it with mkdir -p -m 700 ${shellQuotePath(folder)}, or choose another place.`,
		},
		{cause},
	);
}

function isExposed({mode}: Pick<BigIntStats, 'mode'>): boolean {
	return (mode & 0o077n) !== 0n;
}

/**
 * Writes a file of mode 0600 in one step, for the owner of the one that was there: a reader sees the old or the new one
 * whole. Removes what killed processes have left of earlier attempts. Throws `file-not-written` and leaves the old one.
 */
export function replacePrivate(file: string, bytes: Uint8Array): void {
	removeUnfinished(file);
	const present = fs.lstatSync(file, {throwIfNoEntry: false});
	if (!present) {
		writeNewFile(file, bytes);
		return;
	}

	const mark = `${process.pid}-${randomBytes(6).toString('hex')}`;
	const unfinished = path.join(path.dirname(file), `${unfinishedNameOf(file)}${mark}`);
	try {
		writeNewFile(unfinished, bytes);
		if (present.uid !== process.geteuid!()) fs.chownSync(unfinished, present.uid, present.gid);
		fs.renameSync(unfinished, file);
		sync(path.dirname(file));
	} catch (cause) {
		attempt(() => {
			fs.rmSync(unfinished, {force: true});
		});
		const reason = isAppError(cause, 'file-not-written') && cause.cause !== undefined ? cause.cause : cause;
		throw new AppError('file-not-written', {path: sanitize(file), reason: reasonOf(reason)}, {cause});
	}
}

/** The beginning of the names under which a file is written; the number of the process follows. */
function unfinishedNameOf(file: string): string {
	return `.${path.basename(file)}.tmp-`;
}

function removeUnfinished(file: string): void {
	const [folder, beginning] = [path.dirname(file), unfinishedNameOf(file)];
	attempt(() => {
		for (const name of fs.readdirSync(folder)) {
			if (!name.startsWith(beginning)) continue;
			const pid = /^(\d{1,9})-[\da-f]{12}$/.exec(name.slice(beginning.length))?.[1];
			if (pid !== undefined && !isAlive(Number(pid))) attempt(() => fs.unlinkSync(path.join(folder, name)));
		}
	});
}

/** The file that standard output goes to, and whether others can read it; undefined for anything but a file. */
export function outputFile(): {readonly path: string; readonly isExposed: boolean} | undefined {
	try {
		const stats = fs.fstatSync(1, {bigint: true});
		return stats.isFile() ? {path: fs.readlinkSync('/proc/self/fd/1'), isExposed: isExposed(stats)} : undefined;
	} catch {
		return undefined;
	}
}

/** The git work tree that a file would be committed with; undefined where there is none or git ignores the file. */
export function workTreeOf(file: string): string | undefined {
	const folder = path.dirname(path.resolve(file));
	for (let at = folder; ; at = path.dirname(at)) {
		if (fs.existsSync(path.join(at, '.git'))) return isIgnored(file, folder) ? undefined : at;
		if (at === path.dirname(at)) return undefined;
	}
}

/** A configuration in the work tree must not start a program of its own. */
function isIgnored(file: string, folder: string): boolean {
	const words = ['-c', 'core.fsmonitor=false', 'check-ignore', '--quiet', '--', path.resolve(file)];
	return spawnSync('git', words, {cwd: folder, stdio: 'ignore', timeout: 5000}).status === 0;
}
