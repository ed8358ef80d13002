import {msg, t} from '../language/translate.ts';
import {defineCommand, type Command} from '../cli/command.ts';
import {manualOf, type CommandGroup} from '../manual/manual.ts';
import {manualPage} from '../manual/roff.ts';

/** `groups` gives the table of commands, which this one is a part of. */
export function manCommand(groups: () => readonly CommandGroup[]): Command {
	return defineCommand({
		name: 'man',
		summary: msg`print the manual page, which man -l - shows`,
		examples: [msg`okx-keys man | man -l -`],
		isHarmless: true,
		async run({io}) {
			io.exact(manualPage(manualOf(groups())));
			if (io.columns !== undefined) io.note(t`This is the source of the page; add | man -l - to read it.`);
			return 'ok';
		},
	});
}
