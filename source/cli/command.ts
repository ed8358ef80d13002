import type {Context} from '../actions/context.ts';
import type {Exit} from '../core/errors.ts';
import type {Secret} from '../core/secret.ts';

export type AskOptions = {
	/** Not echoed. */
	readonly secret?: boolean;
	/** What is asked for, in a sentence. */
	readonly what?: string;
	/** What to give where there is nobody to ask: the words after “Give”. */
	readonly instead?: string;
};

/** How a command talks to people and scripts. Given by io.ts; tests give their own. */
export type Io = {
	/** One or several lines for standard output. */
	readonly out: (text: string) => void;
	/** Like `out`, for what is shown only once: throws when it could not be written, instead of ending the program. */
	readonly deliver: (text: string) => void;
	/**
	 * Whether nobody can see what is written to standard output: it is /dev/null, which Node also puts in the place
	 * of a closed one.
	 */
	readonly isUnseen: boolean;
	/** One line for standard error: progress, questions, notes; never data. */
	readonly note: (text: string) => void;
	/** A line on standard error that the next one replaces; shown only on a terminal. Empty wipes it. */
	readonly progress: (text: string) => void;
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
	 * typed is echoed by itself; lines that were pasted too many answer the next questions. Throws `nobody-to-ask`,
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

export type Session = {
	readonly context: Context;
	readonly io: Io;
};

/** The words after a command, as commander has split them. A repeatable option gives a list. */
export type Words = {
	readonly operands: readonly string[];
	readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
};

export type Option = {
	/** Commander's form: `--perm <list>`, `--yes`. */
	readonly flags: string;
	readonly summary: string;
	readonly choices?: readonly string[];
	/** May be given several times, each with one value. */
	readonly isRepeatable?: boolean;
};

/**
 * One command: its words for commander, help and README, and what it does. `run` gives the name of the exit status,
 * or its number where somebody else's contract says what it means.
 */
export type Command = {
	readonly name: string;
	readonly summary: string;
	/** Commander's form: `<name>`, `[names...]`. */
	readonly operands?: string;
	readonly options?: readonly Option[];
	/** Is about the sandbox, whether or not --sandbox is given. */
	readonly inSandbox?: true;
	readonly run: (session: Session, words: Words) => Promise<Exit | number>;
};

/** A text option, or undefined when it was not given. */
export function text({options}: Words, name: string): string | undefined {
	const value = options[name];
	return typeof value === 'string' ? value : undefined;
}

/** The values of a repeatable option, in their order; none when it was not given. */
export function texts({options}: Words, name: string): readonly string[] {
	const value = options[name];
	return typeof value === 'object' ? value : [];
}
