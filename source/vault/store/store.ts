export type Stored = {readonly bytes: Buffer; readonly version: string};

/** An earlier version that is kept. */
export type EarlierSave = {
	readonly file: string;
	/** ms since 1970, by the clock of its time. */
	readonly savedAt: number;
	/** Throws what the store's own `read` throws. */
	readonly read: () => Buffer;
};

export type WriteOptions = {
	/**
	 * What is there is of no use: it is put aside instead of among the earlier versions, and stays until a person
	 * removes it.
	 */
	readonly aside?: boolean;
	/**
	 * What is there is not worth more than a passing place among the earlier versions: once the next such is kept, it
	 * goes.
	 */
	readonly passing?: boolean;
};

/**
 * Where sealed bytes lie, and who may replace them when. It knows nothing of keys. The file is the first of its kind.
 */
export type SealedStore = {
	/** What it is called in sentences: the path of a file. */
	readonly name: string;
	/** The version that `read` would give, without reading; null when there is nothing. */
	version(): string | null;
	/** Writes nothing. Throws `vault-missing`, `vault-unsafe`, `vault-unreadable` or `not-a-vault`. */
	read(): Promise<Stored>;
	/**
	 * Replaces what has the version `expected` (null: nothing is there yet) and gives the new version, once it is on
	 * the
	 * disk. Throws `vault-exists`, `vault-vanished` or `not-saved` with everything as it was, `saved-not-durable` or
	 * `save-state-unknown`.
	 */
	write(
		bytes: Buffer,
		expected: string | null,
		options?: WriteOptions,
	): Promise<{readonly version: string; readonly keptAs?: string}>;
	/**
	 * Keeps all other programs from writing while `work` runs. Throws `vault-busy` when one of them does not let go.
	 */
	exclusively<Result>(work: () => Promise<Result>): Promise<Result>;
	/** Loads what a write needs, for whoever has nothing better to do until then. */
	preload(): Promise<void>;
	/** Makes the place for a new vault, readable by nobody else. */
	ensureDirectory(): void;
	/** Removes what killed saves have left. Never throws. */
	removeTempFiles(): void;
	/** Puts the earlier versions out of the way of another vault's, which would push them out in time. Never throws. */
	archive(): void;
	/** The earlier versions, the newest first. Empty when there are none, or when they may not be looked at. */
	earlier(): readonly EarlierSave[];
};
