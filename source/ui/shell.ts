import {createContext, useContext} from 'react';
import type {Context} from '../actions/context.ts';
import type {Tone} from './theme.ts';
import type {Route} from './screens/index.tsx';

/** A result or a failure for the status line. Shown through `clean`. */
export type Message = {readonly text: string; readonly hint?: string | undefined; readonly tone?: Tone};

/** What the frame does for the screens. */
export type Shell = {
	readonly context: Context;
	readonly push: (route: Route) => void;
	readonly pop: (count?: number) => void;
	readonly replace: (route: Route) => void;
	/** Leaves everything; the given routes are the new stack, or the entrance where there is none. */
	readonly reset: (...routes: readonly Route[]) => void;
	readonly say: (message: Message) => void;
	/** Says what failed. An unexpected error is named, never quoted: its words may hold anything. */
	readonly fail: (error: unknown) => void;
	/** Runs something that must not be cut in half: locking and leaving wait until it is done. */
	readonly finish: <Result>(work: () => Promise<Result>) => Promise<Result>;
	readonly quit: () => void;
};

export const ShellContext = createContext<Shell | undefined>(undefined);

export function useShell(): Shell {
	return useContext(ShellContext)!;
}

/** The room that a screen has, in terminal cells. */
export type Room = {readonly columns: number; readonly rows: number};

export const RoomContext = createContext<Room>({columns: 80, rows: 20});

export function useRoom(): Room {
	return useContext(RoomContext);
}
