/** A member of a table: `undefined` takes its line away. */
export type TomlMembers = Readonly<Record<string, string | boolean | undefined>>;

/** One line of a table: what stands before the value, the value, and what follows, such as a comment. */
const member =
	/^(\s*([\w-]+)\s*=\s*)('''.*?'{3,5}(?!')|"""(?:[^\\]|\\.)*?"{3,5}(?!")|"(?:[^"\\]|\\.)*"|'[^']*'|[\w.+-]+)(\s*(?:#[^\n]*)?)$/;
const header = /^\s*\[/;

/** A value in TOML. */
export function tomlValue(value: string | boolean): string {
	// TOML has JSON's escapes, and wants one more character escaped.
	return JSON.stringify(value).replaceAll('\u007F', String.raw`\u007f`);
}

export function tomlName(name: string): string {
	return /^[\w-]+$/.test(name) ? name : tomlValue(name);
}

/** The lines of members; those without a value have none. */
export function tomlLines(members: TomlMembers): string[] {
	return Object.entries(members).flatMap(([name, value]) =>
		value === undefined ? [] : [`${name} = ${tomlValue(value)}`],
	);
}

/**
 * Changes members of a table, found by the line of its header, in a text that may be written in any way: what this does
 * not understand it may spoil, so the result is to be read and compared. Keeps comments, order and line ends; `mark` is
 * put above the header unless it is there.
 */
export function withTable(
	text: string,
	isHeader: (line: string) => boolean,
	members: TomlMembers,
	mark: string,
): string {
	const lineEnd = text.includes('\r\n') ? '\r' : '';
	const lines = text.split('\n');
	const start = lines.findIndex(line => isHeader(line));
	if (start === -1) return text;
	const length = lines.slice(start + 1).findIndex(line => header.test(line));
	const end = length === -1 ? lines.length : start + 1 + length;
	const found = new Set<string>();
	const changed = lines.slice(start + 1, end).flatMap(line => {
		const [, before = '', name = '', , after = ''] = member.exec(line) ?? [];
		if (!Object.hasOwn(members, name)) return [line];
		found.add(name);
		const value = members[name];
		return value === undefined ? [] : [`${before}${tomlValue(value)}${after}`];
	});
	const missing = Object.fromEntries(Object.entries(members).filter(([name]) => !found.has(name)));
	const isMarked = lines[start - 1]?.trim() === mark;
	return [
		...lines.slice(0, start),
		...(isMarked ? [] : [`${mark}${lineEnd}`]),
		lines[start]!,
		...tomlLines(missing).map(line => `${line}${lineEnd}`),
		...changed,
		...lines.slice(end),
	].join('\n');
}
