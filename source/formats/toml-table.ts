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
 * Changes members of tables in a text that may be written in any way: it may spoil what it does not understand, so the
 * result is to be read and compared. `membersAt` finds a table by the line of its header, the first one if there are
 * several. Keeps comments, order and line ends; `mark` is put above each header unless it is there.
 */
export function withTables(text: string, membersAt: (line: string) => TomlMembers | undefined, mark: string): string {
	const lineEnd = text.includes('\r\n') ? '\r' : '';
	const done = new Set<TomlMembers>();
	const written: string[] = [];
	for (const [head = '', ...body] of tablesOf(text.split('\n'))) {
		const members = membersAt(head);
		const isChanged = members !== undefined && !done.has(members);
		if (isChanged) done.add(members);
		if (isChanged && written.at(-1)?.trim() !== mark) written.push(`${mark}${lineEnd}`);
		written.push(head);
		for (const line of isChanged ? changed(body, members, lineEnd) : body) written.push(line);
	}

	return written.join('\n');
}

/** Each begins with the line of its header, but for what stands before the first one. */
function tablesOf(lines: readonly string[]): string[][] {
	const tables: string[][] = [];
	for (const line of lines)
		if (header.test(line) || tables.length === 0) tables.push([line]);
		else tables.at(-1)!.push(line);
	return tables;
}

function changed(lines: readonly string[], members: TomlMembers, lineEnd: string): string[] {
	const found = new Set<string>();
	const kept = lines.flatMap(line => {
		const [, before = '', name = '', , after = ''] = member.exec(line) ?? [];
		if (!Object.hasOwn(members, name)) return [line];
		found.add(name);
		const value = members[name];
		return value === undefined ? [] : [`${before}${tomlValue(value)}${after}`];
	});
	const missing = Object.fromEntries(Object.entries(members).filter(([name]) => !found.has(name)));
	return [...tomlLines(missing).map(line => `${line}${lineEnd}`), ...kept];
}
