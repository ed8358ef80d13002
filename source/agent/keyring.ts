import {copied} from './bytes.ts';

/** How long a key is kept, ms. */
export type LeaseTerm = {
	/** Since it was last asked for. */
	readonly idleMs: number;
	/** Since it was given. */
	readonly maxMs: number;
};

/** What is told about a key: never the key. */
export type KeyLease = {
	readonly vault: string;
	/** Until it is forgotten if nobody asks for it, ms. */
	readonly idleLeftMs: number;
	/** Until it is forgotten in any case, ms. */
	readonly leftMs: number;
};

type Held = LeaseTerm & {readonly key: Buffer; readonly givenAt: number; usedAt: number};

/** More vaults than anybody has open, few enough that a report of all of them fits into one frame. */
export const mostVaults = 32;

/**
 * The keys of vaults, each wiped when its time is over. That is looked at whenever anything is asked, so no key is
 * given after its time; whoever wants it wiped in time too calls `expire` every now and then.
 */
export function keyring(elapsed: () => number) {
	const held = new Map<string, Held>();

	function forget(vault: string): boolean {
		held.get(vault)?.key.fill(0);
		return held.delete(vault);
	}

	function left(vault: string, {idleMs, maxMs, givenAt, usedAt}: Held, now: number): KeyLease {
		const leftMs = givenAt + maxMs - now;
		return {vault, leftMs, idleLeftMs: Math.min(leftMs, usedAt + idleMs - now)};
	}

	/** What is kept at this moment, after whatever has had its time is forgotten. */
	function expire(): KeyLease[] {
		const now = elapsed();
		const kept = Array.from(held, ([vault, entry]) => left(vault, entry, now));
		for (const {vault, idleLeftMs} of kept) if (idleLeftMs <= 0) forget(vault);
		return kept.filter(({idleLeftMs}) => idleLeftMs > 0);
	}

	return {
		expire,
		forget,
		/** Keeps a copy of the key. False when there is no room for another vault. */
		put(vault: string, key: Uint8Array, {idleMs, maxMs}: LeaseTerm): boolean {
			expire();
			if (held.size >= mostVaults && !held.has(vault)) return false;
			forget(vault);
			const now = elapsed();
			held.set(vault, {idleMs, maxMs, key: copied(key), givenAt: now, usedAt: now});
			return true;
		},
		/** A copy of the key, which the caller wipes; it counts as used now. */
		get(vault: string): Buffer | undefined {
			expire();
			const entry = held.get(vault);
			if (!entry) return undefined;
			entry.usedAt = elapsed();
			return copied(entry.key);
		},
		/** How many there were. */
		forgetAll(): number {
			return Array.from(held.keys(), vault => forget(vault)).length;
		},
	};
}
