import {test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import {entryWith, type InventoryEntry} from '../../source/actions/inventory/inventory.ts';
import type {ActivityEntry} from '../../source/core/activity/entry.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {width} from '../../source/core/text/width.ts';
import type {Route, ScreenName} from '../../source/ui/routes.ts';
import {activityLog} from '../helpers/activity.ts';
import {openApp} from '../helpers/app.tsx';
import {hostileExchange, hostileKeys} from '../helpers/hostile-keys.ts';
import {hostileTexts} from '../helpers/hostile.ts';
import {expectOwnRows, hostileSizes} from '../helpers/hostile-screen.ts';
import {world} from '../helpers/world.ts';

/** A screen of all keys, or those of each key. */
type Visits = ((ids: readonly string[]) => Route) | {readonly ofEach: (id: string) => Route | readonly Route[]};

/** Each screen with everything from outside that it can show: a new screen does not compile without its line here. */
const screens: Readonly<Record<ScreenName, Visits>> = {
	setup: () => ({screen: 'setup', hasEarlier: true}),
	unlock: () => ({screen: 'unlock'}),
	keys: () => ({screen: 'keys'}),
	key: {ofEach: id => ({screen: 'key', id, isRevealed: true})},
	history: {ofEach: id => ({screen: 'history', id})},
	activity: () => ({screen: 'activity'}),
	health: () => ({screen: 'health'}),
	adopt: () => ({screen: 'adopt'}),
	adoptDelete: () => ({screen: 'adoptDelete', entries: hostileTexts.map(text => strayCalled(text))}),
	adoptImport: {ofEach: id => ({screen: 'adoptImport', entry: strayCalled(textOf(id))})},
	adoptReview: {ofEach: id => ({screen: 'adoptReview', entry: strayCalled(textOf(id)), how: 'accept'})},
	settings: () => ({screen: 'settings'}),
	keyBindings: () => ({screen: 'keyBindings'}),
	create: () => ({screen: 'create'}),
	created: {ofEach: id => ({screen: 'created', id})},
	copy: {ofEach: id => ({screen: 'copy', id})},
	edit: {ofEach: id => ({screen: 'edit', id})},
	permissions: {ofEach: id => ({screen: 'permissions', id})},
	replacement: {ofEach: id => ({screen: 'replacement', id})},
	rotation: {ofEach: id => ({screen: 'rotation', id})},
	test: {ofEach: id => ({screen: 'test', id})},
	remedy: {ofEach: id => ({screen: 'remedy', id, remedy: {act: 'accept-live'}})},
	sites: {ofEach: id => ({screen: 'sites', id})},
	incident: {ofEach: id => ({screen: 'incident', id})},
	testAll: () => ({screen: 'testAll'}),
	tags: ids => ({screen: 'tags', ids}),
	addresses: ids => ({screen: 'addresses', ids}),
	removal: ids => ({screen: 'removal', ids}),
	freezing: ids => ({screen: 'freezing', ids}),
	thawing: ids => ({screen: 'thawing', ids}),
	revocation: ids => ({screen: 'revocation', ids}),
	import: () => ({screen: 'import'}),
	palette: () => ({screen: 'palette', actions: []}),
	confirm: {
		ofEach: id => [
			{screen: 'confirm', danger: {act: 'revoke', id}},
			{screen: 'confirm', danger: {act: 'remove', id}},
			{screen: 'confirm', danger: {act: 'rotate', id}},
			{screen: 'confirm', danger: {act: 'freeze', id}},
			{screen: 'confirm', danger: {act: 'freeze-read-only', id}},
			{screen: 'confirm', danger: {act: 'abort-rotation', id}},
			{screen: 'confirm', danger: {act: 'incident', id}},
			{screen: 'confirm', danger: {act: 'ask-sites', id, hosts: [id]}},
		],
	},
	help: () => ({screen: 'help', scopes: ['keyList', 'key']}),
};

function textOf(id: string): string {
	return hostileTexts[Number(/\d+/.exec(id)![0])]!;
}

/** A key that only the exchange has, with a hostile text in the place of every other. */
function strayCalled(text: string): InventoryEntry {
	return entryWith({
		state: 'unknown',
		place: {
			site: 'global',
			environment: 'live',
			mainUid: text,
			managerId: 'm',
			subAccount: {name: text, uid: text},
			isFrozen: true,
		},
		listed: {label: text, apiKey: text, permissions: ['read'], ip: [text], createdAt: 1},
	});
}

/** What another program could record of a key: its name in the place of every text. */
function entryOf({id, name}: StoredKey): Partial<ActivityEntry> {
	return {
		what: name,
		by: {user: name, host: name, client: name},
		keys: [{id, name}],
		detail: name,
		edits: [{field: name, from: name, to: name}],
	};
}

/** How many programs run at once: one waits most of its time for frames. */
const atOnce = 5;

test.each(Object.entries(screens))(
	'hostile-text-on-screen: %s writes only the program’s own sequences, in rows that fit',
	async (_, visits) => {
		const exchange = await hostileExchange();
		const {context} = await world({sandbox: false, keys: hostileKeys(exchange)});
		await context.vault.change(content => ({...content, activity: activityLog(content.keys.map(key => entryOf(key)))}));
		const keys = liveKeys(context.vault.read());
		const open = async (route: Route, [[columns, rows], ...otherSizes]: typeof hostileSizes) => {
			const {terminal, app} = await openApp(context, {start: route, columns, rows});
			// What the exchange has answered is drawn by then.
			if (route.screen === 'test') await terminal.see('test again');
			if (route.screen === 'incident') await terminal.see('go on');
			await terminal.press('PgDn', 'Home');
			expectOwnRows(terminal, route);
			for (const size of otherSizes) {
				await terminal.resize(...size);
				expectOwnRows(terminal, route);
			}

			app.unmount();
		};
		if (typeof visits === 'function') return open(visits(keys.map(({id}) => id)), hostileSizes);
		// Every text is the name of a key; those that could be too wide are seen at all sizes, the others in rotation.
		const visit = async ({id, name}: (typeof keys)[number], index: number) => {
			const sizes = width(name) > 15 ? hostileSizes : ([hostileSizes[index % hostileSizes.length]!] as const);
			for (const route of [visits.ofEach(id)].flat()) await open(route, sizes);
		};
		const waiting = keys.entries();
		await Promise.all(
			Array.from({length: atOnce}, async () => {
				for (const [index, key] of waiting) await visit(key, index);
			}),
		);
	},
	60_000,
);
