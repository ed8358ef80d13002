/**
 * What a shell can complete a word with: these words, the names of the keys in use or in the trash, files, the commands
 * of this program, or its settings.
 */
export type Candidates = readonly string[] | 'keys' | 'trash' | 'files' | 'commands' | 'settings';

const byLabel: Readonly<Record<string, Candidates>> = {
	name: 'keys',
	names: 'keys',
	file: 'files',
	files: 'files',
	path: 'files',
	paths: 'files',
};
const byLabelOfOption: Readonly<Record<string, Candidates>> = {key: 'keys', file: 'files', folder: 'files'};

/** By the label of an operand, such as `name` of `<name>`. */
export function candidatesOfOperand(label: string): Candidates {
	return Object.hasOwn(byLabel, label) ? byLabel[label]! : [];
}

/** By what an option takes, such as `file` of `--vault <file>`; undefined for an option without a value. */
export function candidatesOfOption({
	flags,
	choices,
	candidates,
}: {
	readonly flags: string;
	readonly choices?: readonly string[];
	readonly candidates?: Candidates;
}): Candidates | undefined {
	const label = /<([^>]+)>/.exec(flags)?.[1];
	if (label === undefined) return undefined;
	return candidates ?? choices ?? (Object.hasOwn(byLabelOfOption, label) ? byLabelOfOption[label]! : []);
}
