import type {Encoding} from '../core/secret-text/forms.ts';
import type {Translatable} from '../language/translate.ts';

/** What was searched, and what could not be. Paths and names are raw, and may hold a secret themselves. */
export type Tally = {
	files: number;
	/** Of files, and of the objects of repositories. */
	bytes: number;
	objects: number;
	/** Files and folders that rules left out. */
	excluded: number;
	/** Symbolic links that were not followed. */
	links: number;
};

export type Unread = {
	readonly path: string;
	/** In words that continue a sentence. */
	readonly reason: Translatable;
};

/** Where something was found. */
export type FindLocation = {
	/** Of a file, or of the folder with the objects of a repository. */
	readonly path: string;
	/** The id of an object of a repository, and a path that it had. */
	readonly object?: {readonly id: string; readonly path: string | undefined};
	/** The first one; null where nothing has lines. */
	readonly line: number | null;
	/** How many lines it is on, at least. */
	readonly lines: number;
	/** Permission bits. */
	readonly mode: number;
};

export type Find = FindLocation & {
	/** The index of the secret among those that were searched for. */
	readonly secret: number;
	readonly encoding: Encoding;
	readonly isSplit: boolean;
};
