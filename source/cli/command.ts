import type {Context} from '../actions/context.ts';
import type {Exit} from '../core/exit-status.ts';
import type {Io} from './io.ts';
import type {ProgramEnd, Program} from './programs.ts';
import {t, type Translatable} from '../language/translate.ts';
import {refuseSecrets} from '../actions/keys.ts';
import {AppError} from '../core/errors.ts';
import {didYouMean, similar} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import {candidatesOfOperand, type Candidates} from './candidates.ts';
import {valuesOf, type GivenValue, type Options, type ValuesOf} from './option.ts';

export type Session = {
	readonly context: Context;
	readonly io: Io;
};

export type ParsedArguments = {
	readonly operands: readonly string[];
	/** Keyed by the name under which the command declares the option. */
	readonly options: Readonly<Record<string, GivenValue>>;
	readonly passed: readonly string[];
};

/** A positional argument in commander's form: `<name>`, `[file]` or `[names...]`. */
export type Operand<Value> = {
	readonly words: string;
	readonly candidates: Candidates;
	/** Of the operands after the first. */
	readonly laterCandidates: Candidates;
	readonly read: (operands: readonly string[]) => Value;
};

/** Without `candidates`, here and below, the name says what a shell completes the operand with. */
export function required(name: string, candidates = candidatesOfOperand(name)): Operand<string> {
	return {words: `<${name}>`, candidates, laterCandidates: [], read: ([operand = '']) => operand};
}

export function optional(name: string, candidates = candidatesOfOperand(name)): Operand<string | undefined> {
	return {words: `[${name}]`, candidates, laterCandidates: [], read: ([operand]) => operand};
}

export function atLeastOne(name: string, candidates = candidatesOfOperand(name)): Operand<readonly string[]> {
	return {words: `<${name}...>`, candidates, laterCandidates: candidates, read: operands => operands};
}

export function several(name: string, candidates = candidatesOfOperand(name)): Operand<readonly string[]> {
	return {words: `[${name}...]`, candidates, laterCandidates: candidates, read: operands => operands};
}

/** One of a few words; without `otherwise` it is required. Reading throws `usage`, with the word that may be meant. */
export function oneWord<const Choice extends string>(
	name: string,
	choices: readonly Choice[],
	otherwise?: Choice,
): Operand<Choice> {
	return {
		words: otherwise === undefined ? `<${name}>` : `[${name}]`,
		candidates: choices,
		laterCandidates: [],
		read([operand]) {
			if (operand === undefined && otherwise !== undefined) return otherwise;
			const word = operand ?? '';
			const chosen = choices.find(choice => choice === word);
			if (chosen !== undefined) return chosen;
			const all = t`It is one of ${choices.join(', ')}.`;
			const near = didYouMean(similar(word, choices));
			throw new AppError('usage', {
				problem: t`There is no ${name} called ${truncate(sanitize(word), 60) || '“”'}.`,
				hint: near === undefined ? all : `${near} ${all}`,
			});
		},
	};
}

/**
 * The result of a command: the name of the exit status, its number where the contract of another program defines it,
 * the end of another program, or the program that replaces this process.
 */
export type Outcome = Exit | ProgramEnd | {readonly replaceBy: Program};

/** One command, for the parser, the help and the README. */
export type Command = {
	readonly name: string;
	readonly summary: Translatable;
	/** Command lines for the help, each of which runs as it stands. */
	readonly examples: readonly Translatable[];
	readonly operands: string | undefined;
	/** What a shell completes the first operand with, and the others. */
	readonly candidates: Candidates;
	readonly laterCandidates: Candidates;
	readonly options: Options;
	/**
	 * The label of the words after `--`, such as `command`: at least one is required, and all are passed on unread.
	 * Without it, words after `--` are operands.
	 */
	readonly passes?: string;
	/** Concerns the sandbox, with or without --sandbox. */
	readonly inSandbox?: true;
	/** Touches no secret, so it runs in a process that would let one out too. */
	readonly isHarmless?: true;
	/** For scripts of this program only, which show nothing else. */
	readonly isHidden?: true;
	/** Whether it prints secrets when it is given these words, which --no-secrets refuses before anything is done. */
	readonly printsSecrets?: (words: ParsedArguments) => boolean;
	readonly run: (session: Session, words: ParsedArguments) => Promise<Outcome>;
};

/** Whether its first operand is the name of a key, which may begin with `-`. */
export function takesKeyName({operands, passes}: Command): boolean {
	return passes === undefined && /^[<[]names?\b/.test(operands ?? '');
}

/** The words after the name of a command: `[options] <name>`. */
export function usageOf({operands, passes}: Pick<Command, 'operands' | 'passes'>): string {
	return ['[options]', operands, passes === undefined ? undefined : `-- <${passes}...>`]
		.filter(part => part !== undefined)
		.join(' ');
}

type Definition<Declared extends Options, Value> = Omit<
	Command,
	'operands' | 'candidates' | 'laterCandidates' | 'options' | 'printsSecrets' | 'run'
> & {
	readonly operand?: Operand<Value>;
	readonly options?: Declared;
	readonly printsSecrets?: (given: Given<Declared, Value>) => boolean;
	readonly run: (session: Session, given: Given<Declared, Value>) => Promise<Outcome>;
};

type Given<Declared extends Options, Value> = {
	readonly operand: Value;
	readonly options: ValuesOf<Declared>;
	readonly passed: readonly string[];
};

/** Types the operand and the options of `run` by their declarations. */
export function defineCommand<Declared extends Options = Record<string, never>, Value = undefined>({
	operand,
	options = {} as Declared,
	printsSecrets,
	run,
	...words
}: Definition<Declared, Value>): Command {
	const readWords = ({operands, options: given, passed}: ParsedArguments): Given<Declared, Value> => ({
		// Without an operand, `Value` is undefined.
		operand: operand?.read(operands) as Value,
		options: valuesOf(options, given),
		passed,
	});
	return {
		...words,
		operands: operand?.words,
		candidates: operand?.candidates ?? [],
		laterCandidates: operand?.laterCandidates ?? [],
		options,
		...(printsSecrets && {printsSecrets: given => printsSecrets(readWords(given))}),
		async run(session, words) {
			const given = readWords(words);
			if (!printsSecrets?.(given)) return run({...session, io: withoutSecrets(session.io)}, given);
			refuseSecrets(session.context);
			return run(session, given);
		},
	};
}

/** Makes the first use of a command fail that prints a secret and does not declare it. */
function withoutSecrets(io: Io): Io {
	const refuse = () => {
		throw new Error('This command does not declare that it prints secrets.');
	};
	return {...io, secret: refuse, deliver: refuse};
}
