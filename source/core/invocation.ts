import {shellWord} from './text.ts';

let globalOptions: readonly string[] = [];
let ownCommand: string | undefined;

/** The commands whose first word is the name of a key, which may begin with `-`. */
const namesFirst: ReadonlySet<string> = new Set(['create', 'add', 'show', 'edit', 'test', 'revoke', 'remove', 'restore-key']);

/**
 * Sets the global options (`--sandbox`, `--vault FILE`, …) that every suggested command repeats, so that it works on
 * the vault of this run. Called once, by whoever reads the command line; before that, none are repeated.
 */
export function repeatGlobalOptions(options: readonly string[]): void {
	globalOptions = options;
}

/** Sets the command of this run, whose help is the one to see; undefined for the full screen. */
export function setOwnCommand(name: string | undefined): void {
	ownCommand = name;
}

/**
 * A command of this program that a person can paste into a shell: each word quoted, the global options of this run
 * repeated. Takes texts as they are, not cleaned. After `edit`, `show` and the like the name of the key comes first.
 * Not for tables that are made while the program loads: the global options are not known yet.
 */
export function suggestedCommand(...words: readonly string[]): string {
	const [command = '', name, ...options] = words;
	const isTakenForOption = name?.startsWith('-') === true && namesFirst.has(command);
	return line([...globalOptions, ...isTakenForOption ? [command, ...options, '--', name] : words]);
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
	return ['okx-keys', ...words].map(word => shellWord(word)).join(' ');
}
