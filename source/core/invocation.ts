import {shellQuote} from './text/shell.ts';
import {t} from '../language/translate.ts';

export type GivenOption = readonly [name: string] | readonly [name: string, value: string];

let globalOptions: readonly GivenOption[] = [];
let ownCommand: string | undefined;
let commandsOfKeys: () => readonly string[] = () => [];

/**
 * Sets the global options (`--sandbox`, `--vault FILE`, …) that suggested commands repeat to reach the same vault.
 * Called once, after the command line is read.
 */
export function repeatGlobalOptions(options: readonly GivenOption[]): void {
	globalOptions = options;
}

/** Sets the commands whose first operand is the name of a key, which may begin with `-`. Called once, at the start. */
export function setCommandsOfKeys(names: () => readonly string[]): void {
	commandsOfKeys = names;
}

/** Help hints point to this command; undefined means the full screen. */
export function setOwnCommand(name: string | undefined): void {
	ownCommand = name;
}

const openers: ReadonlySet<string> = new Set(['--passphrase-file', '--key-file', '--passphrase-fd']);

/**
 * A command that can be pasted into a shell: words quoted, and the global options of this run repeated where they
 * apply. Takes raw texts, with the name of a key right after the command; call it when the message is built, because
 * the global options are not known at load time.
 */
export function suggestedCommand(...words: readonly string[]): string {
	const [command = '', name, ...options] = words;
	const isTakenForOption = name?.startsWith('-') === true && commandsOfKeys().includes(command);
	if (command === 'agent' && name === 'lock') return line(words);
	const repeated = words.some(word => openers.has(word)) ? withoutOpeners(globalOptions) : globalOptions;
	return line([...repeated.flat(), ...(isTakenForOption ? [command, ...options, '--', name] : words)]);
}

/** As `suggestedCommand`, without the options that open the vault: for messages about exactly those options. */
export function suggestedWithoutOpener(...words: readonly string[]): string {
	return line([...withoutOpeners(globalOptions).flat(), ...words]);
}

function withoutOpeners(options: readonly GivenOption[]): GivenOption[] {
	return options.filter(([name]) => !openers.has(name));
}

/** Without a name: the command of this run, or the whole program. */
export function helpCommand(name: string | undefined = ownCommand): string {
	return line(name === undefined ? ['--help'] : [name, '--help']);
}

export function seeHelp(name?: string): string {
	return t`See ${helpCommand(name)}.`;
}

function line(words: readonly string[]): string {
	return ['okx-keys', ...words].map(word => shellQuote(word)).join(' ');
}
