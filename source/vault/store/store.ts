export type Stored = {readonly bytes: Buffer; readonly version: string};

export type EarlierSave = {
	readonly id: string;
	readonly label: string;
	/** ms since 1970, by the clock of its time. */
	readonly savedAt: number;
	readonly read: () => Promise<Buffer>;
};

export type WriteOptions = {
	/** Keeps the replaced version apart from the earlier saves, until a person removes it. */
	readonly aside?: boolean;
	/** The replaced version is a routine save: of those, only the newest earlier one is kept. */
	readonly replacesRoutine?: boolean;
};

/**
 * Holds the sealed bytes of one vault and decides who may replace them when. It knows nothing of keys; only its own
 * failures name files, folders and disks.
 */
export type SealedStore = {
	readonly id: string;
	readonly description: string;
	/** The most bytes that it holds and reads. */
	readonly largest: number;
	/** Where `archive` leaves saves as files that can be named, if it does; relative to the vault. */
	readonly former?: string;
	/** The version that `read` would give, without reading; null when there is nothing. */
	version(): Promise<string | null>;
	/**
	 * Calls `onChange` when the version may have changed, and `onLost`, once and for the last time, when nothing more
	 * will be told. Returns the function that ends this; undefined where the store cannot tell.
	 */
	watch?(onChange: () => void, onLost: () => void): (() => void) | undefined;
	/** Writes nothing. Throws `vault-missing`, `vault-unsafe`, `vault-unreadable` or `not-a-vault`. */
	read(): Promise<Stored>;
	/**
	 * Replaces the version `expected` (null: nothing is there yet) and gives the new version once it is durable. Throws
	 * `vault-exists`, `vault-vanished` or `not-saved` with everything as it was, `saved-not-durable` or
	 * `save-state-unknown`.
	 */
	write(
		bytes: Buffer,
		expected: string | null,
		options?: WriteOptions,
	): Promise<{readonly version: string; readonly keptAs?: string}>;
	/** Keeps all other programs from writing while `work` runs. Throws `vault-busy` when another one keeps the lock. */
	exclusively<Result>(work: () => Promise<Result>): Promise<Result>;
	preload(): Promise<void>;
	initialize(): Promise<void>;
	/** Removes what interrupted saves have left. Never throws. */
	cleanUp(): Promise<void>;
	/** Takes the earlier saves out of the list, where those of another vault would push them out. Never throws. */
	archive(): Promise<void>;
	earlier(): Promise<readonly EarlierSave[]>;
	/** Throws `invalid` for a backup file that would lie among the store's own earlier saves. */
	checkBackupTarget(file: string): void;
};
