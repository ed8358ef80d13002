import type {Route} from '../routes.ts';
import {msg, type Translatable} from '../../language/translate.ts';

export const destinations: readonly {readonly route: Route; readonly words: Translatable}[] = [
	{route: {screen: 'testAll'}, words: msg`test all keys in use, live`},
	{route: {screen: 'health'}, words: msg`health of all keys`},
	{route: {screen: 'activity'}, words: msg`activity: who did what and when`},
	{route: {screen: 'import'}, words: msg`import keys from a file`},
	{route: {screen: 'settings'}, words: msg`settings: times, colours, language and keys`},
];
