import type {CommanderError} from 'commander';
import {usageOf, type Command} from '../cli/command.ts';
import {commands} from '../commands/index.ts';
import {seeHelp, suggestedCommand} from '../core/invocation.ts';
import {sentences, t} from '../language/translate.ts';
import {didYouMean, similar} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {graphemes, truncate} from '../core/text/width.ts';
import {AppError} from '../core/errors.ts';
import {adviceFor} from './other-words.ts';
import {answeredWords, optionsOf} from './request.ts';

const otherOptions: Readonly<Record<string, string>> = {
	'--format': '--json',
	'-j': '--json',
	'-y': '--yes',
	'-a': '--all',
	'-o': '--output',
	'-n': '--dry-run',
};

export function unknownCommand(word: string): AppError {
	if (word === '') return nothingNamed(t`The name of the command is empty.`);
	const problem = t`${truncate(sanitize(word), 60)} is not a command.`;
	const known = [...commands.map(({name}) => name), ...answeredWords];
	return new AppError('usage', {problem, hint: adviceFor(word) ?? hintOf(didYouMean(similar(word, known)))});
}

export function nothingNamed(problem: string): AppError {
	return new AppError('usage', {problem, hint: t`Is the variable that should hold it empty?`});
}

export function nothingPassed(command: Command, passes: string): AppError {
	return refuse(t`${command.name} needs ${withArticle(passes)} after --.`, command);
}

/**
 * Commander's refusal in this program's words. Neither text after `=` nor a surplus word is repeated: it may be a
 * secret.
 */
export function usageError({code, message}: CommanderError, command: Command | undefined): AppError {
	const [, quoted = ''] = /'([^']*)'/.exec(message) ?? [];
	const [flag = ''] = sanitize(quoted).split(/[ =]/, 1);
	switch (code) {
		case 'commander.unknownOption':
			return unknownOption(flag, quoted.includes('='), command);
		case 'commander.optionMissingArgument':
			return refuse(t`${flag} needs a ${valueOf(quoted)}.`, command);
		case 'commander.invalidArgument':
			return refuse(t`${flag} takes ${listed(/choices are (.*)\./.exec(message)?.[1] ?? '')}.`, command);
		case 'commander.missingArgument':
			return refuse(t`${command?.name ?? t`The command`} needs ${withArticle(quoted.replace(/s$/, ''))}.`, command);
		case 'commander.excessArguments':
			return tooMany(/Expected (\d+) arguments? but got (\d+)/.exec(message)?.slice(1).map(Number) ?? [], command);
		default:
			return refuse(`${sanitize(message.replace(/^error: /, '').split('\n')[0]!)}.`, command);
	}
}

/** `a name`, `an id`. */
export function withArticle(noun: string): string {
	return `${/^[aeiou]/.test(noun) ? t`an` : 'a'} ${noun}`;
}

function unknownOption(flag: string, hasValue: boolean, command: Command | undefined): AppError {
	const options = optionsOf(command);
	const known = [...options.map(({flags}) => flags.split(' ')[0]!), '--version', '--help'];
	if (hasValue && options.some(({flags}) => flags === flag)) return refuse(t`${flag} takes no value.`, command);
	if (known.includes(flag))
		return refuse(t`${flag} is an option of ${command?.name ?? t`a command`} and comes after it.`, command);
	const problem = t`Unknown option ${shownOption(flag)}.`;
	if (/--?(api-?key|secret|pass(phrase|word)?|key)/i.test(flag))
		return new AppError('usage', {
			problem,
			hint: t`No secret is taken on the command line, where every user of this machine can read it. ${seeHelp()}`,
		});
	const name = flag.slice(2);
	if (command === undefined && flag.startsWith('--') && commands.some(one => one.name === name))
		return new AppError('usage', {problem, hint: t`${name} is a command: ${suggestedCommand(name)}.`});
	const meant = Object.hasOwn(otherOptions, flag) ? otherOptions[flag]! : undefined;
	const near =
		meant !== undefined && known.includes(meant)
			? [meant]
			: similar(
					flag.replace(/^-+/, ''),
					known.map(name => name.slice(2)),
				).map(name => `--${name}`);
	return near.length > 0 ? new AppError('usage', {problem, hint: hintOf(didYouMean(near))}) : refuse(problem, command);
}

/** A short option without the text attached to it, which may be a secret: `-p` of `-pWORD`. */
function shownOption(flag: string): string {
	return flag.startsWith('--') ? truncate(flag, 60) : graphemes(flag).slice(0, 2).join('');
}

function tooMany([most = 0, given = 0]: readonly number[], command: Command | undefined): AppError {
	const what = operandOf(command);
	if (command === undefined || what === undefined)
		return refuse(t`${command?.name ?? 'okx-keys'} takes only options.`, command);
	if (command.passes !== undefined)
		return refuse(t`${command.name} takes one ${what}, and its ${command.passes} comes after --.`, command);
	return refuse(
		sentences(
			t`${command.name} takes ${most === 1 ? t`one` : String(most)} ${what}, and ${given} were given.`,
			what === 'name' ? t`A name with spaces needs quotes.` : '',
		),
		command,
	);
}

function refuse(problem: string, command: Command | undefined): AppError {
	const hint = command ? `${t`Usage: okx-keys ${command.name} ${usageOf(command)}`}\n${seeHelp()}` : seeHelp();
	return new AppError('usage', {problem, hint});
}

function hintOf(question: string | undefined): string {
	return question === undefined ? seeHelp() : `${question} ${seeHelp()}`;
}

/** The name of an operand or of an option's value: `name` of `<name>`. */
function valueOf(flags: string): string {
	return /<([a-z-]+)>/.exec(flags)?.[1] ?? 'value';
}

function operandOf(command: Command | undefined): string | undefined {
	return /[a-z]+/.exec(command?.operands ?? '')?.[0].replace(/s$/, '');
}

/** `a, b or c` of `a, b, c`. */
function listed(choices: string): string {
	return choices.replace(/, ([^,]*)$/, ' or $1');
}
