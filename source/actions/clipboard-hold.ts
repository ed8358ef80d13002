import type {Clipboard, ClipboardWay} from '../core/terminal/clipboard.ts';
import {AppError} from '../core/errors.ts';

/** What this program has put on the clipboard and takes back. */
export type ClipboardHold = {
	/**
	 * Puts a text there in place of an earlier one; with `forMs` it is cleared after so long. Returns the ways that took
	 * it. Throws `no-clipboard` or `not-copied`.
	 */
	readonly put: (text: string, forMs?: number) => readonly ClipboardWay[];
	/** Clears what is still to be cleared, now. Never throws. */
	readonly clear: () => void;
	/** Milliseconds until that is cleared; undefined where nothing is to be. */
	readonly msLeft: () => number | undefined;
	/** Tells of every start and end of a hold. Returns the function that ends the subscription. */
	readonly subscribe: (listener: () => void) => () => void;
};

/** Without a clipboard, every `put` throws `no-clipboard`. */
export function holdOf(clipboard: Clipboard | undefined, clock: () => number): ClipboardHold {
	const listeners = new Set<() => void>();
	let held:
		| {readonly ways: readonly ClipboardWay[]; readonly until: number; readonly timer: NodeJS.Timeout}
		| undefined;
	const set = (next: typeof held) => {
		clearTimeout(held?.timer);
		held = next;
		for (const listener of listeners) listener();
	};
	const clear = () => {
		if (!held) return;
		const {ways} = held;
		set(undefined);
		clipboard?.clear(ways);
	};
	return {
		put(text, forMs) {
			if (!clipboard) throw new AppError('no-clipboard');
			const ways = clipboard.put(text);
			set(forMs === undefined ? undefined : {ways, until: clock() + forMs, timer: setTimeout(clear, forMs)});
			return ways;
		},
		clear,
		msLeft: () => held && Math.max(0, held.until - clock()),
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}
