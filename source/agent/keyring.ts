import {copied} from './bytes.ts';

export type LeaseTerm = {
	/** Since it was last asked for. */
	readonly idleMs: number;
	/** Since it was given. */
	readonly maxMs: number;
};

export type KeyLease = {
	readonly vault: string;
	/** Until it is forgotten unless it is asked for, ms. */
	readonly idleLeftMs: number;
	/** Until it is forgotten in any case, ms. */
	readonly leftMs: number;
};

type Held = LeaseTerm & {readonly key: Buffer; readonly givenAt: number; usedAt: number};

/** Few enough that a report of all of them fits into one message. */
export const mostVaults = 32;

/**
 * Keys of vaults, each wiped when its time is over. Every read checks the time, so no key is given late; call
 * `expire` regularly to wipe in time too.
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

	function expire(): KeyLease[] {
		const now = elapsed();
		const kept = Array.from(held, ([vault, entry]) => left(vault, entry, now));
		for (const {vault, idleLeftMs} of kept) if (idleLeftMs <= 0) forget(vault);
		return kept.filter(({idleLeftMs}) => idleLeftMs > 0);
	}

	return {
		expire,
		forget,
		/** Keeps a copy of the key; false if there is no room for another vault. */
		put(vault: string, key: Uint8Array, {idleMs, maxMs}: LeaseTerm): boolean {
			expire();
			if (held.size >= mostVaults && !held.has(vault)) return false;
			forget(vault);
			const now = elapsed();
			held.set(vault, {idleMs, maxMs, key: copied(key), givenAt: now, usedAt: now});
			return true;
		},
		/** Returns a copy, which the caller wipes; the key counts as used now. */
		get(vault: string): Buffer | undefined {
			expire();
			const entry = held.get(vault);
			if (!entry) return undefined;
			entry.usedAt = elapsed();
			return copied(entry.key);
		},
		forgetAll(): number {
			return Array.from(held.keys(), vault => forget(vault)).length;
		},
	};
}
