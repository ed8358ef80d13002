import type {SourceFiles} from '../actions/context.ts';
import type {Secret} from '../core/secret.ts';
import type {FileState, Machine} from '../actions/doctor/machine.ts';
import type {Programs} from './programs.ts';

export type {FileState, Machine};

/** A file that is to be replaced. */
export type ExistingFile = {
	readonly text: string;
	/** Whether other users can read it. */
	readonly isExposed: boolean;
};

/** The user's files. system/ implements it; tests give their own. */
export type Files = SourceFiles & {
	/**
	 * All bytes of a file, of standard input for `-`, or of a pipe that a shell has opened, as for `<(pass show okx)`.
	 * Throws `no-such-file`, `file-unreadable`, or `not-importable` for more than `most` bytes.
	 */
	readonly read: (file: string, most: number) => Promise<Buffer>;
	/** True for a file on the disk; false for standard input and pipes, whose content is gone after `read`. */
	readonly staysBehind: (file: string) => boolean;
	/** Throws `file-exists` when the path exists, `file-not-written` when a file cannot be written there. */
	readonly refuseTaken: (path: string) => void;
	/** Writes a new file of mode 0600. Throws `file-exists` or `file-not-written`. */
	readonly writeNew: (path: string, bytes: Uint8Array) => void;
	/** What a file holds that is to be replaced; undefined if there is none. Throws `file-unreadable`. */
	readonly existing: (path: string, most: number) => ExistingFile | undefined;
	/** Writes a file of mode 0600, also in the place of another, in one step. Throws `file-not-written`. */
	readonly replacePrivate: (path: string, bytes: Uint8Array) => void;
	/** The file that standard output goes to, and whether other users can read it; undefined if it is none. */
	readonly ofOutput: () => {readonly path: string; readonly isExposed: boolean} | undefined;
	/** The git work tree that a file would be committed with, unless git ignores it. */
	readonly workTree: (path: string) => string | undefined;
	/** Writes a key file as `writeNew` does, and wipes the bytes. */
	readonly writeKeyFile: (path: string, content: Secret) => void;
	readonly remove: (path: string) => void;
	/** The first line of a file that only its owner can read. Throws `passphrase-file`. */
	readonly passphrase: (path: string) => Secret;
	/** The first line of an open file descriptor. Throws `usage`. */
	readonly passphraseFrom: (descriptor: string) => Promise<Secret>;
	/** The text of a key file that only its owner can read. Throws `key-file`. */
	readonly keyFile: (path: string) => Secret;
	/** The text of an age identity file that only its owner can read. Throws `age-identity`. */
	readonly identity: (path: string) => Secret;
	/** Throws `not-a-report` unless the path is free or its file begins with `beginning`. */
	readonly refuseOtherThanReport: (path: string, beginning: string) => void;
	/**
	 * Replaces a world-readable report in one step. `mark` distinguishes its temporary file from those of other
	 * programs. Throws `report-not-written` and leaves the old report.
	 */
	readonly replaceReport: (path: string, text: string, mark: string) => void;
};

export type AskOptions = {
	readonly secret?: boolean;
	readonly what?: string;
	/** The advice where no terminal can answer: the words after “Give”. */
	readonly instead?: string;
};

/** The input and output of a command. system/ implements it; tests give their own. */
export type Io = {
	readonly files: Files;
	readonly programs: Programs;
	readonly machine: Machine;
	/** The files that the command line or the environment names to open the vault. */
	readonly openers: {readonly passphraseFile: string | undefined; readonly keyFile: string | undefined};
	/**
	 * One or several lines for standard output. Here, in notes, progress and questions, the program's own symbols are
	 * converted to ASCII where that is asked for.
	 */
	readonly out: (text: string) => void;
	/** Like `out`, but never converted to ASCII. */
	readonly exact: (text: string) => void;
	/** Like `exact`, for secrets: only in a command that declares `printsSecrets`. */
	readonly secret: (text: string) => void;
	/** Like `secret`, for what is shown only once: throws when the write fails, instead of ending the program. */
	readonly deliver: (text: string) => void;
	/** Unchanged bytes for standard output; resolves once the system has taken them. Throws `output-incomplete`. */
	readonly write: (bytes: Uint8Array) => Promise<void>;
	/** True when standard output is /dev/null, which Node also substitutes for a closed one. */
	readonly isUnseen: boolean;
	/**
	 * Once `work` takes a second, says on standard error what is waited for, if it is a terminal and shows no progress.
	 */
	readonly wait: <Result>(words: string, work: () => Promise<Result>) => Promise<Result>;
	/** One line for standard error: progress, questions, notes; never data. */
	readonly note: (text: string) => void;
	/** A line on standard error that the next one replaces; shown only on a terminal. An empty text clears it. */
	readonly progress: (text: string) => void;
	/** Excludes the user's texts, such as key names, from the conversion to ASCII from now on. */
	readonly keep: (texts: Iterable<string>) => void;
	readonly json: boolean;
	/** The width of the terminal in columns; undefined for a file or a pipe, where no line is cut. */
	readonly columns: number | undefined;
	readonly stdinIsTerminal: boolean;
	/** The whole standard input, at most 1 MiB. */
	readonly readStdin: () => Promise<string>;
	/**
	 * Asks on the controlling terminal, so that pipes stay free. Echo is off from the first question to `release`, and
	 * surplus pasted lines answer the next questions; throws `no-tty`, or `aborted` on Ctrl+C and Ctrl+D.
	 */
	readonly ask: (question: string, options?: AskOptions) => Promise<string>;
	/** Turns echo off for a wait during which a passphrase may be typed ahead of its question. */
	readonly hold: () => void;
	/** Restores the terminal before long work without questions. The end of every command does so too. */
	readonly release: () => Promise<void>;
	/**
	 * The vault's passphrase from --passphrase-fd or --passphrase-file; undefined without either. The caller asks once
	 * and wipes it.
	 */
	readonly givenPassphrase: () => Promise<Secret | undefined>;
	/** The text of the key file from --key-file; undefined without it. Throws `key-file`. The caller wipes it. */
	readonly givenKeyFile: () => Secret | undefined;
	/** Resolves on Ctrl+C or SIGTERM. */
	readonly stopped: () => Promise<void>;
	/** As `stopped`, and when the terminal is lost or SIGQUIT comes. Listens from the call on. */
	readonly ended: () => Promise<void>;
	/**
	 * From the first call on, Ctrl+C and SIGTERM abort this signal instead of ending the program; a second one still
	 * ends it.
	 */
	readonly stopSignal: () => AbortSignal;
};
