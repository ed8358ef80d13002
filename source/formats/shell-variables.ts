/** What a value is made of: texts in quotes, characters after a backslash, and others. No part of a key is as long. */
const piece = String.raw`'[^']*'|"(?:\\[^]|[^"\\]){0,1024}"|\\[^]|[^\s'"\\;]`;
const name = '[A-Za-z_][A-Za-z0-9_]*';
const comment = String.raw`#[^\n]*`;
const assignment = String.raw`(?:export[ \t]+)?(${name})=((?:${piece}){0,1024})(?:[ \t]+${comment}|[ \t]*)`;
const command = String.raw`[ \t]*(?:${comment}|${assignment})?(?:;|\r?\n|$)`;

/** The variables of a text that a shell or systemd reads; undefined if it holds more than those and comments. */
export function readShellVariables(text: string): Readonly<Record<string, string>> | undefined {
	const variables: Record<string, string> = {};
	const commands = new RegExp(command, 'y');
	while (commands.lastIndex < text.length) {
		const found = commands.exec(text);
		if (found === null) return undefined;
		const [, name, value = ''] = found;
		if (name !== undefined) Object.defineProperty(variables, name, {value: unquote(value), enumerable: true});
	}

	return variables;
}

function unquote(value: string): string {
	return value.replaceAll(new RegExp(piece, 'g'), part => {
		if (part.startsWith("'")) return part.slice(1, -1);
		return part.startsWith('"') ? part.slice(1, -1).replaceAll(/\\(["$\\`])/g, '$1') : part.replace(/^\\/, '');
	});
}
