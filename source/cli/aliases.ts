/** Names that other programs give to a command; each expansion begins with the command. */
export const aliases: Readonly<Record<string, readonly string[]>> = {
	ls: ['list'],
	rm: ['remove'],
	get: ['show'],
	unlock: ['agent'],
	lock: ['agent', 'lock'],
};

/** The other names of a command. */
export function aliasesOf({name}: {readonly name: string}): string[] {
	return Object.keys(aliases).filter(alias => aliases[alias]!.length === 1 && aliases[alias]![0] === name);
}
