import type {Route} from '../routes.ts';

export const destinations: readonly {readonly route: Route; readonly words: string}[] = [
	{route: {screen: 'testAll'}, words: 'test all keys in use, live'},
	{route: {screen: 'health'}, words: 'health of all keys'},
];
