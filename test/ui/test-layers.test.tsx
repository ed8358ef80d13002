import {once} from 'node:events';
import net, {type AddressInfo} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world, slowly} from '../helpers/world.ts';
import {answering, wellKey} from './answering.ts';

test('Trade is proved with P, never by itself, and explained in help', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('t');
	await terminal.see('The key works', 'P prove Trade');
	expect(terminal.screen).not.toContain('✓ Trade');
	await terminal.press('?');
	await terminal.see('an order that does not exist');
	await terminal.press('?', 'P');
	await terminal.see('✓ Trade', 'The key works');
	await terminal.press('Esc', 't');
	await terminal.see('The key works', 'P prove Trade');
	expect(terminal.screen).not.toContain('✓ Trade');
});

test('a test that counts as a use says so, for the keys that the 14 days apply to', async () => {
	const {context} = await world({
		sandbox: false,
		keys: [storedKey({permissions: ['read', 'trade'], createdAt: Date.now()})],
	});
	const {answered} = await answering(context, {config: () => ({...wellKey, permissions: ['read', 'trade']})});
	const {terminal} = await openApp(answered);
	await terminal.press('t');
	await terminal.see('The key works', 'This counts as a use: 14 days from now.');
});

test('a read-only key says nothing of 14 days', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey()]});
	const {answered} = await answering(context);
	const {terminal} = await openApp(answered);
	await terminal.press('t');
	await terminal.see('The key works');
	expect(terminal.screen).not.toContain('14 days');
});

test('Esc ends a test of a server that never answers: its connection is closed and nothing is stored', async () => {
	const sockets: net.Socket[] = [];
	const silent = net
		.createServer(socket => {
			sockets.push(socket.on('error', () => {}).resume());
		})
		.listen(0, '127.0.0.1');
	await once(silent, 'listening');
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
		silent.close();
	});
	const site = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
	const {context} = await world({sandbox: false, keys: [storedKey({site})]});
	const {terminal} = await openApp(context);
	await terminal.press('t');
	await terminal.see('✓ Connect', '… Compare clocks', 'Esc cancel');
	await terminal.press('Esc');
	await terminal.see('Cancelled; nothing was stored.', 't test again');
	await expect.poll(() => sockets.every(({destroyed}) => destroyed), {timeout: 10_000}).toBe(true);
	expect(sockets.length).toBeGreaterThan(0);
	expect(liveKeys(context.vault.read())[0]).toMatchObject({lastTest: null, lastUsedAt: null});
});

test('Esc while the result of a test is being stored does not claim that nothing was', async () => {
	const {context} = await world();
	const {slow, release} = slowly(context);
	const saving = Promise.withResolvers<void>();
	const change: typeof slow.vault.change = async (...given) => {
		saving.resolve();
		return slow.vault.change(...given);
	};
	const {terminal} = await openApp({...slow, vault: {...slow.vault, change}});
	await terminal.press('t');
	await saving.promise;
	await terminal.press('Esc');
	await terminal.see('its result is being stored');
	release();
	await terminal.see('t test again');
	expect(terminal.written).not.toContain('nothing was stored');
	expect(liveKeys(context.vault.read())[0]!.lastTest).not.toBeNull();
});
