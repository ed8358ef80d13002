import {expect, test, vi} from 'vitest';
import {bindingsOf} from '../../source/ui/keymap.ts';
import type * as Keys from '../../source/ui/keys.tsx';
import type {Offer} from '../../source/ui/keys.tsx';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world, worldPassphrase} from '../helpers/world.ts';

/** Everything that could be done at any moment of the walk, as the footer was told. */
const seen = vi.hoisted(() => [] as (readonly Offer[])[]);
vi.mock('../../source/ui/keys.tsx', async original => {
	const keys = await original<typeof Keys>();
	return {...keys, useOffers() {
		const now = keys.useOffers();
		seen.push(now.offers);
		return now;
	}};
});

/** A field has the keyboard before its form has: there the arrows choose, elsewhere they go on. */
const ofFields = new Set(['choice', 'checks', 'filter']);

function conflictsAmong(offers: readonly Offer[]): string[] {
	const byKey = Map.groupBy(
		offers.filter(({scope}) => !ofFields.has(scope)).flatMap(({scope, action}) => {
			const {keys, yields} = bindingsOf(scope)[action]!;
			return yields ? [] : keys.map(key => ({key, name: `${scope}.${action}`}));
		}),
		({key}) => key,
	);
	return [...byKey].filter(([, names]) => new Set(names.map(({name}) => name)).size > 1).map(([key, names]) => `${key}: ${names.map(({name}) => name).join(', ')}`);
}

test.each([[80, 24], [40, 12]])('at %ix%i no key can do two things on any screen', async (columns, rows) => {
	const {context} = await world({keys: [storedKey({name: 'zz', site: 'sandbox'})]});
	const {terminal} = await openApp(context, {columns, rows});
	await terminal.press('?', 'Esc', '/', 'ma', 'Enter', 'Esc', 's', 'Enter', '?', '?', 'v', 't');
	await terminal.see('works');
	await terminal.press('Esc', 'e', 'x', 'PgDn');
	await terminal.see('would change');
	await terminal.press('?', '?', 'Esc', 'Esc', 'y', 'p', 'Space', 'Enter');
	await terminal.see('would change');
	await terminal.press('Esc', 'Esc', 'y', 'x', 'n', 'D', 'n', 'Esc', 'n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn');
	await terminal.see('Review');
	await terminal.press('y');
	await terminal.see('API key and secret');
	await terminal.press('s', 'L');
	await terminal.see('Unlock your vault');
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('3 keys');

	expect(seen.length).toBeGreaterThan(20);
	expect([...new Set(seen.flatMap(offers => conflictsAmong(offers)))]).toEqual([]);
	for (const scope of ['keys', 'key', 'form', 'choice', 'checks', 'filter', 'filtered', 'test', 'review', 'createReview', 'created', 'confirm', 'help', 'unlock']) {
		expect(seen.some(offers => offers.some(offer => offer.scope === scope)), scope).toBe(true);
	}
});
