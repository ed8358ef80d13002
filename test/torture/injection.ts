import {execFileSync} from 'node:child_process';
import {closeSync, openSync, readdirSync, readFileSync, rmSync, writeSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Secret} from '../../source/core/secret.ts';
import type {FailureCode} from '../../source/core/errors.ts';
import {decrypt} from '../vault/decrypt.mjs';
import {start, type Child} from '../vault/program.ts';
import {openable} from '../vault/world.ts';
import {traced} from './strace.ts';

/**
 * The system calls of a save, and the errors that a disk, a quota or a strange file system may answer them with.
 * `write`
 * is not among them: it writes to no file here, only to Node's own pipes.
 */
export const faults = {
	openat: ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EMFILE'],
	pwrite64: ['EIO', 'ENOSPC', 'EDQUOT', 'EFBIG', 'short'],
	fsync: ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS'],
	close: ['EIO', 'EDQUOT'],
	rename: ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EBUSY', 'EXDEV', 'EACCES'],
	link: ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EPERM', 'EXDEV', 'EMLINK', 'EEXIST'],
	unlink: ['EIO', 'EROFS', 'EBUSY'],
	mkdir: ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS'],
	chmod: ['EIO', 'EROFS', 'EPERM'],
	fcntl: ['EIO', 'ENOLCK', 'EAGAIN', 'EINVAL'],
	read: ['EIO'],
	pread64: ['EIO'],
	statx: ['EIO', 'EACCES'],
	stat: ['EIO'],
	lstat: ['EIO', 'EACCES'],
	fstat: ['EIO'],
	newfstatat: ['EIO'],
	access: ['EIO', 'EROFS'],
	getdents64: ['EIO'],
} as const satisfies Record<string, readonly string[]>;

export type Call = keyof typeof faults;
/**
 * `once` fails one call, `first` does so in the first save of a program, `always` it and all that follow; `kill` ends
 * the program as it makes the call.
 */
export type Way = 'once' | 'first' | 'always' | 'kill';

export type Injections = {
	readonly injected: number;
	/** How the saves ended: `saved`, a code of errors.ts, `killed`, `aborted` (by Node itself) or `died`. */
	readonly ends: Readonly<Record<string, number>>;
	/** Everything that was not as it must be. */
	readonly wrong: readonly string[];
};

/** What may be said of a save, and what the vault then has to hold. */
const truths: Readonly<Partial<Record<FailureCode | 'saved' | 'killed' | 'aborted', 'new' | 'old' | 'either'>>> = {
	saved: 'new',
	killed: 'either',
	aborted: 'either',
	'saved-not-durable': 'new',
	'save-state-unknown': 'either',
	'not-saved': 'old',
	'vault-unreadable': 'old',
	'vault-unsafe': 'old',
	'vault-missing': 'old',
	'vault-busy': 'old',
};

const hangMs = 20_000;

/** A program that saves on demand, and is started again when it has died. */
type Saver = {
	/** Has it save a mark; gives what it said, or how it ended. */
	readonly save: (mark: string, during: (id: number, work: () => Promise<void>) => Promise<void>) => Promise<string>;
	/** The next save is made by a new program, which has yet to get everything ready. */
	readonly forget: () => void;
	readonly end: () => void;
};

function saverOf(path: string, recoveryKey: Secret): Saver {
	const pipe = `${path}.pipe`;
	rmSync(pipe, {force: true});
	execFileSync('mkfifo', ['-m', '600', pipe]);
	const descriptor = openSync(pipe, 'r+');
	let child: Child | undefined;

	return {
		async save(mark, during) {
			child ??= start(['serve', path, pipe], {environment: {RECOVERY_KEY: recoveryKey.reveal()}});
			const saver = child;
			await saver.heard(1);
			const before = saver.lines().length;
			let hung = false;
			await during(saver.id, async () => {
				writeSync(descriptor, `${mark}\n`);
				const answered = saver.heard(before + 1);
				hung = await Promise.race([answered.then(() => false), sleep(hangMs, true, {ref: false})]);
				if (hung) saver.kill();
				await answered;
			});
			const said = saver.lines()[before];
			if (said !== undefined) return said;
			if (hung) throw new Error(`A save has hung for ${hangMs} ms.`);
			const {signal, errors} = await saver.ended;
			child = undefined;
			if (errors === '' && signal === 'SIGKILL') return 'killed';
			// Where a call cannot fail but by a fault of the system, as in closing what was only read, Node gives up
			// at once.
			return signal === 'SIGABRT'
				? 'aborted'
				: `died ${
						errors
							.trim()
							.split('\n')
							.find(line => line.includes('Error')) ?? signal
					}`;
		},
		forget() {
			child?.kill();
			child = undefined;
		},
		end() {
			child?.kill();
			closeSync(descriptor);
		},
	};
}

