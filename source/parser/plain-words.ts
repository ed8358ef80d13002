import type {Command, ParsedArguments} from '../cli/command.ts';
import {globalOptions} from '../cli/global-options.ts';
import type {GivenValue, Options} from '../cli/option.ts';

export type PlainWords = {
	/** Keyed by the name under which the option is declared, as `valuesOf` takes it. */
	readonly globals: ParsedArguments['options'];
	readonly options: ParsedArguments['options'];
	readonly operands: readonly string[];
};

/**
 * What commander would make of the words of a request, for those that leave no question: known long options, each at
 * most once, and as many operands as are taken. Undefined for all others, and for those that are wrong: loading
 * commander takes longer than opening a vault. Without a command, of the full screen. `passed` are the words that the
 * command passes on.
 */
export function readPlainWords(
	words: readonly string[],
	command?: Command,
	passed: readonly string[] = [],
): PlainWords | undefined {
	if (command?.passes !== undefined && passed.length === 0) return undefined;
	const declared = {globals: formsOf(globalOptions), options: formsOf(command?.options ?? {})};
	const given = {globals: notGiven(globalOptions), options: notGiven(command?.options ?? {})};
	const operands: string[] = [];
	const seen = new Set<string>();
	for (const word of words) {
		if (!word.startsWith('-')) {
			operands.push(word);
			continue;
		}

		const [flag = '', value] = word.split(/=(.*)/s, 2);
		const [global, own] = [declared.globals.get(flag), declared.options.get(flag)];
		const form = global ?? own;
		// An option of the command comes after it.
		if (!form || (own && (global || operands.length === 0))) return undefined;
		if (seen.has(flag) || !form.isPlain(value)) return undefined;
		seen.add(flag);
		given[global ? 'globals' : 'options'][form.name] = form.given(value);
	}

	// The first one is the name of the command.
	const own = command ? operands.slice(1) : operands;
	return isTaken(own, command) ? {...given, operands: own} : undefined;
}

type Form = {
	readonly name: string;
	readonly isPlain: (value: string | undefined) => boolean;
	readonly given: (value: string | undefined) => GivenValue;
};

/** The options of a table by what is written on the command line. */
function formsOf(options: Options): ReadonlyMap<string, Form> {
	const forms = Object.entries(options).map(([name, {flags, choices, isRepeatable = false}]): [string, Form] => {
		const [flag = '', label] = flags.split(' ');
		return [
			flag,
			{
				name,
				isPlain: value => (label === undefined ? value === undefined : !!value && (choices?.includes(value) ?? true)),
				given: value => (isRepeatable ? [value!] : (value ?? true)),
			},
		];
	});
	return new Map(forms);
}

/** An option that takes something away, such as `--no-test`, is false until it is given. */
function notGiven(options: Options): Record<string, GivenValue> {
	return Object.fromEntries(
		Object.entries(options).map(([name, {flags}]) => [name, flags.startsWith('--no-') ? false : undefined]),
	);
}

function isTaken(operands: readonly string[], command: Command | undefined): boolean {
	if (operands.includes('')) return false;
	const labels = command?.operands?.split(' ') ?? [];
	const fewest = labels.filter(label => label.startsWith('<')).length;
	const most = labels.some(label => label.includes('...')) ? Number.POSITIVE_INFINITY : labels.length;
	return operands.length >= fewest && operands.length <= most;
}
