import {expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import type {Context} from '../../source/actions/context.ts';
import type {Route, ScreenName} from '../../source/ui/routes.ts';
import {openApp} from '../helpers/app.tsx';
import {hostileExchange, hostileKeys} from '../helpers/hostile-keys.ts';
import {foreignBytes} from '../helpers/terminal-bytes.ts';
import {world} from '../helpers/world.ts';

type RoutesOf = (ids: readonly string[], context: Context) => readonly Route[];

const once =
	(route: Route): RoutesOf =>
	() => [route];
const ofEach =
	(routeOf: (id: string) => Route): RoutesOf =>
	ids =>
		ids.map(id => routeOf(id));

/** Each screen with everything from outside that it can show: a new screen does not compile without its line here. */
const screens: Readonly<Record<ScreenName, RoutesOf>> = {
	setup: once({screen: 'setup', hasEarlier: true}),
	unlock: once({screen: 'unlock'}),
	keys: once({screen: 'keys'}),
	key: ofEach(id => ({screen: 'key', id, isRevealed: true})),
	health: once({screen: 'health'}),
	settings: once({screen: 'settings'}),
	keyBindings: once({screen: 'keyBindings'}),
	create: once({screen: 'create'}),
	created: ofEach(id => ({screen: 'created', id})),
	copy: ofEach(id => ({screen: 'copy', id})),
	edit: ofEach(id => ({screen: 'edit', id})),
	permissions: ofEach(id => ({screen: 'permissions', id})),
	test: ofEach(id => ({screen: 'test', id})),
	remedy: ofEach(id => ({screen: 'remedy', id, remedy: {act: 'accept-live'}})),
	sites: ofEach(id => ({screen: 'sites', id})),
	testAll: once({screen: 'testAll'}),
	tags: ids => [{screen: 'tags', ids}],
	addresses: ids => [{screen: 'addresses', ids}],
	removal: ids => [{screen: 'removal', ids}],
	import: once({screen: 'import'}),
	palette: once({screen: 'palette', actions: []}),
	confirm: ids =>
		ids.flatMap((id): Route[] => [
			{screen: 'confirm', danger: {act: 'revoke', id}},
			{screen: 'confirm', danger: {act: 'remove', id}},
			{screen: 'confirm', danger: {act: 'ask-sites', id, hosts: [id]}},
		]),
	help: once({screen: 'help', scopes: ['keyList', 'key']}),
};

test.each(Object.entries(screens))(
	'hostile-text-on-screen: %s writes only the program’s own sequences, in rows that fit',
	async (_, routesOf) => {
		const exchange = await hostileExchange();
		const {context} = await world({sandbox: false, keys: hostileKeys(exchange)});
		const ids = liveKeys(context.vault.read()).map(({id}) => id);
		// Each of these has four of the texts, in rotation.
		for (const route of routesOf(ids.slice(0, 10), context)) {
			const {terminal, app} = await openApp(context, {start: route, columns: 80, rows: 24});
			await terminal.press('Down', 'PgDn', 'End', 'Home');
			expect({route, foreign: foreignBytes(terminal.written)}).toEqual({route, foreign: []});
			expect({route, wrapped: terminal.wrappedRows}).toEqual({route, wrapped: []});
			app.unmount();
		}
	},
	60_000,
);
