import {shellQuotePath} from './text/shell.ts';

type ErrorWords = {
	readonly reason: string;
	/** What to do other than free space or repair the disk; `what` is a path, or a phrase for an unknown one. */
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
	// The lock file is the only database.
	ERR_SQLITE_ERROR: {
		reason: 'its lock file is of no use here',
		fix: what => `While no other program uses the vault, move ${what} away; then repeat the change.`,
	},
};

export function codeOf(error: unknown): string {
	const {code} = (error ?? {}) as {readonly code?: unknown};
	return typeof code === 'string' ? code : 'unknown';
}

/** The reason in words that continue a sentence. Never the message of the error, which comes from outside. */
export function reasonOf(error: unknown): string {
	const code = codeOf(error);
	return code === 'unknown' ? 'an unexpected error' : (codes[code]?.reason ?? code);
}

/** Names the path in the error, or else `path`. Undefined where the usual advice for a failed save is enough. */
export function remedyOf(error: unknown, path?: string): string | undefined {
	const {path: asked = path, dest = asked} = (error ?? {}) as {readonly path?: string; readonly dest?: string};
	return codes[codeOf(error)]?.fix?.(dest === undefined ? 'what is in its way' : shellQuotePath(dest));
}
