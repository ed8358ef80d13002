import type {Translatable} from '../language/translate.ts';
import type {Candidates} from './candidates.ts';

export type GivenValue = string | boolean | readonly string[] | undefined;

export type Option<Value> = {
	/** Commander's form: `--perm <list>`, `--yes`, `--no-test`. */
	readonly flags: string;
	readonly summary: Translatable;
	readonly choices?: readonly string[];
	readonly isRepeatable?: boolean;
	/** What a shell completes the value with, where neither `choices` nor the label in `flags` says it. */
	readonly candidates?: Candidates;
	/** Throws `usage` or `invalid`. */
	readonly read: (given: GivenValue) => Value;
};

export type Options = Readonly<Record<string, Option<unknown>>>;

export type ValuesOf<Declared extends Options> = {
	readonly [Name in keyof Declared]: Declared[Name] extends Option<infer Value> ? Value : never;
};

/** An option without a value; true when given, also for a negated one such as `--no-test`. */
export function flag(flags: string, summary: Translatable): Option<boolean> {
	return {flags, summary, read: given => given === true};
}

export function text(flags: string, summary: Translatable, candidates?: Candidates): Option<string | undefined> {
	return {
		flags,
		summary,
		...(candidates && {candidates}),
		read: given => (typeof given === 'string' ? given : undefined),
	};
}

export function oneOf<const Choice extends string>(
	flags: string,
	choices: readonly Choice[],
	summary: Translatable,
): Option<Choice | undefined> {
	return {flags, summary, choices, read: given => choices.find(choice => choice === given)};
}

export function repeatable(flags: string, summary: Translatable): Option<readonly string[]> {
	return {flags, summary, isRepeatable: true, read: given => (typeof given === 'object' ? given : [])};
}

export function parsed<Value, Result>(
	option: Option<Value | undefined>,
	parse: (value: Value) => Result,
): Option<Result | undefined> {
	return {
		...option,
		read(given) {
			const value = option.read(given);
			return value === undefined ? undefined : parse(value);
		},
	};
}

/** Throws what the `read` of an option throws. */
export function valuesOf<Declared extends Options>(
	declared: Declared,
	given: Readonly<Record<string, GivenValue>>,
): ValuesOf<Declared> {
	const values = Object.entries(declared).map(([name, {read}]) => [name, read(given[name])]);
	// Object.fromEntries loses the type of each member.
	return Object.fromEntries(values) as ValuesOf<Declared>;
}