/** The system calls that a save makes on the files of the vault, by name: `faults` has to know them all. */
export async function callsOfSave(path: string, recoveryKey: Secret): Promise<readonly string[]> {
	const saver = saverOf(path, recoveryKey);
	let lines: readonly string[] = [];
	try {
		await saver.save('looked at', async (id, work) => {
			lines = await traced(id, {trace: ['%file', '%desc']}, work);
		});
	} finally {
		saver.end();
	}

	return [
		...new Set(
			lines
				.filter(line => line.includes(dirname(path)) && !line.includes(`${path}.pipe`))
				.map(line => line.slice(0, line.indexOf('('))),
		),
	].toSorted();
}

/**
 * Makes the first, the second, … of a kind of system call in a save fail until the save passes untouched, for each
 * error and in each way, and looks each time whether the vault holds the old or the new content whole, by the program
 * and by a decryptor that shares no code with it, and whether what was said of it is true.
 */
export async function injectInSaves(
	path: string,
	recoveryKey: Secret,
	calls: readonly Call[],
	ways: readonly Way[],
): Promise<Injections> {
	const saver = saverOf(path, recoveryKey);
	const ends: Record<string, number> = {};
	const wrong: string[] = [];
	let injected = 0;
	let marks = 0;

	async function markOf(): Promise<string> {
		const vault = openable(path);
		await vault.unlock({recoveryKey});
		const mark = markIn(vault.read());
		const independent = markIn(
			JSON.parse(decrypt(readFileSync(path, 'latin1'), 'recovery', recoveryKey.reveal()).toString()) as Content,
		);
		if (mark !== independent) throw new Error(`The program reads ${mark} and the other decryptor ${independent}.`);
		return mark;
	}

	/** One save with one fault; false when the fault had no call to meet. */
	async function attempt(call: Call, fault: string): Promise<boolean> {
		const [before, mark] = [await markOf(), `mark-${marks++}`];
		let lines: readonly string[] = [];
		const answer = await saver.save(mark, async (id, work) => {
			lines = await traced(id, {trace: [...new Set([call, 'fsync', 'rename'])], inject: `${call}:${fault}`}, work);
		});
		const hit = lines.findLast(line => line.includes('(INJECTED)'));
		// A call that ends the program is never shown as injected.
		const met = answer === 'killed' || hit !== undefined;
		if (met) injected++;
		const said = answer.startsWith('{') ? (JSON.parse(answer) as {code: string}).code : answer.split(' ')[0]!;
		ends[said] = (ends[said] ?? 0) + 1;
		const complain = (problem: string) =>
			wrong.push(`${call}:${fault}: ${problem} after ${answer}${hit === undefined ? '' : `, on ${hit}`}`);
		const now = await markOf().catch((error: unknown) => `what cannot be read: ${String(error)}`);
		const holds = {[mark]: 'new', [before]: 'old'}[now];
		const truth = truths[said as 'saved'];
		if (holds === undefined) complain(`the vault holds ${now}`);
		else if (truth !== undefined && truth !== 'either' && truth !== holds)
			complain(`the vault holds the ${holds} content`);
		// Node's own pipes and files are hit too, and it cannot live without them.
		if (truth === undefined && hit?.includes(dirname(path)) !== false) complain('no true sentence was said');
		if (said === 'saved' && !isDurable(lines, path)) complain('the disk had not confirmed it');
		if (!met && said !== 'saved') complain('nothing had failed');
		return met;
	}

	try {
		for (const call of calls) {
			for (const way of ways) {
				for (const error of way === 'kill' ? ['SIGKILL'] : faults[call]) {
					for (let number = 1; ; number++) {
						if (way === 'first') saver.forget();
						const effect =
							error === 'SIGKILL' ? 'signal=SIGKILL' : error === 'short' ? 'retval=1000' : `error=${error}`;
						if (!(await attempt(call, `${effect}:when=${number}${way === 'always' ? '+' : ''}`))) break;
					}
				}
			}
		}
	} finally {
		saver.end();
	}

	for (const file of readdirSync(join(dirname(path), 'backups')))
		decrypt(readFileSync(join(dirname(path), 'backups', file), 'latin1'), 'recovery', recoveryKey.reveal());
	return {injected, ends, wrong};
}

type Content = {readonly keys: readonly {readonly id: string; readonly description: string}[]};

function markIn({keys}: Content): string {
	return keys.find(({id}) => id === 'mark')?.description ?? 'none';
}

/** Whether the calls show that the new text, and after it its name, have reached the disk. */
function isDurable(lines: readonly string[], path: string): boolean {
	const done = lines.filter(line => line.endsWith('= 0'));
	const named = done.findLastIndex(line => line.startsWith('rename(') && line.includes(`"${path}")`));
	const synced = (file: string) => done.findLastIndex(line => line.startsWith('fsync(') && line.includes(`<${file}`));
	// Written into the file itself where it could not be replaced, it has to be confirmed there.
	const text = synced(named === -1 ? `${path}>` : `${path}.tmp-`);
	return text !== -1 && synced(`${dirname(path)}>`) > Math.max(named, text);
}
