import {setImmediate as nextTurn} from 'node:timers/promises';
import type {KeyName} from './key-names.ts';

/** A key, a run of letters or a paste, with the number of the input event that brought it. */
export type KeyEvent = {readonly inputEvent: number} & (KeyName | {readonly paste: string});

/** What became of a key: whether a field took it as letters, and which letters of it nothing has been asked about yet. */
export type Dispatched = {readonly wasTyped: boolean; readonly rest?: KeyEvent | undefined};
type Dispatch = (event: KeyEvent) => Dispatched;

/** How many keys may wait to be acted upon. */
export const mostWaiting = 1000;

/**
 * Has keys acted upon one after another, each after the screen has taken in the one before, so that typing ahead over
 * a slow link does what typing slowly does.
 */
export function createKeyQueue() {
	let waiting: KeyEvent[] = [];
	let isActing = false;
	/** The last key, until the screen has taken in what it changed. */
	let last: {readonly wasTyped: boolean; readonly committed: Promise<void>} | undefined;

	const act = (event: KeyEvent, dispatch: Dispatch) => {
		const {wasTyped, rest} = dispatch(event);
		if (rest) waiting.unshift(rest);
		const now = {wasTyped, committed: afterCommit()};
		last = now;
		void (async () => {
			await now.committed;
			if (last === now) last = undefined;
		})();
	};

	return {
		/** How many more keys may wait. */
		room: () => Math.max(0, mostWaiting - waiting.length),
		/** Adds keys, and gives all that wait to `dispatch` unless that is going on already. */
		async add(events: readonly KeyEvent[], dispatch: Dispatch): Promise<void> {
			waiting.push(...events);
			if (isActing) return;
			isActing = true;
			try {
				for (let event = waiting.shift(); event; event = waiting.shift()) {
					const before = last;
					// Typing changes no layer, so a run of letters needs no new frame in between.
					if (before && !(before.wasTyped && 'text' in event)) await before.committed;
					act(event, dispatch);
				}
			} finally {
				isActing = false;
			}
		},
		/** Puts a key before all that wait. It is pressed while another is acted upon, and its turn comes after that. */
		addFirst(event: KeyEvent) {
			waiting.unshift(event);
		},
		clear() {
			waiting = [];
		},
	};
}

/**
 * Until React has committed what a key has just changed: it does its work in a turn that comes before the second one
 * from here.
 */
async function afterCommit(): Promise<void> {
	await nextTurn();
	await nextTurn();
}
