import {execFile} from 'node:child_process';
import {lookup} from 'node:dns/promises';
import fs from 'node:fs';
import {isIP} from 'node:net';
import {freemem} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import type {FileState, Machine} from '../cli/io.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {reasonOf} from '../core/system-error.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Cost} from '../vault/format/header.ts';
import {timeOfCost} from '../vault/slots/kdf.ts';
import {defaultCost} from '../vault/slots/slots.ts';
import {backupsOf} from '../vault/store/backups.ts';
import {readGuarded, refuseUnsafeFolder} from '../vault/store/file-guard.ts';
import {lockOf, takeLock} from '../files/lock.ts';
import {isInstalled} from './clipboard.ts';
import {startProblem} from './harden.ts';
import {standardOutput} from './output/output.ts';
import {readPrivateFile} from './user-files/private-file.ts';
import type {ProcessState} from './process-state.ts';
import {showsUnicode} from './terminal/locale.ts';

/** What another program may take to answer, ms. */
const patienceMs = 2000;

/** `before` is the state of the process before it was hardened. */
export function machineHere({environment}: ProcessState): Machine {
	const owner = process.getuid?.();
	return {
		environment,
		node: process.versions.node,
		platform: process.platform,
		isInstalled: program => isInstalled(program, environment),
		get terminal() {
			if (!standardOutput.isTerminal()) return undefined;
			const stream = standardOutput.stream();
			return {columns: stream.columns, rows: stream.rows, colors: 2 ** stream.getColorDepth(environment)};
		},
		showsUnicode: showsUnicode(environment),
		startProblem,
		dumpsMemory: () => dumpsMemory(),
		isTraceable: () => isTraceable(),
		isClockSynchronized,
		vaultFile: file => stateOf(file, () => readGuarded(file, owner)),
		vaultFolder: file => stateOf(path.dirname(file), folder => refuseUnsafeFolder(folder, owner)),
		keyFile: file => stateOf(file, () => readPrivateFile(file, owner ?? 0, 'key-file')),
		passphraseFile: file => stateOf(file, () => readPrivateFile(file, owner ?? 0, 'passphrase-file')),
		backupsOf(vault) {
			try {
				return backupsOf(vault, owner)
					.list()
					.map(({label}) => label);
			} catch {
				return [];
			}
		},
		unreadable(file) {
			try {
				fs.accessSync(file, fs.constants.R_OK);
				return fs.statSync(file).isFile() ? undefined : reasonOf({code: 'EISDIR'});
			} catch (error) {
				return reasonOf(error);
			}
		},
		lockHolder,
		usualCost: () => defaultCost(freemem()),
		timeOf,
		tmux: async (...words) => outputOf('tmux', words),
		async addresses(host, family) {
			const found = lookup(host, {family, all: true}).then(
				// An address is given back as it is, whatever family was asked for.
				all => all.map(({address}) => address).filter(address => isIP(address) === family),
				() => [],
			);
			return Promise.race([found, late()]);
		},
	};
}

/** Resolves without addresses: the system's own resolver cannot be stopped. */
async function late(): Promise<readonly string[]> {
	return new Promise(resolve => {
		setTimeout(resolve, patienceMs, []).unref();
	});
}

/** Each guard throws what other commands would end with. */
function stateOf(file: string, guard: (file: string) => unknown): FileState {
	try {
		guard(file);
		return 'fine';
	} catch (error) {
		if (isAppError(error, 'vault-missing') || isAppError(error, 'vault-vanished')) return 'missing';
		if (isAppError(error)) return error;
		return new AppError('file-unreadable', {path: sanitize(file), reason: reasonOf(error)}, {cause: error});
	}
}

/** Bits 0 to 8 say which memory a dump holds (core(5)); `harden` clears them. */
function dumpsMemory(): boolean | undefined {
	const filter = read('/proc/self/coredump_filter');
	return filter === undefined ? undefined : Number.parseInt(filter, 16) !== 0;
}

function isTraceable(): boolean | undefined {
	const scope = read('/proc/sys/kernel/yama/ptrace_scope');
	if (scope !== undefined) return Number(scope) === 0;
	// Linux without Yama.
	return fs.existsSync('/proc/self/status') ? true : undefined;
}

async function isClockSynchronized(): Promise<boolean | undefined> {
	if (fs.existsSync('/run/systemd/timesync/synchronized')) return true;
	const said = await outputOf('timedatectl', ['show', '--property', 'NTPSynchronized', '--value']);
	return said === 'yes' ? true : said === 'no' ? false : undefined;
}

async function lockHolder(vault: string): ReturnType<Machine['lockHolder']> {
	const lock = lockOf(vault);
	let inode: bigint;
	try {
		({ino: inode} = fs.lstatSync(lock, {bigint: true}));
	} catch {
		return undefined;
	}

	const table = read('/proc/locks');
	if (table === undefined) return (await isTaken(lock)) ? {} : undefined;
	const pid = table
		.split('\n')
		.map(line => / WRITE +(-?\d+) [\da-f]+:[\da-f]+:(\d+) /.exec(line))
		.find(match => match?.[2] === String(inode))?.[1];
	if (pid === undefined) return undefined;
	const name = read(`/proc/${pid}/comm`);
	return {pid: Number(pid), ...(name !== undefined && {name})};
}

async function isTaken(lock: string): Promise<boolean> {
	try {
		const release = await takeLock(lock, 0);
		release?.();
		return release === null;
	} catch {
		return false;
	}
}

async function timeOf(cost: Cost): Promise<number | undefined> {
	if (cost.m * 1024 > freemem()) return undefined;
	try {
		return await timeOfCost(cost);
	} catch {
		return undefined;
	}
}

async function outputOf(program: string, words: readonly string[]): Promise<string | undefined> {
	try {
		const {stdout} = await promisify(execFile)(program, words, {timeout: patienceMs, maxBuffer: 64 * 1024});
		return stdout.trim();
	} catch {
		return undefined;
	}
}

function read(file: string): string | undefined {
	try {
		return fs.readFileSync(file, 'latin1').trim();
	} catch {
		return undefined;
	}
}
