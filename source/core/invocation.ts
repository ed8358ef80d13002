import {shellQuote} from './text/shell.ts';

/** An option, with its value where it has one. */
export type GivenOption = readonly [name: string] | readonly [name: string, value: string];

let globalOptions: readonly GivenOption[] = [];
let ownCommand: string | undefined;

/** The commands whose first word is the name of a key, which may begin with `-`. */
const namesFirst: ReadonlySet<string> = new Set([
	'create',
	'add',
	'show',
	'edit',
	'test',
	'revoke',
	'remove',
	'restore-key',
]);

/**
 * Sets the global options (`--sandbox`, `--vault FILE`, …) that every suggested command repeats, so that it works on
 * the vault of this run. Called once, by whoever reads the command line; before that, none are repeated.
 */
export function repeatGlobalOptions(options: readonly GivenOption[]): void {
	globalOptions = options;
}

/** Sets the command of this run, whose help is the one to see; undefined for the full screen. */
export function setOwnCommand(name: string | undefined): void {
	ownCommand = name;
}

/** Global options that open the vault, each with a value. */
const openers: ReadonlySet<string> = new Set(['--passphrase-file', '--key-file', '--passphrase-fd']);

/**
 * A command of this program that a person can paste into a shell: each word quoted, and the global options of this
 * run repeated, except those that open the vault where the words do so themselves, and all for `agent lock`. Takes
 * texts as they are, not cleaned; the name of a key comes right after `edit`, `show` and the like. To be called when
 * something is said, not while the program loads: the global options are not known before.
 */
export function suggestedCommand(...words: readonly string[]): string {
	const [command = '', name, ...options] = words;
	const isTakenForOption = name?.startsWith('-') === true && namesFirst.has(command);
	if (command === 'agent' && name === 'lock') return line(words);
	const repeated = words.some(word => openers.has(word)) ? withoutOpeners(globalOptions) : globalOptions;
	return line([...repeated.flat(), ...(isTakenForOption ? [command, ...options, '--', name] : words)]);
}

/** As `suggestedCommand`, where what this run opens the vault with is what is wrong. */
export function suggestedWithoutOpener(...words: readonly string[]): string {
	return line([...withoutOpeners(globalOptions).flat(), ...words]);
}

function withoutOpeners(options: readonly GivenOption[]): GivenOption[] {
	return options.filter(([name]) => !openers.has(name));
}

/** The command that prints the help of a command; without a name, that of this run, or else of the whole program. */
export function helpCommand(name: string | undefined = ownCommand): string {
	return line(name === undefined ? ['--help'] : [name, '--help']);
}

/** `See okx-keys show --help.` */
export function seeHelp(name?: string): string {
	return `See ${helpCommand(name)}.`;
}

function line(words: readonly string[]): string {
	return ['okx-keys', ...words].map(word => shellQuote(word)).join(' ');
}
