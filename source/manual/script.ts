/**
 * Fills the places such as `@COMMANDS@` of a script. `@{` in it stands for the `${` of a shell, which a template here
 * would take for its own.
 */
export function fill(script: string, places: Readonly<Record<string, string | readonly string[]>>): string {
	return script.replaceAll('@{', '${').replaceAll(/@([A-Z]+)@/g, (_, place: string) => {
		const text = places[place]!;
		return typeof text === 'string' ? text : text.join('\n');
	});
}
