import type {AppError} from '../../core/errors.ts';
import type {Cost} from '../../vault/format/header.ts';

/** `missing` for nothing there; the failure says what is wrong, and what to do. */
export type FileState = 'fine' | 'missing' | AppError;

/** What can be asked of this machine without a secret; given by system/, and tests give their own. Nothing throws. */
export type Machine = {
	/** As this process was started. */
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly node: string;
	readonly platform: string;
	/** Whether a program is in a folder of PATH. */
	readonly isInstalled: (program: string) => boolean;
	/** Standard output, if it is a terminal; `colors` is how many it can show. */
	readonly terminal: {readonly columns: number; readonly rows: number; readonly colors: number} | undefined;
	readonly showsUnicode: boolean;
	/** Why a command with secrets would not start here. */
	readonly startProblem: () => AppError | undefined;
	/** Whether a core dump of this process would hold its memory; undefined where the system does not tell. */
	readonly dumpsMemory: () => boolean | undefined;
	/** Whether every program of this user can read the memory of this one; undefined where the system does not tell. */
	readonly isTraceable: () => boolean | undefined;
	/** Whether the system says that a time server keeps the clock; undefined where it says nothing. */
	readonly isClockSynchronized: () => Promise<boolean | undefined>;
	/** A file that must belong to this user alone, such as a vault. */
	readonly vaultFile: (path: string) => FileState;
	/** The folder of such a file, and the way to it. */
	readonly vaultFolder: (path: string) => FileState;
	readonly keyFile: (path: string) => FileState;
	readonly passphraseFile: (path: string) => FileState;
	/** Those below the folder of a vault that its earlier saves are in. */
	readonly backupsOf: (vault: string) => readonly string[];
	/** Whether a file can be read; the reason if it cannot, in words that continue a sentence. */
	readonly unreadable: (path: string) => string | undefined;
	/** The process that has locked a vault, by its number and name where they are known. */
	readonly lockHolder: (vault: string) => Promise<{readonly pid?: number; readonly name?: string} | undefined>;
	/** The cost of a new passphrase. */
	readonly usualCost: () => Cost;
	/** Milliseconds that a passphrase of this cost takes; undefined where it needs more memory than is free. */
	readonly timeOf: (cost: Cost) => Promise<number | undefined>;
	/** What tmux prints; undefined where it cannot be asked. */
	readonly tmux: (...words: readonly string[]) => Promise<string | undefined>;
	/** The addresses of a host. */
	readonly addresses: (host: string, family: 4 | 6) => Promise<readonly string[]>;
};
