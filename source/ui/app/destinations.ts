import type {Route} from '../screens/index.tsx';

/** Where one can go from anywhere, for the palette. */
export const places: readonly {readonly route: Route; readonly words: string}[] = [
	{route: {screen: 'testAll'}, words: 'test all keys in use, live'},
	{route: {screen: 'health'}, words: 'health of all keys'},
];
