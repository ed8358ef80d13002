import {CommanderError} from 'commander';
import {isAppError} from '../../source/core/errors.ts';
import {setOwnCommand} from '../../source/core/invocation.ts';
import {programFor} from '../../source/parser/program.ts';
import {prepareSuggestions, readRequest} from '../../source/parser/request.ts';
import {unknownCommand, usageError} from '../../source/parser/usage-errors.ts';

/**
 * What a command line comes to, without doing it: `help …`, `version`, the words of the command that would run, or
 * what is said against it.
 */
export async function outcome(...argv: string[]): Promise<string> {
	const request = readRequest(argv);
	prepareSuggestions(argv);
	if (request.kind === 'help' && request.word === undefined) return `help ${request.command?.name ?? ''}`.trim();
	if (request.kind === 'version') return 'version';
	const command = request.kind === 'command' ? request.command : undefined;
	setOwnCommand(command?.name);
	let done = '';
	try {
		if (request.kind === 'help' || request.kind === 'unknown') throw unknownCommand(request.word!);
		await programFor(
			command,
			{
				async fullScreen() {
					done = 'full screen';
				},
				async command(globals, {operands, options}) {
					const given = Object.entries({...globals, ...options}).filter(
						([, value]) => value !== undefined && value !== false,
					);
					done = [command!.name, ...operands, JSON.stringify(Object.fromEntries(given))].join(' ');
				},
			},
			request.kind === 'command' ? request.passed : [],
		).parseAsync(request.words, {from: 'user'});
		return done;
	} catch (error) {
		const told = error instanceof CommanderError ? usageError(error, command) : error;
		if (!isAppError(told)) throw error;
		return `${told.message} | ${told.hint ?? ''}`;
	}
}

/** The arguments of the first call of this program in a line of a shell, without what it is piped to. */
export function argumentsIn(line: string): readonly string[] {
	const own = line.slice(line.indexOf('okx-keys ') + 'okx-keys '.length).split(/ {3,}| +#| &&| [|>] /, 1)[0]!;
	return (own.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map(word => word.replaceAll(/^["']|["']$/g, ''));
}
