/** What a command line gives for an option; undefined where it is not given. */
export type GivenValue = string | boolean | readonly string[] | undefined;

/** An option: its words for commander, help and README, and how its value is read. */
export type Option<Value> = {
	/** Commander's form: `--perm <list>`, `--yes`, `--no-test`. */
	readonly flags: string;
	readonly summary: string;
	readonly choices?: readonly string[];
	/** May be given several times, each with one value. */
	readonly isRepeatable?: boolean;
	/** The value as the command takes it. Throws `usage` or `invalid`. */
	readonly read: (given: GivenValue) => Value;
};

/** The options of a command, by the names under which it takes their values. */
export type Options = Readonly<Record<string, Option<unknown>>>;

export type ValuesOf<Declared extends Options> = {
	readonly [Name in keyof Declared]: Declared[Name] extends Option<infer Value> ? Value : never;
};

/** Whether an option without a value is given: of `--no-test` too. */
export function flag(flags: string, summary: string): Option<boolean> {
	return {flags, summary, read: given => given === true};
}

export function text(flags: string, summary: string): Option<string | undefined> {
	return {flags, summary, read: given => (typeof given === 'string' ? given : undefined)};
}

export function oneOf<const Choice extends string>(
	flags: string,
	choices: readonly Choice[],
	summary: string,
): Option<Choice | undefined> {
	return {flags, summary, choices, read: given => choices.find(choice => choice === given)};
}

/** All values of an option that may be given several times, in their order. */
export function repeatable(flags: string, summary: string): Option<readonly string[]> {
	return {flags, summary, isRepeatable: true, read: given => (typeof given === 'object' ? given : [])};
}

/** The option with what `parse` makes of a value that is given. */
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

/** The values of all options of a command. Throws what they throw. */
export function valuesOf<Declared extends Options>(
	declared: Declared,
	given: Readonly<Record<string, GivenValue>>,
): ValuesOf<Declared> {
	const values = Object.entries(declared).map(([name, {read}]) => [name, read(given[name])]);
	// The type of an object made of entries is lost.
	return Object.fromEntries(values) as ValuesOf<Declared>;
}
