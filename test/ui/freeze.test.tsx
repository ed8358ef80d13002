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
