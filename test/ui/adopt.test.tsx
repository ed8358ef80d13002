import {expect, test} from 'vitest';
import {strayCredential} from '../../source/sandbox/seed.ts';
import {openApp} from '../helpers/app.tsx';
import {world} from '../helpers/world.ts';
import {inventoryWorld, keyOfDesk, listedKey, manager} from '../actions/inventories.ts';

test('E lists what the vault does not know, and i imports it with its credential', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('E');
	await terminal.see('oldbots01', 'telegrambot', 'unknown here', 'pausedbots01 (frozen)');
	await terminal.press('i');
	await terminal.see('No API tells the secret key of oldbots01/telegrambot');
	await terminal.press('Tab');
	await terminal.paste(JSON.stringify(strayCredential));
	await terminal.see('The API key, the secret key and the passphrase were pasted.', '› Passphrase');
	await terminal.press('PgDn');
	await terminal.see('telegrambot works and is saved', 'The exchange has 2 keys in 4 sub-accounts; 1 as declared');
	expect(context.vault.read().keys.map(({name}) => name)).toEqual(['main', 'telegrambot']);
});

test('x deletes the marked keys on the exchange once their number is typed', async () => {
	const {context, rooms} = inventoryWorld(
		{keys: [manager, keyOfDesk('grid')]},
		{desk: {keys: ['grid', 'one', 'two', 'zero'].map(label => listedKey(label))}},
	);
	const {terminal} = await openApp(context);
	await terminal.press('E');
	await terminal.see('The exchange has 4 keys in 1 sub-account; 1 as declared');
	await terminal.press('Space', 'Space', 'x');
	await terminal.see('Delete 2 keys on the exchange?', 'desk/one', 'desk/two');
	await terminal.press('2', 'Enter');
	await terminal.see('2 keys are deleted on the exchange.', 'The exchange has 2 keys');
	expect(rooms['desk']!.keys.map(({label}) => label)).toEqual(['grid', 'zero']);
});

test('a accepts a difference, w sets the exchange back, and o notes what is kept elsewhere', async () => {
	const {context, rooms} = inventoryWorld(
		{keys: [manager, keyOfDesk('gone'), keyOfDesk('grid', {permissions: ['read']}), keyOfDesk('wide', {ip: []})]},
		{desk: {keys: ['grid', 'stray', 'wide'].map(label => listedKey(label))}},
	);
	const {terminal} = await openApp(context);
	await terminal.press('E');
	await terminal.see('stray: read, trade');
	await terminal.press('o');
	await terminal.see('desk/stray is noted as kept elsewhere.', 'kept elsewhere');
	await terminal.press('g', 'a');
	await terminal.see('gone is marked as revoked here.');
	await terminal.press('g', 'a');
	await terminal.see('This would change grid', 'in this vault');
	await terminal.press('y');
	await terminal.see('grid is changed in this vault.', 'wide: ip: any address');
	await terminal.press('g', 'w');
	await terminal.see('This would change wide', 'on the exchange, at once');
	await terminal.press('y');
	await terminal.see('wide is changed on the exchange', '2 as declared in this vault');
	expect(rooms['desk']!.keys.map(({ip}) => ip.length)).toEqual([1, 1, 0]);
});
