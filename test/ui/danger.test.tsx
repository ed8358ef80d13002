import {expect, test} from 'vitest';
import {keyById} from '../../source/actions/keys.ts';
import type {Context} from '../../source/actions/context.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {slowly, world} from '../helpers/world.ts';

const bot = storedKey({id: 'bot', name: 'aabot', site: 'sandbox'});

function stateOf(context: Context, id = 'bot') {
	const key = keyById(context.vault.read(), id);
	return key.trashedAt === null ? key.status : 'trashed';
}

test.each(['n', 'Enter', 'Esc'])('%s to a dangerous question is no', async answer => {
	const {context} = await world({keys: [bot]});
	const {terminal} = await openApp(context);
	await terminal.press('D');
	await terminal.see('Remove aabot from this vault?');
	await terminal.press(answer);
	await terminal.see('Nothing was changed.');
	expect(stateOf(context)).toBe('active');
});

test('y removes into the trash and says how it comes back', async () => {
	const {context} = await world({keys: [bot]});
	const {terminal} = await openApp(context);
	await terminal.press('D', 'y');
	await terminal.see('aabot is in the trash of this vault.', 'restore-key aabot');
	expect(stateOf(context)).toBe('trashed');
	expect(terminal.screen).not.toContain('› aabot');
});

test('y revokes on the sandbox exchange, and the key fails its next use there', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('x');
	await terminal.see('Revoke main on the exchange?');
	await terminal.press('y');
	await terminal.see('main is revoked on the exchange.', '· revoked');
	const [main] = context.vault.read().keys;
	await expect(context.exchange.call('config', {}, main!)).rejects.toThrow('50119');
});

test('a live key is revoked only by typing its name', async () => {
	const manager = storedKey({id: 'manager', name: 'manager', permissions: ['read', 'trade'], ip: ['203.0.113.7']});
	const sub = storedKey({
		id: 'sub',
		name: 'asub',
		account: {kind: 'sub', subAccount: 'quantdesk01'},
		credential: {...bot.credential, apiKey: 'other-key-of-sub'},
	});
	const {context} = await world({sandbox: false, keys: [manager, sub]});
	const calls: string[] = [];
	const fake = {
		...context,
		exchange: {
			...context.exchange,
			async call(name: string) {
				calls.push(name);
				return {subAccount: 'quantdesk01'} as never;
			},
		},
	};
	const {terminal} = await openApp(fake);
	await terminal.see('LIVE', '› asub');
	await terminal.press('x');
	await terminal.see('It is live. Type its name to go on');
	await terminal.press('y', 'Enter');
	await terminal.see('That is not the name of the key; nothing was changed.');
	expect(calls).toEqual([]);
	await terminal.press('Ctrl+U', 'asub', 'Enter');
	await terminal.see('asub is revoked on the exchange.');
	expect(calls).toEqual(['deleteSubKey']);
});

test('a key that no API can revoke says where it can be done', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey({name: 'mine'})]});
	const {terminal} = await openApp(context);
	await terminal.press('x');
	await terminal.see('OKX has no API to revoke it.', 'www.okx.com/account/my-api');
	expect(terminal.screen).not.toContain('Type its name');
});

test('leaving waits for a change that is under way', async () => {
	const {context} = await world({keys: [bot]});
	const {slow, release} = slowly(context);
	const {terminal, app} = await openApp(slow);
	let hasLeft = false;
	const left = (async () => {
		await app.waitUntilExit();
		hasLeft = true;
	})();
	await terminal.press('D', 'y', 'Ctrl+C');
	await terminal.see('Finishing the current operation first…');
	expect(hasLeft).toBe(false);
	release();
	await left;
	expect(stateOf(context)).toBe('trashed');
});
