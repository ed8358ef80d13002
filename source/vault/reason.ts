/** What the system's codes mean, in words that fit into a sentence. */
const words: Readonly<Record<string, string>> = {
	EEXIST: 'something else has a name that it needs',
	EISDIR: 'a folder has a name that it needs',
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is used up',
	EFBIG: 'the file would be larger than allowed',
	EROFS: 'the file system is read-only',
	EACCES: 'permission denied',
	EPERM: 'the system does not permit it',
	EIO: 'the disk reports an error',
	EBUSY: 'the file is in use, or mounted on its own',
	ENOTDIR: 'a part of its path is not a folder',
	ENAMETOOLONG: 'its name is too long',
	ELOOP: 'its path leads in a circle',
	EMFILE: 'too many files are open',
	ERR_SQLITE_ERROR: 'its lock file is of no use here',
};

/** The code of a system error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Why the system refused, in words that fit into a sentence. Never the message of the error itself. */
export function reasonOf(error: unknown): string {
	const code = codeOf(error);
	return code === undefined ? 'an unexpected error' : words[code] ?? code;
}

/** What a person can do about it, where that is not to free space or to mend the disk. */
const remedies: Readonly<Record<string, string>> = {
	EROFS: 'Mount the file system for writing, then repeat the change.',
	EACCES: 'Check who owns the file and its folder, then repeat the change.',
	EPERM: 'Check who owns the file and its folder, then repeat the change.',
	EBUSY: 'Where the file is mounted on its own, mount its folder instead; then repeat the change.',
	EFBIG: 'Raise the limit for files (ulimit -f), then repeat the change.',
	EMFILE: 'Close some programs, then repeat the change.',
	EEXIST: 'Move away what is called backups or ends in .lock beside the vault and is not the program’s; then repeat the change.',
	EISDIR: 'Move away what is called backups or ends in .lock beside the vault and is not the program’s; then repeat the change.',
	ENOTDIR: 'Move away what is called backups or ends in .lock beside the vault and is not the program’s; then repeat the change.',
	ERR_SQLITE_ERROR: 'Move away the file that ends in .lock beside the vault, while no other program uses the vault; then repeat the change.',
};

/** What to do about a failure of the system; undefined where there is nothing better to say than of any failed save. */
export function remedyOf(error: unknown): string | undefined {
	return remedies[codeOf(error) ?? ''];
}
