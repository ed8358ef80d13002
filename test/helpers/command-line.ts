import type {Outcome, Session} from '../../source/cli/command.ts';
import {programFor} from '../../source/parser/program.ts';
import {readRequest} from '../../source/parser/request.ts';

/** Runs the command of a command line in a session, and gives what it ends with. */
export async function commandLine(session: Session, ...argv: readonly string[]): Promise<Outcome> {
	const request = readRequest(argv);
	if (request.kind !== 'command') throw new Error(`${argv.join(' ')} is not a command.`);
	let exit: Outcome | undefined;
	await programFor(
		request.command,
		{
			fullScreen: async () => Promise.reject(new Error('No command was run.')),
			async command(_, words) {
				exit = await request.command.run(session, words);
			},
		},
		request.passed,
	).parseAsync(request.words, {from: 'user'});
	return exit!;
}
