import {useState, useSyncExternalStore} from 'react';
import type {Route} from '../routes.ts';
import * as stacks from './stack.ts';
import {stackOf, type Place, type ScreenStack, type StackEntry} from './stack.ts';

/** An entry that is no longer there stands for the one that has the keyboard. */
export type Navigation = {
	/** Opens a screen from an entry. It closes what `closedByOpening` names. */
	readonly open: (from: number | undefined, route: Route) => void;
	readonly closedByOpening: (from: number | undefined, route: Route) => readonly StackEntry[];
	/** Shows another key in the pane of a key, where that is all that stands beside an entry. */
	readonly followKey: (from: number | undefined, keyId: string) => void;
	/** Closes an entry, and as many as `count` says with those that it was opened from. */
	readonly close: (id: number, count?: number) => void;
	/** Closes every entry about a key. */
	readonly closeKey: (keyId: string) => void;
	/** Opens a screen in the place of an entry, from where that one was opened. */
	readonly replace: (id: number, route: Route) => void;
	/** Gives an entry the keyboard. */
	readonly focus: (id: number) => void;
	readonly reset: (...routes: readonly [Route, ...Route[]]) => void;
	/** Replaces the whole stack if the screen of `route` is at its bottom, to clear the text typed there. */
	readonly restart: (route: Route) => void;
};

function createScreenStack(first: Route, placeOf: (route: Route) => Place) {
	let nextId = 0;
	const entry = (route: Route) => ({id: nextId++, route, place: placeOf(route)});
	let stack = stackOf([entry(first)]);
	const listeners = new Set<() => void>();
	const change = (next: ScreenStack) => {
		if (next === stack) return;
		stack = next;
		for (const listener of listeners) listener();
	};
	const presentOr = (from: number | undefined) =>
		from !== undefined && stacks.entryOf(stack, from) ? from : stack.focused;

	const navigation: Navigation = {
		open(from, route) {
			change(stacks.open(stack, presentOr(from), entry(route)));
		},
		closedByOpening: (from, route) => stacks.closedByOpening(stack, presentOr(from), {route, place: placeOf(route)}),
		followKey(from, keyId) {
			const [pane, ...others] = stacks.panesBeside(stack, presentOr(from));
			if (pane?.route.screen !== 'key' || pane.route.id === keyId || others.length > 0) return;
			change(stacks.replace(stack, pane.id, entry({screen: 'key', id: keyId})));
		},
		close(id, count = 1) {
			let next = stack;
			for (let at: number | undefined = id, left = count; at !== undefined && left > 0; left--) {
				const opener: number | undefined = stacks.entryOf(next, at)?.opener;
				next = stacks.close(next, at);
				at = opener;
			}

			change(next);
		},
		closeKey(keyId) {
			const about = stack.entries.filter(({route}) => 'id' in route && route.id === keyId);
			change(about.reduce((next, {id}) => stacks.close(next, id), stack));
		},
		replace(id, route) {
			change(stacks.replace(stack, id, entry(route)));
		},
		focus(id) {
			change(stacks.focus(stack, id));
		},
		reset(...routes) {
			change(stackOf(routes.map(route => entry(route))));
		},
		restart(route) {
			if (stack.entries[0]?.route.screen === route.screen) change(stackOf([entry(route)]));
		},
	};
	return {
		navigation,
		current: () => stack,
		subscribe: (listener: () => void) => {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}

export function useScreenStack(
	first: Route,
	placeOf: (route: Route) => Place,
): {readonly stack: ScreenStack; readonly navigation: Navigation} {
	const [{navigation, current, subscribe}] = useState(() => createScreenStack(first, placeOf));
	return {stack: useSyncExternalStore(subscribe, current), navigation};
}
