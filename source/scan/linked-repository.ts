import {realpathSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {beginningOfFile} from './small-file.ts';

/** In bytes; each of these files holds one path. */
const longest = 8 * 1024;

/**
 * The folder of the repository that a `.git` file of a worktree or submodule names, without symbolic links; undefined
 * where it is not there, null for a file that names none.
 */
export function linkedRepository(file: string): string | undefined | null {
	const [, named] = /^gitdir: (.+)/.exec(beginningOfFile(file, longest) ?? '') ?? [];
	if (named === undefined) return null;
	try {
		const folder = realpathSync(resolve(dirname(file), named.trimEnd()));
		// The objects of a worktree are in the repository that it belongs to.
		const common = beginningOfFile(join(folder, 'commondir'), longest);
		return common === undefined ? folder : realpathSync(resolve(folder, common.trimEnd()));
	} catch {
		return undefined;
	}
}
