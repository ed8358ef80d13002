import type {Secret} from '../core/secret.ts';
import type {Programs} from './programs.ts';

/** Files of the person who runs a command, given by system/; tests give their own. */
export type Files = {
	/**
	 * All bytes of a file, of standard input for `-`, or of a pipe that a shell has opened, as for `<(pass show okx)`.
	 * Throws `no-such-file`, `file-unreadable`, or `not-importable` for more than `most` bytes.
	 */
	readonly read: (file: string, most: number) => Promise<Buffer>;
	/** Whether what `read` gives is still there afterwards: a file, and nothing that a shell has opened. */
	readonly staysBehind: (file: string) => boolean;
	/** Throws `file-exists` when there is anything at a path, `file-not-written` when nothing can be put there. */
	readonly refuseTaken: (path: string) => void;
	/** Writes a file of mode 0600 where nothing was before. Throws `file-exists` or `file-not-written`. */
	readonly writeNew: (path: string, bytes: Uint8Array) => void;
	/** Writes a key file as `writeNew` does, and wipes the bytes. */
	readonly writeKeyFile: (path: string, content: Secret) => void;
	/** Removes a file that this run has written. */
	readonly remove: (path: string) => void;
	/** The first line of a file that its reader alone may read. Throws `passphrase-file`. */
	readonly passphrase: (path: string) => Secret;
	/** The first line of an open file descriptor. Throws `usage`. */
	readonly passphraseFrom: (descriptor: string) => Promise<Secret>;
	/** The text of a key file that its reader alone may read. Throws `key-file`. */
	readonly keyFile: (path: string) => Secret;
	/** The text of an age identity file that its reader alone may read. Throws `age-identity`. */
	readonly identity: (path: string) => Secret;
	/** Throws `not-a-report` unless a path is free, or holds a file that begins with `beginning`. */
	readonly refuseOtherThanReport: (path: string, beginning: string) => void;
	/**
	 * Replaces a report that everybody may read, in one step. `mark` tells its unfinished form from that of another
	 * program. Throws `report-not-written` and leaves the old one.
	 */
	readonly replaceReport: (path: string, text: string, mark: string) => void;
};

export type AskOptions = {
	/** Not echoed. */
	readonly secret?: boolean;
	/** What is asked for, in a sentence. */
	readonly what?: string;
	/** What to give where there is nobody to ask: the words after “Give”. */
	readonly instead?: string;
};

/** How a command talks to people and scripts. Given by system/; tests give their own. */
export type Io = {
	readonly files: Files;
	readonly programs: Programs;
	/**
	 * One or several lines for standard output. Here, in notes, progress and questions our own signs are in ASCII where
	 * that is asked for.
	 */
	readonly out: (text: string) => void;
	/** Like `out`, for secrets: printed as it is, whatever is asked for. */
	readonly exact: (text: string) => void;
	/** Like `exact`, for what is shown only once: throws when it could not be written, instead of ending the program. */
	readonly deliver: (text: string) => void;
	/** Bytes for standard output, as they are; resolves once the system has taken them. Throws `output-incomplete`. */
	readonly write: (bytes: Uint8Array) => Promise<void>;
	/**
	 * Whether nobody can see what is written to standard output: it is /dev/null, which Node also puts in the place
	 * of a closed one.
	 */
	readonly isUnseen: boolean;
	/** One line for standard error: progress, questions, notes; never data. */
	readonly note: (text: string) => void;
	/** A line on standard error that the next one replaces; shown only on a terminal. Empty wipes it. */
	readonly progress: (text: string) => void;
	/** Keeps texts of a person, such as the names of keys, out of that: they are printed as they are from now on. */
	readonly keep: (texts: readonly string[]) => void;
	/** `--json`: data goes out as JSON. */
	readonly json: boolean;
	/** Columns of the terminal, or undefined when the output goes to a file or a pipe: then nothing is cut. */
	readonly columns: number | undefined;
	/** Whether somebody typed the standard input by hand instead of piping it. */
	readonly stdinIsTerminal: boolean;
	/** The whole standard input, at most 1 MiB. */
	readonly readStdin: () => Promise<string>;
	/**
	 * Asks on the controlling terminal, so that pipes stay free. From the first question to `release` nothing that is
	 * typed is echoed by itself; lines that were pasted too many answer the next questions. Throws `no-tty`,
	 * or `aborted` on Ctrl+C and Ctrl+D.
	 */
	readonly ask: (question: string, options?: AskOptions) => Promise<string>;
	/** Lets nothing be echoed from now on: for a wait in which a passphrase may be typed before it is asked for. */
	readonly hold: () => void;
	/**
	 * Gives the terminal back, once nothing more is asked and work goes on for long. The end of every command does it
	 * too.
	 */
	readonly release: () => Promise<void>;
	/**
	 * The vault's passphrase from --passphrase-fd or --passphrase-file; undefined without either. The caller, who
	 * asks once, wipes it.
	 */
	readonly givenPassphrase: () => Promise<Secret | undefined>;
	/** The text of the key file from --key-file; undefined without it. Throws `key-file`. The caller wipes it. */
	readonly givenKeyFile: () => Secret | undefined;
	/** Resolves when somebody stops the program (Ctrl+C, SIGTERM). */
	readonly stopped: () => Promise<void>;
	/**
	 * From the first call on, Ctrl+C and SIGTERM abort this instead of ending the program; a second one ends it all
	 * the same.
	 */
	readonly stopSignal: () => AbortSignal;
};
