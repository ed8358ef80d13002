import {existsSync, statSync} from 'node:fs';
import {basename, dirname, join, relative, resolve} from 'node:path';
import {readBounded} from './read.ts';

export type Copies = {
	/** Files beside it that editors and people make of it. */
	readonly files: readonly string[];
	/** Whether git tracks it, so that its history holds the content too. */
	readonly isInGit: boolean;
};

const endings = ['~', '.bak', '.backup', '.old', '.orig', '.save', '.swp'];

/** Where else the content of a file may be. Looks at names only, and never throws. */
export function copiesOf(file: string): Copies {
	const path = resolve(file);
	const [folder, name] = [dirname(path), basename(path)];
	const candidates = [
		...endings.map(ending => `${path}${ending}`),
		...['swp', 'swo', 'swn'].map(ending => join(folder, `.${name}.${ending}`)),
		join(folder, `#${name}#`),
	];
	return {files: candidates.filter(candidate => existsSync(candidate)), isInGit: isTracked(path)};
}

function isTracked(path: string): boolean {
	try {
		for (let folder = dirname(path); ; folder = dirname(folder)) {
			const git = join(folder, '.git');
			if (existsSync(git)) {
				// An entry of the index ends its path with a zero byte.
				return plainFile(join(gitFolder(git), 'index')).includes(`${relative(folder, path)}\0`);
			}

			if (folder === dirname(folder)) return false;
		}
	} catch {
		return false;
	}
}

/** Throws for a pipe, which would keep a reader waiting, and for a file without end. */
function plainFile(path: string): Buffer {
	const {bytes = Buffer.alloc(0)} = readBounded(path, {
		most: 256 * 1024 * 1024,
		isLinkFollowed: true,
		judge(stats) {
			if (!stats.isFile()) throw new Error('It is no plain file.');
		},
	});
	return bytes;
}

/** In a worktree of its own, `.git` is a file that names the folder. */
function gitFolder(git: string): string {
	if (statSync(git).isDirectory()) return git;
	return resolve(
		dirname(git),
		plainFile(git)
			.toString()
			.replace(/^gitdir:\s*/, '')
			.trim(),
	);
}
