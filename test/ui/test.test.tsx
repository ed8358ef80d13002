import {once} from 'node:events';
import net, {type AddressInfo} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {openApp} from '../helpers/app.tsx';
import {wireError} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {world, type World, slowly} from '../helpers/world.ts';
import {answering, never, wellKey} from './answering.ts';

function mainOf({context}: World): StoredKey {
	return liveKeys(context.vault.read()).find(({name}) => name === 'main')!;
}

/**
 * The main key of the sandbox, whose list on the exchange lacks this machine's address; a part of that list is
 * declared.
 */
async function shutOut(made: World): Promise<void> {
	const {context} = made;
	const main = mainOf(made);
	await context.exchange.call('pageEdit', {apiKey: main.credential.apiKey, ip: ['203.0.113.7', '203.0.113.8']}, main);
	await context.vault.change(content => ({
		...content,
		keys: content.keys.map(key => (key.id === main.id ? {...key, ip: ['203.0.113.7']} : key)),
	}));
}

function refusing(exchangeCode: string, message?: string) {
	return () => {
		throw wireError({kind: 'code', exchangeCode, httpStatus: 401, ...(message !== undefined && {message})});
	};
}

describe.each([
	[80, 24],
	[40, 12],
])('at %ix%i', (columns, rows) => {
	test('a failing key tells its cause, the code, what to do and what one key’s press does about it, before its layers', async () => {
		const made = await world();
		const {context} = made;
		await shutOut(made);
		const {terminal} = await openApp(context, {columns, rows});
		await terminal.press('t');
		await terminal.see('(50110)', 'f add 127.0.0.1');
		expect(terminal.screen.replaceAll('\n', ' ')).toMatch(/This machine calls from\s+127\.0\.0\.1/);
		await terminal.press('G');
		await terminal.see(columns === 80 ? 'Sign a call' : '… end');
	});
});

test('an address that is not on the list is put there with f: what the exchange has beside it stays', async () => {
	const made = await world();
	const {context} = made;
	await shutOut(made);
	const {terminal} = await openApp(context);
	await terminal.press('t');
	await terminal.see('f add 127.0.0.1');
	await terminal.press('f');
	await terminal.see(
		'This would change main',
		'on the exchange, at once',
		'- 203.0.113.7, 203.0.113.8',
		'+ 127.0.0.1, 203.0.113.7, 203.0.113.8',
	);
	await terminal.press('y');
	await terminal.see('main is changed on the exchange', 'The key has been changed since: t tests it again.');
	expect(terminal.screen).not.toContain('f add');
	await terminal.press('t');
	await terminal.see('The key works: read, trade');
	expect(mainOf(made).ip).toEqual(['203.0.113.7', '203.0.113.8', '127.0.0.1']);
});

test('of a key that cannot be managed from here, the address is declared, and the page is named where to add it', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey({ip: ['203.0.113.7']})]});
	const {answered} = await answering(context, {
		config: refusing('50110', "Your IP 198.51.100.9 is not included in your API key's IP whitelist."),
	});
	const {terminal} = await openApp(answered);
	await terminal.press('t');
	await terminal.see('f add 198.51.100.9');
	await terminal.press('f');
	await terminal.see(
		'declared in this vault only',
		'+ 198.51.100.9, 203.0.113.7',
		'https://www.okx.com/account/my-api',
	);
	await terminal.press('y');
	await terminal.see('The exchange was not told.');
	expect(liveKeys(context.vault.read())[0]!.ip).toEqual(['203.0.113.7', '198.51.100.9']);
});

test('a key of the other environment is stored as such with f', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey()]});
	const {answered} = await answering(context, {config: refusing('50101')});
	const {terminal} = await openApp(answered);
	await terminal.press('t');
	await terminal.see('(50101)', 'f store as demo');
	await terminal.press('f');
	await terminal.see('Environment  in this vault', '- live', '+ demo');
	await terminal.press('Esc');
	await terminal.see('f store as demo');
	await terminal.press('f', 'y');
	await terminal.see('bot1 is changed in this vault.');
	expect(liveKeys(context.vault.read())[0]!.environment).toBe('demo');
});

