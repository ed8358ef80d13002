import {idsIn, run} from '../vault/program.ts';

/** The outcome of changes that several programs made at once, each of another key, by the keys. */
export type Written = {
	/** Said to be saved. */
	readonly confirmed: readonly string[];
	/** Codes of the failures that the other changes ended with. */
	readonly refused: readonly string[];
	/** Really in the vault afterwards. */
	readonly kept: readonly string[];
};

type Writers = {
	readonly writers: number;
	readonly changes: number;
	/** How long a change waits for its turn, in ms; undefined for as long as the program waits. */
	readonly wait?: string | undefined;
};

/** Has several programs add keys to one vault at once, one change each. */
export async function writeAtOnce(path: string, {writers, changes, wait}: Writers): Promise<Written> {
	const names = Array.from({length: writers}, (_, index) => `writer${index}`);
	const environment = {LOCK_WAIT_MS: wait};
	const answers = await Promise.all(names.map(async name => run(['add', path, name, String(changes)], {environment})));
	const lines = answers.flatMap(([, ...rest]) => rest);
	return {
		confirmed: lines.filter(line => !line.startsWith('{')),
		refused: lines.filter(line => line.startsWith('{')).map(line => (JSON.parse(line) as {code: string}).code),
		kept: await idsIn(path),
	};
}
