import {spawnSync} from 'node:child_process';
import fs from 'node:fs';

const memoryOfDumps = '/proc/self/coredump_filter';

/** What `harden` and Node change and every child inherits, as it was before: for a program that is run for a person. */
export type ProcessState = {
	readonly umask: number;
	/** As /proc/self/coredump_filter takes it; undefined where the system has none. */
	readonly coredumpFilter: string | undefined;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** The signals that were ignored before Node began, by their numbers, where that is known. */
	readonly ignored: readonly number[];
	/** How many files could be open before Node raised that, where that is known. */
	readonly openFiles: number | undefined;
};

/** To be called before `harden`. */
export function readProcessState(): ProcessState {
	return {
		umask: process.umask(),
		coredumpFilter: coredumpFilter(),
		environment: {...process.env},
		...beforeNode(process.env),
	};
}

type Restorable = Pick<ProcessState, 'umask' | 'coredumpFilter' | 'openFiles'>;

/** Puts back what a program inherits of this process; its environment and ignored signals are given to it. */
export function restoreProcessState({umask, coredumpFilter, openFiles}: Restorable): void {
	process.umask(umask);
	if (coredumpFilter !== undefined) fs.writeFileSync(memoryOfDumps, coredumpFilter);
	if (openFiles !== undefined)
		spawnSync('prlimit', ['--pid', String(process.pid), `--nofile=${openFiles}:`], {stdio: 'ignore'});
}

/** Does something, such as starting a program, in the state that was before, and goes on in this one. */
export function inProcessState<Result>(before: Restorable, act: () => Result): Result {
	const own = {
		umask: process.umask(),
		coredumpFilter: coredumpFilter(),
		openFiles: before.openFiles === undefined ? undefined : mostOpenFiles(),
	};
	restoreProcessState(before);
	try {
		return act();
	} finally {
		restoreProcessState(own);
	}
}

function mostOpenFiles(): number | undefined {
	const [, count] = /^Max open files +(\d+)/m.exec(fs.readFileSync('/proc/self/limits', 'latin1')) ?? [];
	return count === undefined ? undefined : Number(count);
}

function coredumpFilter(): string | undefined {
	try {
		return `0x${fs.readFileSync(memoryOfDumps, 'latin1').trim()}`;
	} catch {
		// Another system.
		return undefined;
	}
}

/** What bin/ has noted of the state that Node changes as it starts. */
function beforeNode({
	OKX_KEYS_IGNORED: mask = '',
	OKX_KEYS_OPEN_FILES: openFiles = '',
}: NodeJS.ProcessEnv): Pick<ProcessState, 'ignored' | 'openFiles'> {
	const bits = /^[\da-f]{1,16}$/.test(mask) ? BigInt(`0x${mask}`) : 0n;
	return {
		ignored: Array.from({length: 31}, (_, index) => index + 1).filter(signal => (bits >> BigInt(signal - 1)) & 1n),
		openFiles: /^\d{1,9}$/.test(openFiles) ? Number(openFiles) : undefined,
	};
}
