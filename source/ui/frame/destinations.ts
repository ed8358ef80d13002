import type {Route} from '../routes.ts';

/** Screens that the palette leads to from anywhere. */
export const destinations: readonly {readonly route: Route; readonly words: string}[] = [
	{route: {screen: 'testAll'}, words: 'test all keys in use, live'},
	{route: {screen: 'health'}, words: 'health of all keys'},
];
