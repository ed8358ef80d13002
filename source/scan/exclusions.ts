import {join, relative, sep} from 'node:path';
import ignore, {type Ignore} from 'ignore';
import {beginningOfFile} from './small-file.ts';

/** A file in a searched folder that leaves some of it out, by the rules of .gitignore. */
export const ignoreFile = '.okx-keys-ignore';

/** Packages of others. Not .gitignore: what it keeps from git, such as .env, is what a search is for. */
const usual = ['node_modules/', 'site-packages/', '__pycache__/'];

/** In bytes; what is longer is no list of rules. */
const longest = 64 * 1024;

/** The rules of one folder, and below it those of the folders above. */
export type Exclusions = {
	readonly isExcluded: (path: string, isFolder: boolean) => boolean;
	/** The same, with the rules of a folder further down. */
	readonly within: (folder: string) => Exclusions;
};

// A folder may be called `...`, which looks like a way out of it.
const options = {allowRelativePaths: true};

type Rules = {readonly folder: string; readonly rules: Ignore};

/**
 * The rules for a folder at or below `base`. `patterns` are those of a .gitignore in `base`; one that begins with `!`
 * searches what is left out otherwise.
 */
export function exclusionsFor(folder: string, base: string, patterns: readonly string[]): Exclusions {
	const rules = ignore(options).add([...usual, ...patterns]);
	const steps = relative(base, folder).split(sep).filter(Boolean);
	return steps
		.map((_, index) => join(base, ...steps.slice(0, index + 1)))
		.reduce((rules, folder) => rules.within(folder), exclusionsOf([{folder: base, rules}]).within(base));
}

function exclusionsOf(all: readonly Rules[]): Exclusions {
	return {
		isExcluded(path, isFolder) {
			return all.reduce((isExcluded, {folder, rules}) => {
				const below = relative(folder, path).split(sep).join('/');
				const {ignored, unignored} = rules.test(isFolder ? `${below}/` : below);
				return ignored || (isExcluded && !unignored);
			}, false);
		},
		within(folder) {
			const text = beginningOfFile(join(folder, ignoreFile), longest);
			return text === undefined ? this : exclusionsOf([...all, {folder, rules: ignore(options).add(text)}]);
		},
	};
}
