import {createContext, useContext} from 'react';
import type {ClipboardHold} from '../../actions/clipboard-hold.ts';
import type {Context} from '../../actions/context.ts';
import type {Tone} from '../drawing/theme.ts';
import type {ExitKind, UnsavedState} from '../confirmations.ts';
import type {Route} from '../routes.ts';

/** A result or a failure for the status line, which sanitizes both texts. */
export type StatusMessage = {readonly text: string; readonly hint?: string | undefined; readonly tone?: Tone};

/** With `holdsOpen`, auto-lock is suspended. */
export type ExitBlocker = {readonly losing: UnsavedState; readonly holdsOpen: boolean};

export type CriticalOptions = {
	/** The work ends by showing something once, so a delayed exit is dropped. */
	readonly shows?: boolean;
	/** Ends the work early, with the results so far; exit and lock call it first. */
	readonly stop?: (() => void) | undefined;
};

export type Shell = {
	readonly context: Context;
	readonly clipboard: ClipboardHold;
	readonly push: (route: Route) => void;
	readonly pop: (count?: number) => void;
	readonly replace: (route: Route) => void;
	/** Replaces the whole stack; without routes, by the first screen. */
	readonly reset: (...routes: readonly Route[]) => void;
	/** Opens the list of keys after an unlock without typing; `how` is shown. */
	readonly onUnlocked: (how: string) => void;
	readonly notify: (message: StatusMessage) => void;
	readonly clearMessage: () => void;
	/** Reports an error. Only an expected one is quoted, because the text of any other may hold secrets. */
	readonly notifyError: (error: unknown) => void;
	/**
	 * Runs work that must not be interrupted: exit and lock wait for its end, and are dropped when it fails, so that
	 * the error is seen.
	 */
	readonly runCritical: <Result>(work: () => Promise<Result>, options?: CriticalOptions) => Promise<Result>;
	/** Acts unless critical work is running. */
	readonly ifIdle: (act: () => void) => void;
	/** Asks for confirmation before a lock or an exit; returns the function that removes the blocker. */
	readonly addBlocker: (guard: ExitBlocker) => () => void;
	/** Exits or locks, after a confirmation where something would be lost; `asked` skips it. */
	readonly requestExit: (how: ExitKind, asked?: boolean) => void;
};

export const ShellContext = createContext<Shell | undefined>(undefined);

export function useShell(): Shell {
	return useContext(ShellContext)!;
}
