import {setImmediate as nextTurn} from 'node:timers/promises';
import type {KeyName} from './key-names.ts';

export type KeyEvent = {readonly inputEvent: number} & (KeyName | {readonly paste: string});

/** Whether a field took the key as text, and the letters that were not offered yet. */
export type Dispatched = {readonly wasTyped: boolean; readonly rest?: KeyEvent | undefined};
type Dispatch = (event: KeyEvent) => Dispatched;

export const mostWaiting = 1000;

/**
 * Handles keys one by one, each after the changes of the one before are on screen. Typing ahead over a slow link thus
 * does the same as slow typing.
 */
export function createKeyQueue() {
	let waiting: KeyEvent[] = [];
	let isActing = false;
	/** The last key, until its changes are on screen. */
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
		room: () => Math.max(0, mostWaiting - waiting.length),
		async add(events: readonly KeyEvent[], dispatch: Dispatch): Promise<void> {
			waiting.push(...events);
			if (isActing) return;
			isActing = true;
			try {
				for (let event = waiting.shift(); event; event = waiting.shift()) {
					const before = last;
					// Typing changes no layer, so a run of letters needs no frame in between.
					if (before && !(before.wasTyped && 'text' in event)) await before.committed;
					act(event, dispatch);
				}
			} finally {
				isActing = false;
			}
		},
		addFirst(event: KeyEvent) {
			waiting.unshift(event);
		},
		clear() {
			waiting = [];
		},
	};
}

/**
 * Resolves when React has committed the changes of a key: it works in an earlier turn than the second one from here.
 */
async function afterCommit(): Promise<void> {
	await nextTurn();
	await nextTurn();
}
