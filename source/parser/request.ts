import {aliases} from '../cli/aliases.ts';
import {takesKeyName, type Command} from '../cli/command.ts';
import {globalOptions} from '../cli/global-options.ts';
import type {Option} from '../cli/option.ts';
import {frequent} from '../commands/frequent.ts';
import {commands, hiddenCommands} from '../commands/index.ts';
import {repeatGlobalOptions, setCommandsOfKeys, type GivenOption} from '../core/invocation.ts';

/** Words that are answered without a command of their own. */
export const answeredWords: readonly string[] = ['help', 'version'];

export type CommandRequest =
	| {readonly kind: 'version'}
	/** `word` is the unknown command that help was asked for. */
	| {readonly kind: 'help'; readonly command: Command | undefined; readonly word: string | undefined}
	| {readonly kind: 'unknown'; readonly word: string}
	| {readonly kind: 'full-screen'; readonly words: readonly string[]}
	| {
			readonly kind: 'command';
			readonly command: Command;
			readonly words: readonly string[];
			readonly passed: readonly string[];
			/** The names of the given options without a value. */
			readonly flags: ReadonlySet<string>;
	  };

/** What a suggested command repeats, to work on the same vault, without another question or right. */
const repeatedOptions = new Set(['--sandbox', '--vault', '--key-file', '--passphrase-file', '--no-secrets']);

/**
 * The commands that a command line can be about: none if it has only options of the full screen, one of the frequent
 * ones if it is that, or else all.
 */
export function commandsFor(argv: readonly string[]): readonly Command[] {
	const options = everyOption([]);
	const known = new Set(options.map(({flags}) => flags.split(' ')[0]!));
	// Whether the word after another option is its value, only the command that has the option could tell.
	const first = scan(argv, options).find(({kind, name}) => kind === 'operand' || !known.has(name));
	if (!first) return [];
	const word = first.text;
	const name = Object.hasOwn(aliases, word) ? aliases[word]![0]! : word;
	return Object.hasOwn(frequent, name) ? [frequent[name]!()] : [...commands, ...hiddenCommands];
}

/** Reads what a command line asks for. Never throws: wrong words are reported when they are used. */
export function readRequest(argv: readonly string[], among = commandsFor(argv)): CommandRequest {
	// The value of a command's option that comes too early must not be taken for the command.
	const tokens = scan(argv, everyOption(among));
	const at = tokens.findIndex(({kind}) => kind === 'operand');
	const word = tokens[at]?.text;
	const before = at === -1 ? tokens : tokens.slice(0, at);
	if (word === 'version' || has(before, '-V', '-v', '--version')) return {kind: 'version'};
	if (word === 'help') return helpOf(tokens.slice(at + 1).find(({kind}) => kind === 'operand')?.text, among);
	const asksForHelp = has(before, '-h', '--help');
	if (word === undefined) return asksForHelp ? helpOf(undefined, among) : {kind: 'full-screen', words: wordsOf(before)};
	const command = commandOf(word, among);
	if (!command) return asksForHelp ? helpOf(word, among) : {kind: 'unknown', word};
	const {own: after, passed} = split(scan(argv.slice(tokens[at]!.at + 1), optionsOf(command)), command);
	if (asksForHelp || has(after, '-h', '--help')) return helpOf(word, among);
	if (has(after, '--version')) return {kind: 'version'};
	const flags = [...before, ...after].filter(({kind}) => kind === 'flag').map(({name}) => name);
	return {
		kind: 'command',
		command,
		words: [...wordsOf(before), ...(aliases[word] ?? [word]), ...wordsOf(after)],
		passed: wordsOf(passed),
		flags: new Set(flags),
	};
}

/** Even a usage error must be in the plugin's form: a monitoring program takes our status 2 for CRITICAL. */
export function isNagiosRequest(request: CommandRequest): boolean {
	return request.kind === 'command' && request.command.name === 'check' && request.flags.has('--nagios');
}

