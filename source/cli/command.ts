import type {Context} from '../actions/context.ts';
import type {Exit} from '../core/exit-status.ts';
import type {Io} from './io.ts';

export type Session = {
	readonly context: Context;
	readonly io: Io;
};

/** The words after a command, as commander has split them. A repeatable option gives a list. */
export type ParsedArguments = {
	readonly operands: readonly string[];
	readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
};

export type CommandOption = {
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
	readonly options?: readonly CommandOption[];
	/** Is about the sandbox, whether or not --sandbox is given. */
	readonly inSandbox?: true;
	readonly run: (session: Session, words: ParsedArguments) => Promise<Exit | number>;
};

/** A text option, or undefined when it was not given. */
export function textOption({options}: ParsedArguments, name: string): string | undefined {
	const value = options[name];
	return typeof value === 'string' ? value : undefined;
}

/** The values of a repeatable option, in their order; none when it was not given. */
export function textOptions({options}: ParsedArguments, name: string): readonly string[] {
	const value = options[name];
	return typeof value === 'object' ? value : [];
}
