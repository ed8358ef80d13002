import {
	closeSync,
	constants,
	fchmodSync,
	fsyncSync,
	lstatSync,
	openSync,
	readSync,
	renameSync,
	unlinkSync,
	writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {reasonOf} from '../../core/system-error.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {attempt} from '../../files/attempt.ts';
import {AppError} from '../../core/errors.ts';

/**
 * Accepts only a free path, an empty file or a file that begins with `beginning`, as our own do: a mistyped path
 * must not destroy a vault or a key file. Throws `not-a-report`, or `report-not-written` where it cannot be looked
 * at.
 */
export function refuseOtherThanReport(path: string, beginning: string): void {
	let descriptor: number | undefined;
	try {
		const present = lstatSync(path, {throwIfNoEntry: false});
		if (!present) return;
		if (!present.isFile()) throw new AppError('not-a-report', {path: sanitize(path)});
		descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const start = Buffer.alloc(Buffer.byteLength(beginning));
		const length = readSync(descriptor, start);
		if (length > 0 && start.toString('utf8', 0, length) !== beginning)
			throw new AppError('not-a-report', {path: sanitize(path)});
	} catch (cause) {
		throw cause instanceof AppError
			? cause
			: new AppError('report-not-written', {path: sanitize(path), reason: reasonOf(cause)}, {cause});
	} finally {
		if (descriptor !== undefined) closeSync(descriptor);
	}
}

/**
 * Replaces a file that all users may read in one step, so that a reader sees the old or the new one whole; `mark`
 * tells its unfinished form from another program's. Throws `report-not-written` and leaves the old one.
 */
export function replaceReport(path: string, text: string, mark: string): void {
	// Hidden, and without the ending that node_exporter looks for.
	const unfinished = join(dirname(path), `.${basename(path)}.tmp-${mark}`);
	let descriptor: number | undefined;
	try {
		descriptor = openSync(unfinished, 'wx', 0o644);
		writeFileSync(descriptor, text);
		fchmodSync(descriptor, 0o644);
		fsyncSync(descriptor);
		renameSync(unfinished, path);
	} catch (cause) {
		if (descriptor !== undefined)
			attempt(() => {
				unlinkSync(unfinished);
			});
		throw new AppError('report-not-written', {path: sanitize(path), reason: reasonOf(cause)}, {cause});
	} finally {
		if (descriptor !== undefined) closeSync(descriptor);
	}
}
