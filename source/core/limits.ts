/** The exchange's limits: docs/okx-api.md §4 and product.md. */
export const limits = {
	/** Of a key that is made here. */
	nameLength: 10,
	/** Of a key that exists: the exchange gives it a name of up to 50 characters (docs/okx-api.md §3.1, §4.5). */
	existingNameLength: 50,
	ipAddresses: 20,
	keysPerAccount: 50,
	passphraseLength: {least: 8, most: 32},
	/** Days without use after which an unbound key with trade or withdraw dies (docs/okx-api.md §4.2). */
	idleDays: 14,
	/** Tests that are remembered of each key. */
	history: 30,
	/** Days after which a key is due for rotation where no policy has its own maximum. */
	rotationDays: 90,
	/** How far a request's time may lie from the exchange's (docs/okx-api.md §1.3). */
	clockWindowMs: 30_000,
} as const;
