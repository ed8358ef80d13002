import {createContext, useContext} from 'react';
import type {ClipboardHold} from '../../actions/clipboard-hold.ts';
import type {Context} from '../../actions/context.ts';
import type {Tone} from '../drawing/theme.ts';
import type {ExitKind, UnsavedState} from '../confirmations.ts';
import type {Route} from '../routes.ts';

/** A result or a failure for the status line, which sanitizes both texts. */
export type StatusMessage = {readonly text: string; readonly hint?: string | undefined; readonly tone?: Tone};

export type ExitBlocker = {
	readonly losing: UnsavedState;
	/** Auto-lock is suspended. */
	readonly holdsOpen: boolean;
	/** The entry of the screen that would lose it. */
	readonly screen?: number | undefined;
};

export type CriticalOptions = {
	/** The work ends by showing something once, so a delayed exit is dropped. */
	readonly shows?: boolean;
	/** Ends the work early, with the results so far; exit and lock call it first. */
	readonly stop?: (() => void) | undefined;
};

/** What a screen may ask of the program; opening and closing are relative to that screen. */
export type Shell = {
	readonly context: Context;
	readonly clipboard: ClipboardHold;
	/** Opens a screen, in the place of what stands beside this one; asks first where that would lose something. */
	readonly push: (route: Route) => void;
	/** Shows a key in the pane beside this screen, if another key is all that stands there. */
	readonly followKey: (id: string) => void;
	/** Closes this screen; with `count`, so many of those that it was opened from with it. */
	readonly pop: (count?: number) => void;
	/** Closes this screen, after a confirmation where something would be lost. */
	readonly leave: () => void;
	/** Opens a screen in the place of this one, without asking. */
	readonly replace: (route: Route) => void;
	/** Closes every screen about a key. */
	readonly closeKey: (id: string) => void;
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
	readonly addBlocker: (guard: Omit<ExitBlocker, 'screen'>) => () => void;
	/** Exits or locks, after a confirmation where something would be lost; `asked` skips it. */
	readonly requestExit: (how: ExitKind, asked?: boolean) => void;
};

export const ShellContext = createContext<Shell | undefined>(undefined);

export function useShell(): Shell {
	return useContext(ShellContext)!;
}
