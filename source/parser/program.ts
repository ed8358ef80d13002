import {Command as Program, CommanderError, type Argument, Option as ProgramOption} from 'commander';
import {aliasesOf} from '../cli/aliases.ts';
import {usageOf, type Command, type ParsedArguments} from '../cli/command.ts';
import {globalOptions, helpOption, programExamples, versionOption, type Globals} from '../cli/global-options.ts';
import {valuesOf, type GivenValue, type Option, type Options} from '../cli/option.ts';
import {commandGroups} from '../commands/index.ts';
import {helpCommand} from '../core/invocation.ts';
import {nothingNamed, nothingPassed, usageError, withArticle} from './usage-errors.ts';
import {msg, t, type Translatable} from '../language/translate.ts';

export type Runner = {
	readonly fullScreen: (globals: Globals) => Promise<void>;
	readonly command: (globals: Globals, words: ParsedArguments) => Promise<void>;
};

/** Commander's headings, which it would print in English. */
const titles: Readonly<Record<string, Translatable>> = {
	'Usage:': msg`Usage:`,
	'Arguments:': msg`Arguments:`,
	'Options:': msg`Options:`,
	'Commands:': msg`Commands:`,
};

/** The operands that cannot be empty; words for another program may be. */
const named = new Set(['name', 'names', 'file', 'id', 'method']);

/**
 * Commander with one command, or with none for the full screen: declaring one is faster than declaring twenty. `passed`
 * are the words that the command passes on, which commander does not see.
 */
export function programFor(command: Command | undefined, run: Runner, passed: readonly string[] = []): Program {
	const program = bareProgram();
	const globals = () => valuesOf(globalOptions, givenOf(program, globalOptions));
	program.action(async () => run.fullScreen(globals()));
	if (!command) return program;
	const sub = registerCommand(program, command);
	sub.action(async () => {
		refuseEmptyOperands(sub, command);
		if (command.passes !== undefined && passed.length === 0) throw nothingPassed(command, command.passes);
		// Variadic operands come as one list among the others.
		const operands = sub.processedArgs.flat().filter((word): word is string => typeof word === 'string');
		await run.command(globals(), {operands, options: givenOf(sub, command.options), passed});
	});
	return program;
}

/** Runs what `words` ask for. Throws `usage` for words that the program or its command does not take. */
export async function runProgram(program: Program, words: readonly string[], command?: Command): Promise<void> {
	try {
		await program.parseAsync(words, {from: 'user'});
	} catch (error) {
		throw error instanceof CommanderError ? usageError(error, command) : error;
	}
}

export function helpText(command?: Command): string {
	const program = bareProgram();
	if (command) return registerCommand(program, command).helpInformation() + helpEnd(command);
	for (const {title, commands} of commandGroups)
		for (const one of commands) declareCommand(program, one).helpGroup(`${title()}:`);
	return program.helpInformation() + examplesOf(programExamples);
}

function bareProgram(): Program {
	const program = new Program('okx-keys')
		.description(t`OKX API keys in an encrypted vault, tested live. Without a command: the full screen.`)
		.helpOption(helpOption.flags, helpOption.summary())
		.helpCommand(false)
		.exitOverride()
		.configureOutput({writeErr() {}, outputError() {}})
		.configureHelp({
			styleTitle: title => titles[title]?.() ?? title,
			optionDescription: ({description, argChoices}) =>
				argChoices === undefined
					? description
					: t`${description} (choices: ${argChoices.map(choice => JSON.stringify(choice)).join(', ')})`,
			subcommandTerm: sub =>
				[
					[sub.name(), ...sub.aliases()].join(', '),
					...sub.registeredArguments.map(argument => operandOf(argument)),
				].join(' '),
		})
		.showSuggestionAfterError(false)
		.allowExcessArguments(false);
	for (const option of Object.values(globalOptions)) program.addOption(optionOf(option));
	return program.addOption(optionOf(versionOption));
}

/** What the help of the program says of a command: not its options. */
function declareCommand(program: Program, command: Command): Program {
	return program
		.command(`${command.name} ${command.operands ?? ''}`.trim())
		.description(command.summary())
		.aliases(aliasesOf(command));
}

function registerCommand(program: Program, command: Command): Program {
	const sub = declareCommand(program, command)
		.helpOption('-h, --help', t`print this help`)
		.allowExcessArguments(false);
	for (const option of Object.values(command.options)) sub.addOption(optionOf(option));
	return command.passes === undefined ? sub : sub.usage(usageOf(command));
}

function givenOf(program: Program, options: Options): ParsedArguments['options'] {
	const values = program.opts<Readonly<Record<string, GivenValue>>>();
	return Object.fromEntries(
		Object.entries(options).map(([name, {flags}]) => {
			const option = new ProgramOption(flags);
			const value = values[option.attributeName()];
			// Commander reports a --no-… option as true unless it is given.
			return [name, option.negate ? value === false : value];
		}),
	);
}

/** The global options take 20 lines, so the help of a command only refers to them. */
function helpEnd({examples}: Command): string {
	return `${examplesOf(examples)}\n${t`Global options, such as --sandbox, --vault FILE and --json: see
		${helpCommand()}.`}\n`;
}

function examplesOf(lines: readonly Translatable[]): string {
	return lines.length === 0 ? '' : `\n${t`Examples:`}\n${lines.map(line => `  ${line()}\n`).join('')}`;
}

function operandOf(argument: Argument): string {
	const name = argument.name() + (argument.variadic ? '...' : '');
	return argument.required ? `<${name}>` : `[${name}]`;
}

function optionOf({flags, summary, choices, isRepeatable}: Option<unknown>): ProgramOption {
	const option = new ProgramOption(flags, summary());
	if (isRepeatable) option.argParser<readonly string[] | undefined>((value, before) => [...(before ?? []), value]);
	const what = /<(file|id|fingerprint)>/.exec(flags)?.[1];
	if (what !== undefined) {
		option.argParser<string>(value => {
			if (value === '') throw nothingNamed(t`${option.long!} names no ${what}.`);
			return value;
		});
	}

	return choices ? option.choices(choices) : option;
}

function refuseEmptyOperands(sub: Program, {name}: Command): void {
	for (const [index, argument] of sub.registeredArguments.entries()) {
		const given = [sub.processedArgs[index]].flat();
		if (!named.has(argument.name()) || !given.includes('')) continue;
		throw nothingNamed(t`${name} needs ${withArticle(argument.name().replace(/s$/, ''))}, and was given an empty one.`);
	}
}
