import {shellWord} from './text.ts';

let globalOptions: readonly string[] = [];

/**
 * Sets the global options (`--sandbox`, `--vault FILE`, …) that every suggested command repeats, so that it works on
 * the vault of this run. Called once, by whoever reads the command line.
 */
export function repeatGlobalOptions(options: readonly string[]): void {
	globalOptions = options;
}

/** A command of this program that a person can paste into a shell: each word quoted, the global options of this run repeated. */
export function suggestedCommand(...words: readonly string[]): string {
	return ['okx-keys', ...globalOptions, ...words].map(word => shellWord(word)).join(' ');
}