describe('a key that its site does not know', () => {
	test('is asked about elsewhere only after the hosts have been named, and never after a no', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey()]});
		const {answered, asked} = await answering(context, {config: refusing('50119')});
		const {terminal} = await openApp(answered);
		await terminal.press('t');
		await terminal.see('(50119)', 'f ask other sites');
		await terminal.press('f');
		await terminal.see('Ask OKX’s other sites about bot1?', 'eea.okx.com', 'us.okx.com', 'tr.okx.com');
		await terminal.press('n');
		await terminal.see('No other site was asked.');
		expect(new Set(asked.filter(call => call.startsWith('config')))).toEqual(new Set(['config global']));
	});

	test('is asked about by a question that is whole in the smallest window', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey({name: 'abcdefghij'})]});
		const {answered} = await answering(context, {config: refusing('50119')});
		const {terminal} = await openApp(answered, {columns: 40, rows: 12});
		await terminal.press('t');
		await terminal.see('f ask other sites');
		await terminal.press('f');
		await terminal.see('about abcdefghij?', 'eea.okx.com', 'tr.okx.com', 'not sent.', 'y yes');
	});

	test('is stored as one of the site that knows it', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey()]});
		const {answered, asked} = await answering(context, {
			config: ({site}) => (site === 'us' ? wellKey : refusing('50119')()),
		});
		const {terminal} = await openApp(answered);
		await terminal.press('t');
		await terminal.see('f ask other sites');
		await terminal.press('f', 'y');
		await terminal.see('eea.okx.com        does not know it', 'us.okx.com         knows this key', 'f store as us');
		expect(asked).not.toContain('config tr');
		await terminal.press('f');
		await terminal.see('Site  in this vault', '- global', '+ us');
		await terminal.press('y');
		await terminal.see('bot1 is changed in this vault.');
		expect(liveKeys(context.vault.read())[0]!.site).toBe('us');
	});

	test('is known to none of them, or to none that could be asked', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey()]});
		let isDown = false;
		const {answered} = await answering(context, {
			config: ({site}) => refusing(site === 'tr' && isDown ? '50001' : '50119')(),
		});
		const {terminal} = await openApp(answered);
		await terminal.press('t');
		await terminal.see('f ask other sites');
		await terminal.press('f', 'y');
		await terminal.see('No other site of the exchange knows it either');
		isDown = true;
		await terminal.press('t');
		await terminal.see('could not be asked', 'No other site that answered knows it; could not be asked: tr.');
	});

	test('is asked about no further once that is cancelled', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey()]});
		const {answered, asked} = await answering(context, {
			config: ({site}, options) => (site === 'global' ? refusing('50119')() : never(options)),
		});
		const {terminal} = await openApp(answered);
		await terminal.press('t');
		await terminal.see('f ask other sites');
		await terminal.press('f', 'y');
		await terminal.see('is asked…', 'Esc cancel');
		await terminal.press('Esc');
		await terminal.see('Cancelled; nothing was changed.', 't ask again');
		await terminal.settle();
		expect(asked.filter(call => call.startsWith('config') && call !== 'config global')).toEqual(['config eea']);
	});
});

test('what the exchange says is declared with a, after a test and on the list', async () => {
	const made = await world();
	const {context} = made;
	const main = mainOf(made);
	const {terminal} = await openApp(context);
	expect(terminal.screen).not.toContain('a accept');
	await context.exchange.call('pageEdit', {apiKey: main.credential.apiKey, permissions: ['read']}, main);
	await terminal.press('t');
	await terminal.see('declared here', 'f accept');
	await terminal.press('a');
	await terminal.see('Permissions  in this vault', '- read, trade', '+ read');
	await terminal.press('Esc', 'Esc');
	await terminal.see('a accept');
	await terminal.press('a', 'y');
	await terminal.see('main is changed in this vault.');
	expect(mainOf(made).permissions).toEqual(['read']);
	expect(terminal.screen).not.toContain('a accept');
});

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
	await terminal.press('t');
	await terminal.see('The key works');
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

test('where the exchange is at fault, what it announces stands beside the cause', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey()]});
	const {answered} = await answering(context, {
		config: refusing('50001'),
		status: () => [{title: 'Spot\u001B[31m upgrade', state: 'ongoing', begin: Date.UTC(2026, 10, 23, 5), end: null}],
	});
	const {terminal} = await openApp(answered);
	await terminal.press('t');
	await terminal.see('(50001)', 'The exchange announces: Spot', 'upgrade', '(ongoing, from 2026-11-23 05:00');
	expect(terminal.written).not.toContain('\u001B[31m upgrade');
});

test('under --readonly what is offered is not done, and says why', async () => {
	const made = await world({readonly: true});
	const {context} = made;
	await shutOut(made);
	const {terminal} = await openApp(context);
	await terminal.press('t');
	await terminal.see('(50110)');
	await terminal.press('f');
	await terminal.see('Nothing is changed under --readonly.', 'Sign a call');
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
