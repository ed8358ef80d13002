/** A program to run, as a shell would. */
export type Program = {
	/** Its name or path, and its arguments. */
	readonly words: readonly [string, ...string[]];
	/** All variables that it gets. */
	readonly environment: Readonly<Record<string, string>>;
};

/** A stretch of a program's output, one character a byte, before it is shown. */
export type OutputFilter = {
	readonly push: (bytes: string) => string;
	readonly end: () => string;
};

export type RunProgramOptions = {
	/** Makes the filter of one stream; without it the program writes past us. */
	readonly filter?: (() => OutputFilter) | undefined;
	/** Texts that the program reads from memory: as its standard input, and where `descriptorPath` says. */
	readonly texts?: {readonly input?: string | undefined; readonly descriptors: readonly string[]};
};

/** Where a program finds the text that was given as the descriptor with this index. */
export function descriptorPath(index: number): string {
	return `/dev/fd/${index + 3}`;
}

/** How a program that was run has ended. */
export type ProgramEnd = number | {readonly signal: string};

/** Running other programs, given by system/; tests give their own. */
export type Programs = {
	/** What this process was started with, without this program's own variables. */
	readonly environment: () => Readonly<Record<string, string>>;
	/** Throws `no-such-program` or `not-executable` for what cannot be run. */
	readonly refuseUnknown: (word: string) => void;
	/**
	 * Runs a program to its end, beside this one; signals for this one reach it. Throws `no-runtime-folder` where there
	 * is no place in memory for a text.
	 */
	readonly run: (program: Program, options?: RunProgramOptions) => Promise<ProgramEnd>;
	/**
	 * Writes a file for this user alone, in memory and not on a disk. Throws `no-runtime-folder` where there is no place
	 * for that.
	 */
	readonly writeTransient: (text: string, extension: string) => {readonly path: string; readonly remove: () => void};
};
