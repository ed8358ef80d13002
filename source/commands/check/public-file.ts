import {closeSync, fchmodSync, fsyncSync, lstatSync, openSync, renameSync, unlinkSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {clean} from '../../core/text.ts';
import {AppError} from '../../errors.ts';
import {reasonOf} from '../../vault/reason.ts';

/**
 * Puts a file that everybody may read in the place of an earlier one, in one step: whoever reads it sees the old or the new one whole.
 * `mark` tells its unfinished form from that of another program. Throws `copy-not-written` and leaves the old one.
 */
export function replacePublicFile(path: string, text: string, mark: string): void {
	// Hidden, and without the ending that node_exporter looks for.
	const unfinished = join(dirname(path), `.${basename(path)}.tmp-${mark}`);
	let descriptor: number | undefined;
	try {
		// Something else in its place, such as a device or a folder, is not a report of ours.
		const present = lstatSync(path, {throwIfNoEntry: false});
		if (present && !present.isFile()) throw new AppError('copy-exists', {path: clean(path)});
		descriptor = openSync(unfinished, 'wx', 0o644);
		writeFileSync(descriptor, text);
		fchmodSync(descriptor, 0o644);
		fsyncSync(descriptor);
		renameSync(unfinished, path);
	} catch (cause) {
		if (descriptor !== undefined) attempt(() => { unlinkSync(unfinished); });
		throw cause instanceof AppError ? cause : new AppError('copy-not-written', {path: clean(path), reason: reasonOf(cause)}, {cause});
	} finally {
		if (descriptor !== undefined) closeSync(descriptor);
	}
}

/** For housekeeping whose failure harms nobody. */
function attempt(work: () => void): void {
	try {
		work();
	} catch {}
}
