import {msg} from '../language/translate.ts';
import {defineCommand, oneWord, type Command} from '../cli/command.ts';
import {bashCompletion} from '../manual/bash.ts';
import {fishCompletion} from '../manual/fish.ts';
import {manualOf, type CommandGroup} from '../manual/manual.ts';
import {zshCompletion} from '../manual/zsh.ts';

const shells = {bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion};
const shellNames = Object.keys(shells) as (keyof typeof shells)[];

/** `groups` gives the table of commands, which this one is a part of. */
export function completionCommand(groups: () => readonly CommandGroup[]): Command {
	return defineCommand({
		name: 'completion',
		summary: msg`print the completion script of a shell: ${shellNames.join(', ')}`,
		examples: [
			msg`okx-keys completion bash > ~/.local/share/bash-completion/completions/okx-keys`,
			msg`okx-keys completion zsh > ~/.zfunc/_okx-keys     # ~/.zfunc in the fpath of ~/.zshrc, before compinit`,
			msg`okx-keys completion fish > ~/.config/fish/completions/okx-keys.fish`,
			msg`source <(okx-keys completion bash)               # for this shell only`,
		],
		operand: oneWord('shell', shellNames),
		isHarmless: true,
		async run({io}, {operand: shell}) {
			io.exact(shells[shell](manualOf(groups())).trimEnd());
			return 'ok';
		},
	});
}
