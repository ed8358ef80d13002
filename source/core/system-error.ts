import {shellQuotePath} from './text/shell.ts';
import {msg, t, type Translatable} from '../language/translate.ts';

type ErrorWords = {
	readonly reason: Translatable;
	/** What to do other than free space or repair the disk; `what` is a path, or a phrase for an unknown one. */
	readonly fix?: (what: string) => string;
};

const checkOwner = () => t`Check who owns the file and its folder, then repeat the change.`;
const moveAway = (what: string) => t`Check what ${what} is, and move it away; then repeat the change.`;

const codes: Readonly<Record<string, ErrorWords>> = {
	EEXIST: {reason: msg`something else has a name that it needs`, fix: moveAway},
	EISDIR: {reason: msg`a folder has a name that it needs`, fix: moveAway},
	ENOENT: {
		reason: msg`there is no such file or folder`,
		fix: what => t`Check why ${what} is missing, or whether it is a link that leads nowhere; then repeat the change.`,
	},
	ENOTDIR: {
		reason: msg`a part of its path is not a folder`,
		fix: what => t`Check which part of ${what} is not a folder, and move it away; then repeat the change.`,
	},
	ENAMETOOLONG: {reason: msg`its name is too long`, fix: () => t`Choose a shorter one with --vault.`},
	ELOOP: {
		reason: msg`its path leads in a circle`,
		fix: what => t`Check which links ${what} goes through; then repeat the change.`,
	},
	ENOSPC: {reason: msg`the disk is full`},
	EDQUOT: {reason: msg`the disk quota is used up`},
	EIO: {reason: msg`the disk reports an error`},
	EFBIG: {
		reason: msg`the file would be larger than allowed`,
		fix: () => t`Raise the limit for files (ulimit -f), then repeat the change.`,
	},
	EROFS: {
		reason: msg`the file system is read-only`,
		fix: () => t`Mount the file system for writing, then repeat the change.`,
	},
	EACCES: {reason: msg`permission denied`, fix: checkOwner},
	EPERM: {reason: msg`the system does not permit it`, fix: checkOwner},
	EBUSY: {
		reason: msg`the file is in use, or mounted on its own`,
		fix: () => t`Where the file is mounted on its own, mount its folder instead; then repeat the change.`,
	},
	EBADF: {reason: msg`it is not open`},
	EMFILE: {reason: msg`too many files are open`, fix: () => t`Close some programs, then repeat the change.`},
	// The lock file is the only database.
	ERR_SQLITE_ERROR: {
		reason: msg`its lock file cannot be used`,
		fix: what => t`While no other program uses the vault, move ${what} away; then repeat the change.`,
	},
};

export function codeOf(error: unknown): string {
	const {code} = (error ?? {}) as {readonly code?: unknown};
	return typeof code === 'string' ? code : 'unknown';
}

/** The reason in words that continue a sentence. Never the message of the error, which comes from outside. */
export function reasonOf(error: unknown): string {
	const code = codeOf(error);
	return code === 'unknown' ? t`an unexpected error` : (codes[code]?.reason() ?? code);
}

/** Names the path in the error, or else `path`. Undefined where the usual advice for a failed save is enough. */
export function remedyOf(error: unknown, path?: string): string | undefined {
	const {path: asked = path, dest = asked} = (error ?? {}) as {readonly path?: string; readonly dest?: string};
	return codes[codeOf(error)]?.fix?.(dest === undefined ? t`what is in its way` : shellQuotePath(dest));
}
