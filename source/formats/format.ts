import type {Credential, StoredKey} from '../core/key/key.ts';
import type {Problem} from '../core/problem.ts';

/** A key of a file, right in form only; absent members are not in the file. */
export type ForeignKey = {
	readonly name: string;
	readonly credential: Credential;
	readonly status?: 'active' | 'revoked';
} & Partial<
	Pick<
		StoredKey,
		| 'description'
		| 'type'
		| 'isTypeTold'
		| 'isMadeByApi'
		| 'environment'
		| 'site'
		| 'account'
		| 'label'
		| 'permissions'
		| 'ip'
		| 'tags'
		| 'createdAt'
		| 'updatedAt'
		| 'lastUsedAt'
	>
>;

/** The name is sanitized, and empty if it is missing. */
export type ImportEntry = {readonly name: string} & (
	| {readonly key: ForeignKey; readonly problem?: never}
	| {readonly problem: Problem; readonly key?: never}
);

export type Format = {
	readonly print: (keys: readonly StoredKey[]) => string;
	/**
	 * Judges each entry by itself, and never quotes a value. Throws `not-importable` if the text is not of this format;
	 * `from` names the text.
	 */
	readonly parse: (text: string, from: string) => readonly ImportEntry[];
};

/** Bytes and entries: beyond any vault kept by hand, below what would block the program. */
export const fileLimits = {bytes: 16 * 1024 * 1024, keys: 10_000} as const;
