import type {Credential, StoredKey} from '../core/key.ts';
import type {Problem} from '../core/problem.ts';

/**
 * What a file says of a key; what it does not say is absent. Its form is right, what it says is not checked against
 * any rule.
 */
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

/** One entry of a file: a key, or what is wrong with it. The name is cleaned, and empty where there is none. */
export type ImportEntry = {readonly name: string} & (
	| {readonly key: ForeignKey; readonly problem?: never}
	| {readonly problem: Problem; readonly key?: never}
);

/** A way of writing keys down that another program, or another vault, reads. */
export type Format = {
	/** Everything that `parse` can take back, secrets in clear. */
	readonly print: (keys: readonly StoredKey[]) => string;
	/**
	 * The entries, each judged by itself. Throws `not-importable` when the text is not of this format; `from` names
	 * it. Never quotes a value.
	 */
	readonly parse: (text: string, from: string) => readonly ImportEntry[];
};

/**
 * What a file may hold: more than any vault that a person keeps, less than would hold up the program. Bytes, and
 * entries.
 */
export const fileLimits = {bytes: 16 * 1024 * 1024, keys: 10_000} as const;
