import {useMemo, useRef, useState} from 'react';
import type {Route} from '../routes.ts';
import {pop, push, replace, type Stack} from './stack.ts';

/** The id is new for each visit, so that a reopened screen starts afresh. */
export type StackEntry = {readonly id: number; readonly route: Route};

export type Navigation = {
	readonly push: (route: Route) => void;
	readonly pop: (count?: number) => void;
	readonly replace: (route: Route) => void;
	readonly reset: (first: Route, ...rest: readonly Route[]) => void;
	/** Replaces the whole stack if the screen of `route` is at its bottom, to clear the text typed there. */
	readonly restart: (route: Route) => void;
};

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