/** The global options of this command line that every suggested command repeats. */
export function repeatedGlobals(argv: readonly string[], among = commandsFor(argv)): GivenOption[] {
	return scan(argv, everyOption(among)).flatMap(({kind, name, value}) => {
		if (kind === 'operand' || !repeatedOptions.has(name)) return [];
		return [value === undefined ? [name] : [name, value]];
	});
}

/** Has every suggested command repeat the global options of this command line, and take a key's name as it is. */
export function prepareSuggestions(argv: readonly string[], among = commandsFor(argv)): void {
	repeatGlobalOptions(repeatedGlobals(argv, among));
	setCommandsOfKeys(() => commands.filter(command => takesKeyName(command)).map(({name}) => name));
}

/** Works on any command line, even a wrong one. */
export function asksFor(
	flag: '--ascii' | '--json' | '--no-color',
	argv: readonly string[],
	among = commandsFor(argv),
): boolean {
	return has(scan(argv, everyOption(among)), flag);
}

function helpOf(word: string | undefined, among: readonly Command[]): CommandRequest {
	if (word === undefined || answeredWords.includes(word)) return {kind: 'help', command: undefined, word: undefined};
	const command = commandOf(word, among);
	return {kind: 'help', command, word: command ? undefined : word};
}

function commandOf(word: string, among: readonly Command[]): Command | undefined {
	const [name] = Object.hasOwn(aliases, word) ? aliases[word]! : [word];
	return among.find(command => command.name === name);
}

type Flags = Pick<Option<unknown>, 'flags'>;

function everyOption(among: readonly Command[]): readonly Flags[] {
	return [...Object.values(globalOptions), ...among.flatMap(({options}) => Object.values(options))];
}

export function optionsOf(command: Command | undefined): readonly Flags[] {
	return everyOption(command ? [command] : []);
}

function split(
	tokens: readonly Token[],
	{passes}: Command,
): {readonly own: readonly Token[]; readonly passed: readonly Token[]} {
	const end = passes === undefined ? -1 : tokens.findIndex(({kind}) => kind === 'end');
	return end === -1 ? {own: tokens, passed: []} : {own: tokens.slice(0, end), passed: tokens.slice(end + 1)};
}

type Token = {
	readonly at: number;
	readonly kind: 'flag' | 'valued' | 'operand' | 'end';
	readonly name: string;
	readonly value: string | undefined;
	/**
	 * The word for commander: an option is joined to its value, so that the value cannot be taken for another option.
	 */
	readonly text: string;
};

/** Tells options, their values and operands apart. An unknown option counts as one without a value. */
function scan(words: readonly string[], options: readonly Flags[]): Token[] {
	const takeValue = new Set(options.filter(({flags}) => flags.includes('<')).map(({flags}) => flags.split(' ')[0]!));
	const tokens: Token[] = [];
	for (let at = 0; at < words.length; at++) {
		const text = words[at]!;
		if (text === '--') {
			tokens.push({at, kind: 'end', name: text, value: undefined, text});
			for (const [index, text] of words.entries())
				if (index > at) tokens.push({at: index, kind: 'operand', name: text, value: undefined, text});
			break;
		}

		const [name = '', joined] = text.split(/=(.*)/s, 2);
		const isValued = takeValue.has(name);
		const value = isValued ? (joined ?? words[at + 1]) : undefined;
		if (text.length < 2 || !text.startsWith('-')) tokens.push({at, kind: 'operand', name: text, value, text});
		else if (value === undefined) tokens.push({at, kind: 'flag', name: text, value, text});
		else tokens.push({at, kind: 'valued', name, value, text: `${name}=${value}`});
		if (isValued && joined === undefined) at++;
	}

	return tokens;
}

function has(tokens: readonly Token[], ...flags: readonly string[]): boolean {
	return tokens.some(({kind, name}) => kind === 'flag' && flags.includes(name));
}

function wordsOf(tokens: readonly Token[]): string[] {
	return tokens.map(({text}) => text);
}
