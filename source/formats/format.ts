import type {Translatable} from '../language/translate.ts';
import type {Credential, StoredKey} from '../core/key/key.ts';
import type {Problem} from '../core/problem.ts';
import type {EnvDialect} from './env-dialects.ts';
import type {Flavour, FlavourValues} from './flavours.ts';
import type {Source} from './source.ts';

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
		| 'usedBy'
		| 'expiresAt'
		| 'createdAt'
		| 'updatedAt'
		| 'lastUsedAt'
	>
>;

/** The name is sanitized, and empty if it is missing. */
export type ImportEntry = {readonly name: string} & (
	| {readonly key: ForeignKey; readonly problem?: never; readonly isElsewhere?: never}
	/** `isElsewhere`: it is of another exchange or has no API key at all, which is no fault. */
	| {readonly problem: Problem; readonly isElsewhere?: true; readonly key?: never}
);

/** A key, and what programs are told of it. */
export type PrintableKey = StoredKey & {
	/** Throws `site-unknown`. */
	readonly values: () => FlavourValues;
	/** Begins the names of its variables, where several keys share a file. */
	readonly prefix: string;
};

/** How a file of variables is to be printed. */
export type EnvLayout = {readonly flavour: Flavour; readonly dialect: EnvDialect};

export type Format = {
	/** What a file of it is, with its article. */
	readonly about: Translatable;
	/** The usual one, with its dot. */
	readonly extension: string;
	/** Whether it has no place for all that the vault knows of a key, such as its description. */
	readonly isLossy: boolean;
	/** Tells its texts by what only they have. Costs little, and throws nothing. */
	readonly looksLike: (source: Source) => boolean;
	/**
	 * Judges each entry by itself, and never quotes a value. Rejects with `not-importable` if the text is not of this
	 * format. Absent where the format can only be written.
	 */
	readonly parse?: (source: Source) => readonly ImportEntry[] | Promise<readonly ImportEntry[]>;
	/** Absent where the format can only be read. Throws `not-exportable` for keys that it cannot hold. */
	readonly print?: (keys: readonly PrintableKey[], layout?: EnvLayout) => string;
	/** Puts keys into a file that holds more than them, and leaves the rest as it is. Throws `not-mergeable`. */
	readonly merge?: (file: Source, keys: readonly PrintableKey[], isForced: boolean) => string | Promise<string>;
	/** Whether a text holds nothing but what `print` has written. Without it, no file is replaced unasked. */
	readonly isOwn?: (file: Source) => boolean;
};

/** Bytes and entries: beyond any vault kept by hand, below what would block the program. */
export const fileLimits = {bytes: 16 * 1024 * 1024, keys: 10_000} as const;
