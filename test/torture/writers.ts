import {idsIn, run} from '../vault/program.ts';

/** Has several programs add keys to one vault at once, one change each, and counts how many are in it afterwards. */
export async function writeAtOnce(
	path: string,
	writers: number,
	changes: number,
): Promise<{readonly made: number; readonly kept: number}> {
	const names = Array.from({length: writers}, (_, index) => `writer${index}`);
	const answers = await Promise.all(names.map(async name => run(['add', path, name, String(changes)])));
	const confirmed = answers.flatMap(lines => lines.slice(1));
	const kept = new Set(await idsIn(path));
	return {made: writers * changes, kept: confirmed.filter(id => kept.has(id)).length};
}
