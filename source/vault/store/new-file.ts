import {closeSync, fsyncSync, openSync, readFileSync, unlinkSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {codeOf, reasonOf} from '../../core/system-error.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {AppError} from '../../core/errors.ts';
import {sync} from './backups.ts';
import {t} from '../../language/translate.ts';

/**
 * Writes a new file that no other user can read, following no link, and returns once it is on the disk. Throws
 * `file-exists`, or `file-not-written` and leaves nothing.
 */
export function writeNewFile(path: string, bytes: Uint8Array): void {
	let descriptor: number;
	try {
		descriptor = openSync(path, 'wx', 0o600);
	} catch (cause) {
		throw codeOf(cause) === 'EEXIST'
			? new AppError('file-exists', {path: sanitize(path)}, {cause})
			: notWritten(path, cause);
	}

	try {
		try {
			writeFileSync(descriptor, bytes);
			fsyncSync(descriptor);
		} finally {
			closeSync(descriptor);
		}

		const written = readFileSync(path);
		const isSame = written.equals(bytes);
		// The file may be a key.
		written.fill(0);
		if (!isSame)
			throw new AppError('file-not-written', {
				path: sanitize(path),
				reason: t`what was read back is not what was written`,
			});
		sync(dirname(path));
	} catch (cause) {
		try {
			unlinkSync(path);
		} catch {}

		throw cause instanceof AppError ? cause : notWritten(path, cause);
	}
}

function notWritten(path: string, cause: unknown): AppError {
	return new AppError('file-not-written', {path: sanitize(path), reason: reasonOf(cause)}, {cause});
}
