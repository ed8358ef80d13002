import {shellQuotePath} from './text/shell.ts';

type ErrorWords = {
	/** What the code means, in words that fit into a sentence. */
	readonly reason: string;
	/**
	 * What a person can do about it, where that is not to free space or to mend the disk. `what` is a path, or words
	 * for one that nobody knows.
	 */
	readonly fix?: (what: string) => string;
};

const checkOwner = () => 'Check who owns the file and its folder, then repeat the change.';
const moveAway = (what: string) => `Check what ${what} is, and move it away; then repeat the change.`;

const codes: Readonly<Record<string, ErrorWords>> = {
	EEXIST: {reason: 'something else has a name that it needs', fix: moveAway},
	EISDIR: {reason: 'a folder has a name that it needs', fix: moveAway},
	ENOENT: {
		reason: 'there is no such file or folder',
		fix: what => `Look why ${what} is not there, or whether it is a link that leads nowhere; then repeat the change.`,
	},
	ENOTDIR: {
		reason: 'a part of its path is not a folder',
		fix: what => `Look which part of ${what} is not a folder, and move it away; then repeat the change.`,
	},
	ENAMETOOLONG: {reason: 'its name is too long', fix: () => 'Choose a shorter one with --vault.'},
	ELOOP: {
		reason: 'its path leads in a circle',
		fix: what => `Look which links ${what} goes through; then repeat the change.`,
	},
	ENOSPC: {reason: 'the disk is full'},
	EDQUOT: {reason: 'the disk quota is used up'},
	EIO: {reason: 'the disk reports an error'},
	EFBIG: {
		reason: 'the file would be larger than allowed',
		fix: () => 'Raise the limit for files (ulimit -f), then repeat the change.',
	},
	EROFS: {
		reason: 'the file system is read-only',
		fix: () => 'Mount the file system for writing, then repeat the change.',
	},
	EACCES: {reason: 'permission denied', fix: checkOwner},
	EPERM: {reason: 'the system does not permit it', fix: checkOwner},
	EBUSY: {
		reason: 'the file is in use, or mounted on its own',
		fix: () => 'Where the file is mounted on its own, mount its folder instead; then repeat the change.',
	},
	EBADF: {reason: 'it is not open'},
	EMFILE: {reason: 'too many files are open', fix: () => 'Close some programs, then repeat the change.'},
	// Only the lock is a database.
	ERR_SQLITE_ERROR: {
		reason: 'its lock file is of no use here',
		fix: what => `While no other program uses the vault, move ${what} away; then repeat the change.`,
	},
};

/** The code of a system error, such as EACCES; `unknown` for anything else that was thrown. */
export function codeOf(error: unknown): string {
	const {code} = (error ?? {}) as {readonly code?: unknown};
	return typeof code === 'string' ? code : 'unknown';
}

/** Why the system refused, in words that fit into a sentence. Never the message of the error itself. */
export function reasonOf(error: unknown): string {
	const code = codeOf(error);
	return code === 'unknown' ? 'an unexpected error' : (codes[code]?.reason ?? code);
}

/**
 * What to do about a failure of the system; undefined where there is nothing better to say than of any failed save.
 * It names what the error is about, or else `path`.
 */
export function remedyOf(error: unknown, path?: string): string | undefined {
	const {path: asked = path, dest = asked} = (error ?? {}) as {readonly path?: string; readonly dest?: string};
	return codes[codeOf(error)]?.fix?.(dest === undefined ? 'what is in its way' : shellQuotePath(dest));
}
