/** Sources of the exchange's limits: docs/okx-api.md §4. */
export const limits = {
	/** For a key that is created here. */
	nameLength: 10,
	/** For an existing key: the exchange allows up to 50 characters (docs/okx-api.md §3.1, §4.5). */
	existingNameLength: 50,
	ipAddresses: 20,
	keysPerAccount: 50,
	passphraseLength: {least: 8, most: 32},
	/**
	 * The exchange deletes an unbound key with trade or withdraw permission after this many days without use
	 * (docs/okx-api.md §4.2).
	 */
	idleDays: 14,
	/** Tests kept for each key. */
	history: 30,
	/** The owner's notes of who uses a key: how many, and characters of each. */
	usedBy: {notes: 20, length: 100},
	/** Programs that are remembered of each key. */
	uses: 20,
	/** Places with a secret in plain text that are remembered of each key. */
	copies: 20,
	/**
	 * Entries about changes and about routine use that the vault keeps, keys that one of them names, and entries of one
	 * kind that one save adds.
	 */
	activity: {changes: 1000, routine: 500, keys: 20, events: 20},
	/** Days until a key is due for rotation, unless a policy sets its own maximum. */
	rotationDays: 90,
	/** Largest accepted difference between a request's time and the exchange's (docs/okx-api.md §1.3). */
	clockWindowMs: 30_000,
} as const;
