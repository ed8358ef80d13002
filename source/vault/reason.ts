const words: Readonly<Record<string, string>> = {
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
