import {aliases, aliasesOf} from '../cli/aliases.ts';
import {candidatesOfOption, type Candidates} from '../cli/candidates.ts';
import {usageOf, type Command} from '../cli/command.ts';
import {globalOptions, helpOption, versionOption} from '../cli/global-options.ts';
import type {Option} from '../cli/option.ts';
import {t, type Translatable} from '../language/translate.ts';

export type CommandGroup = {readonly title: Translatable; readonly commands: readonly Command[]};

export type ManualOption = {
	/** Such as `-h` and `--help`. */
	readonly names: readonly string[];
	/** What it takes, such as `file`; undefined for an option without a value. */
	readonly label: string | undefined;
	readonly candidates: Candidates | undefined;
	readonly summary: string;
};

export type ManualCommand = {
	/** Its name, and its other names. */
	readonly names: readonly [name: string, ...aliases: string[]];
	readonly summary: string;
	readonly usage: string;
	readonly options: readonly ManualOption[];
	/** Of the first operand, and of the others. */
	readonly candidates: Candidates;
	readonly laterCandidates: Candidates;
	/** Takes words for another program after `--`. */
	readonly passes: boolean;
	readonly examples: readonly string[];
};

/** Everything that can be typed, for the manual page and for the shells. */
export type Manual = {
	readonly options: readonly ManualOption[];
	readonly groups: readonly {readonly title: string; readonly commands: readonly ManualCommand[]}[];
	/** Words in the place of a command that stand in no group. */
	readonly words: readonly ManualCommand[];
};

export function manualOf(groups: readonly CommandGroup[]): Manual {
	return {
		options: [...Object.values(globalOptions), versionOption, helpOption].map(option => optionOf(option)),
		groups: groups.map(({title, commands}) => ({
			title: title(),
			commands: commands.map(command => commandOf(command)),
		})),
		words: [
			word('help', t`print the help of a command`, 'commands'),
			word('version', versionOption.summary()),
			...Object.entries(aliases)
				.filter(([, {length}]) => length > 1)
				.map(([name, words]) => word(name, t`the same as ${words.join(' ')}`)),
		],
	};
}

/** Every command and every other word that can stand in its place. */
export function commandsIn({groups, words}: Manual): readonly ManualCommand[] {
	return [...groups.flatMap(({commands}) => commands), ...words];
}

function word(name: string, summary: string, candidates: Candidates = []): ManualCommand {
	const laterCandidates: Candidates = [];
	return {names: [name], summary, usage: '', options: [], candidates, laterCandidates, passes: false, examples: []};
}

function commandOf(command: Command): ManualCommand {
	const {name, summary, examples, options, candidates, laterCandidates, passes} = command;
	return {
		names: [name, ...aliasesOf(command)],
		summary: summary(),
		usage: usageOf(command),
		options: Object.values(options).map(option => optionOf(option)),
		candidates,
		laterCandidates,
		passes: passes !== undefined,
		examples: examples.map(example => example()),
	};
}

function optionOf(option: Option<unknown>): ManualOption {
	const {flags, summary} = option;
	return {
		names: flags.match(/(?<![\w-])--?[\w-]+/g) ?? [],
		label: /<([^>]+)>/.exec(flags)?.[1],
		candidates: candidatesOfOption(option),
		summary: summary(),
	};
}
