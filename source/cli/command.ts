import type {Context} from '../actions/context.ts';
import type {Exit} from '../core/exit-status.ts';
import type {Io} from './io.ts';
import type {Ended, Program} from './programs.ts';
import {valuesOf, type GivenValue, type Options, type ValuesOf} from './option.ts';

export type Session = {
	readonly context: Context;
	readonly io: Io;
};

/** The words after a command, told apart but not yet read. */
export type ParsedArguments = {
	readonly operands: readonly string[];
	/** By the names under which the command declares them. */
	readonly options: Readonly<Record<string, GivenValue>>;
	/** The words after `--`, of a command that passes them on. */
	readonly passed: readonly string[];
};

/** What a command is told about, beside its options: `<name>`, `[file]` or `[names...]`. */
export type Operand<Value> = {
	/** Commander's form. */
	readonly words: string;
	readonly read: (operands: readonly string[]) => Value;
};

/** One operand that has to be given, which the parser sees to. */
export function required(name: string): Operand<string> {
	return {words: `<${name}>`, read: ([operand = '']) => operand};
}

export function optional(name: string): Operand<string | undefined> {
	return {words: `[${name}]`, read: ([operand]) => operand};
}

export function atLeastOne(name: string): Operand<readonly string[]> {
	return {words: `<${name}...>`, read: operands => operands};
}

export function several(name: string): Operand<readonly string[]> {
	return {words: `[${name}...]`, read: operands => operands};
}

/**
 * What comes of a command: the name of the exit status, or its number where another program's contract says what it
 * means; how another program has ended, or one that takes the place of this process.
 */
export type Outcome = Exit | Ended | {readonly replaceBy: Program};

/** One command as the parser, help and README take it. */
export type Command = {
	readonly name: string;
	readonly summary: string;
	/** Commander's form: `<name>`, `[names...]`. */
	readonly operands: string | undefined;
	readonly options: Options;
	/**
	 * What the words after `--` are, such as `command`: at least one is needed, and all are passed on unread. Without
	 * it, words after `--` are operands.
	 */
	readonly passes?: string;
	/** Is about the sandbox, whether or not --sandbox is given. */
	readonly inSandbox?: true;
	readonly run: (session: Session, words: ParsedArguments) => Promise<Outcome>;
};

type Definition<Declared extends Options, Value> = Omit<Command, 'operands' | 'options' | 'run'> & {
	readonly operand?: Operand<Value>;
	readonly options?: Declared;
	readonly run: (session: Session, given: Given<Declared, Value>) => Promise<Outcome>;
};

/** What a command was given, read and typed. */
type Given<Declared extends Options, Value> = {
	readonly operand: Value;
	readonly options: ValuesOf<Declared>;
	readonly passed: readonly string[];
};

/** A command whose `run` gets its operand and its options as it declares them. */
export function defineCommand<Declared extends Options = Record<string, never>, Value = undefined>({
	operand,
	options = {} as Declared,
	run,
	...words
}: Definition<Declared, Value>): Command {
	return {
		...words,
		operands: operand?.words,
		options,
		run: async (session, given) =>
			run(session, {
				// Without an operand, `Value` is undefined.
				operand: operand?.read(given.operands) as Value,
				options: valuesOf(options, given.options),
				passed: given.passed,
			}),
	};
}
