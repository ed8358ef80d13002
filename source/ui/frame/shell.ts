import {createContext, useContext} from 'react';
import type {Context} from '../../actions/context.ts';
import type {Tone} from '../drawing/theme.ts';
import type {ExitKind, UnsavedState} from '../confirmations.ts';
import type {Route} from '../routes.ts';

/** A result or a failure for the status line. Shown through `clean`. */
export type Message = {readonly text: string; readonly hint?: string | undefined; readonly tone?: Tone};

/** What leaving would lose, and whether the vault stays open meanwhile however long no key is pressed. */
export type ExitBlocker = {readonly losing: UnsavedState; readonly holdsOpen: boolean};

export type CriticalOptions = {
	/** It ends with something that is shown once: whoever wanted to leave meanwhile is to see it first. */
	readonly shows?: boolean;
	/**
	 * Ends it early, with what it has by then: nobody who stays waits for it, and whoever leaves has it stopped
	 * first.
	 */
	readonly stop?: (() => void) | undefined;
};

/** What the frame does for the screens. */
export type Shell = {
	readonly context: Context;
	readonly push: (route: Route) => void;
	readonly pop: (count?: number) => void;
	readonly replace: (route: Route) => void;
	/** Leaves everything; the given routes are the new stack, or the entrance where there is none. */
	readonly reset: (...routes: readonly Route[]) => void;
	/** Goes on to the keys of a vault that was opened without typing, and says how. */
	readonly onUnlocked: (how: string) => void;
	readonly notify: (message: Message) => void;
	/** Takes away what was said: it belongs to what has just been left. */
	readonly clearMessage: () => void;
	/** Says what failed. An unexpected error is named, never quoted: its words may hold anything. */
	readonly notifyError: (error: unknown) => void;
	/**
	 * Runs something that must not be cut in half: locking and leaving wait until it is done, and stay when it fails,
	 * so that it can be told.
	 */
	readonly runCritical: <Result>(work: () => Promise<Result>, options?: CriticalOptions) => Promise<Result>;
	/** Does it unless something runs that must be finished where it is. */
	readonly ifIdle: (act: () => void) => void;
	/**
	 * Asks before something is lost when the vault is locked or the program left; gives what takes the question away.
	 */
	readonly addBlocker: (guard: ExitBlocker) => () => void;
	/** Leaves or locks, asking first where something would be lost; `asked` when that has been done. */
	readonly requestExit: (how: ExitKind, asked?: boolean) => void;
};

export const ShellContext = createContext<Shell | undefined>(undefined);

export function useShell(): Shell {
	return useContext(ShellContext)!;
}
