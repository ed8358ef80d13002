import {expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

const bot = storedKey({id: 'bot', name: 'aabot', site: 'sandbox'});

test('F freezes the selected key, which t then does not test, and F thaws it', async () => {
	const {context} = await world({keys: [bot]});
	const {terminal} = await openApp(context);
	await terminal.press('F');
	await terminal.see('Freeze aabot?');
	await terminal.press('y');
	await terminal.see('aabot is frozen. F thaws it.', '! frozen');
	await terminal.press('t');
	await terminal.see('It is frozen, so nothing may use it. F thaws it.');
	await terminal.press('F');
	await terminal.see('Let aabot be used again?');
	await terminal.press('y');
	await terminal.see('aabot can be used again.');
	expect(terminal.screen).not.toContain('frozen');
});

test('F leaves a frozen key as it is under --readonly', async () => {
	const {context} = await world({keys: [{...bot, status: 'frozen', freeze: {at: 0}}], readonly: true});
	const {terminal} = await openApp(context);
	await terminal.press('F');
	await terminal.see('--readonly');
	expect(context.vault.read().keys.find(({id}) => id === 'bot')?.status).toBe('frozen');
});

test('the menu of copies says why no secret of a frozen key is copied', async () => {
	const {context} = await world({keys: [{...bot, status: 'frozen', freeze: {at: 0}}]});
	const {terminal} = await openApp(context);
	await terminal.press('c');
	await terminal.see('It is frozen, so no secret of it is copied.');
});

test('r in the question about a freeze leaves the key only Read on the exchange, and F sets that back', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('F');
	await terminal.see('Freeze main?', 'r leaves it only Read on the exchange too.');
	await terminal.press('r');
	await terminal.see('Freeze main, and leave it only Read on the exchange?');
	await terminal.press('y');
	await terminal.see('main is frozen, and may only read on the exchange. F undoes both.');
	expect(context.vault.read().keys[0]).toMatchObject({permissions: ['read'], freeze: {readOnly: {state: 'set'}}});
	await terminal.press('F', 'y');
	await terminal.see('main can be used again.');
	expect(context.vault.read().keys[0]).toMatchObject({status: 'active', permissions: ['read', 'trade']});
});

test('a key that nothing here manages is frozen in this vault only', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey({name: 'page'})]});
	const {terminal} = await openApp(context);
	await terminal.press('F');
	await terminal.see('Freeze page?');
	expect(terminal.screen).not.toContain('Read');
	await terminal.press('r');
	await terminal.see('Freeze page?');
});
