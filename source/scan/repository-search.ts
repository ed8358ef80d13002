import {spawn} from 'node:child_process';
import {devNull} from 'node:os';
import {createInterface} from 'node:readline';
import type {Readable} from 'node:stream';
import {codeOf} from '../core/system-error.ts';
import {msg, type Translatable} from '../language/translate.ts';
import type {Tally, Unread} from './report.ts';
import type {Match, StreamSearch} from './stream-search.ts';

/** What is searched of one repository, in bytes. */
const mostOfRepository = 8 * 1024 * 1024 * 1024;
/** A line of `git cat-file` before an object, in bytes. */
const longestHeader = 256;

const damaged = msg`git cannot read it whole`;

export type RepositorySearch = {
	readonly environment: Readonly<Record<string, string>>;
	readonly search: StreamSearch;
	readonly tally: Tally;
	readonly onMatch: (match: Match, object: string) => void;
	readonly onUnread: (unread: Unread) => void;
	readonly signal: AbortSignal | undefined;
	readonly pause: () => Promise<void>;
};

/**
 * Searches all objects of a repository, also those that no branch has any more, as `git cat-file` gives them. Runs
 * nothing that the repository configures, and asks no other machine.
 */
export async function searchRepository(path: string, options: RepositorySearch): Promise<void> {
	const {tally, onUnread, signal, pause} = options;
	const git = runGit(path, ['cat-file', '--batch', '--batch-all-objects', '--unordered', '--buffer'], options);
	try {
		const objects = createObjectReader(options);
		let searched = 0;
		for await (const chunk of git.output) {
			objects.push(chunk as Buffer);
			searched += (chunk as Buffer).length;
			tally.bytes += (chunk as Buffer).length;
			if (searched > mostOfRepository) {
				onUnread({path, reason: msg`only ${mostOfRepository / 1024 ** 3} GiB of its objects were searched`});
				return;
			}

			await pause();
		}

		const problem = (await git.ended) ?? (objects.isWhole() ? undefined : damaged);
		if (problem !== undefined && !signal?.aborted) onUnread({path, reason: problem});
	} finally {
		git.stop();
	}
}

/** A path that each of these objects had in a commit; objects that no branch or reflog leads to have none. */
export async function pathsOfObjects(
	path: string,
	ids: ReadonlySet<string>,
	options: Pick<RepositorySearch, 'environment' | 'signal' | 'pause'>,
): Promise<ReadonlyMap<string, string>> {
	const git = runGit(path, ['-c', 'core.quotePath=false', 'rev-list', '--objects', '--all', '--reflog'], options);
	const paths = new Map<string, string>();
	try {
		for await (const line of createInterface({input: git.output})) {
			const [id = ''] = line.split(' ', 1);
			if (ids.has(id) && line.length > id.length + 1) paths.set(id, line.slice(id.length + 1));
			if (paths.size === ids.size) break;
			await options.pause();
		}
	} finally {
		git.stop();
	}

	return paths;
}

type Git = {
	readonly output: Readable;
	/** Why it failed, or nothing. */
	readonly ended: Promise<Translatable | undefined>;
	readonly stop: () => void;
};

function runGit(
	path: string,
	words: readonly string[],
	{environment, signal}: Pick<RepositorySearch, 'environment' | 'signal'>,
): Git {
	const inherited = Object.entries(environment).filter(([name]) => !name.startsWith('GIT_'));
	const child = spawn(
		'git',
		[`--git-dir=${path}`, '-c', 'core.fsmonitor=false', '-c', `core.hooksPath=${devNull}`, ...words],
		{
			cwd: path,
			env: {
				...Object.fromEntries(inherited),
				GIT_NO_LAZY_FETCH: '1',
				GIT_TERMINAL_PROMPT: '0',
				GIT_OPTIONAL_LOCKS: '0',
				GIT_ALLOW_PROTOCOL: '',
				LC_ALL: 'C',
			},
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		said = `${said}${text}`.slice(0, 2000);
	});
	const ended = new Promise<Translatable | undefined>(resolve => {
		child.on('error', error => {
			resolve(codeOf(error) === 'ENOENT' ? msg`git is not installed here` : msg`git cannot be run`);
		});
		child.on('close', status => {
			if (status === 0) resolve(undefined);
			else if (said.includes('dubious ownership')) resolve(msg`git trusts it only as its owner`);
			else resolve(damaged);
		});
	});
	const stop = () => void child.kill('SIGKILL');
	signal?.addEventListener('abort', stop, {once: true});
	return {
		output: child.stdout,
		ended,
		stop() {
			signal?.removeEventListener('abort', stop);
			stop();
		},
	};
}

/** Takes apart what `git cat-file --batch` prints: a line with id, kind and size, the object, and a line break. */
function createObjectReader({search, tally, onMatch}: RepositorySearch): {
	readonly push: (chunk: Buffer) => void;
	readonly isWhole: () => boolean;
} {
	let header = '';
	/** How many bytes of the object are still to come, and the line break after it. */
	let left = 0;
	let isSearched = false;
	let isWhole = true;

	function begin(line: string): void {
		const [id = '', kind = '', size = ''] = line.split(' ');
		// A damaged object is called missing, and is no failure to git.
		if (!/^\d+$/.test(size)) {
			isWhole = false;
			return;
		}

		left = Number(size) + 1;
		isSearched = kind !== 'tree';
		if (!isSearched) return;
		tally.objects++;
		search.begin(match => {
			onMatch(match, id);
		});
	}

	function take(bytes: Buffer): void {
		for (let at = 0; at < bytes.length;) {
			const room = search.room();
			const part = bytes.subarray(at, at + room.length);
			room.set(part);
			search.take(part.length);
			at += part.length;
		}
	}

	return {
		isWhole: () => isWhole && left === 0,
		push(chunk) {
			for (let at = 0; at < chunk.length;) {
				if (left > 0) {
					const part = chunk.subarray(at, at + left);
					if (isSearched) take(part);
					left -= part.length;
					at += part.length;
					if (isSearched && left === 0) search.finish();
					continue;
				}

				const end = chunk.indexOf(10, at);
				header += chunk.toString('latin1', at, end === -1 ? undefined : end).slice(0, longestHeader);
				if (end === -1) return;
				begin(header);
				header = '';
				at = end + 1;
			}
		},
	};
}
