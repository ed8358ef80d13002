import {useMemo, useRef, useState} from 'react';
import type {Route} from '../routes.ts';
import {pop, push, replace, type Stack} from './stack.ts';

/** A route with its place in time, so that a screen that is opened anew starts anew. */
export type StackEntry = {readonly id: number; readonly route: Route};

export type Navigation = {
	readonly push: (route: Route) => void;
	readonly pop: (count?: number) => void;
	readonly replace: (route: Route) => void;
	/** Leaves everything; the given routes are the new stack. */
	readonly reset: (first: Route, ...rest: readonly Route[]) => void;
	/** Leaves everything for `route` where its screen is the first already: what was typed there goes. */
	readonly restart: (route: Route) => void;
};

/** The screens that lie on each other, and the ways between them. */
export function useScreenStack(first: Route): {
	readonly stack: Stack<StackEntry>;
	readonly navigation: Navigation;
} {
	const nextId = useRef(1);
	const [stack, setStack] = useState<Stack<StackEntry>>(() => [{id: 0, route: first}]);
	const navigation = useMemo((): Navigation => {
		const entry = (route: Route): StackEntry => ({id: nextId.current++, route});
		return {
			push(route) {
				setStack(before => push(before, entry(route)));
			},
			pop(count) {
				setStack(before => pop(before, count));
			},
			replace(route) {
				setStack(before => replace(before, entry(route)));
			},
			reset(route, ...rest) {
				setStack([entry(route), ...rest.map(other => entry(other))]);
			},
			restart(route) {
				setStack(before => (before[0].route.screen === route.screen ? [entry(route)] : before));
			},
		};
	}, []);

	return {stack, navigation};
}
