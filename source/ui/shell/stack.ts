/** Screens from bottom to top, never empty; the last one has the keyboard. */
export type Stack<Route> = readonly [Route, ...Route[]];

export function push<Route>(stack: Stack<Route>, route: Route): Stack<Route> {
	return [...stack, route];
}

/** Removes the last `count` screens; the first one always stays. */
export function pop<Route>(stack: Stack<Route>, count = 1): Stack<Route> {
	const [first, ...rest] = stack;
	return [first, ...rest.slice(0, Math.max(0, rest.length - count))];
}

export function replace<Route>(stack: Stack<Route>, route: Route): Stack<Route> {
	const below = stack.slice(0, -1);
	return [...below, route] as unknown as Stack<Route>;
}

export function top<Route>(stack: Stack<Route>): Route {
	return stack.at(-1)!;
}
