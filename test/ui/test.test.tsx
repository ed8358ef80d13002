import {describe, expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world, type World} from '../helpers/world.ts';
import {answering} from './answering.ts';
import {refusing} from './refusing.ts';

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

describe.each([
	[80, 24],
	[40, 12],
])('at %ix%i', (columns, rows) => {
	test('a failing key tells its cause, the code, what to do and which key does it, before its layers', async () => {
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

test('of a key that cannot be managed here, the address is declared, and the page to add it is named', async () => {
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

test('what the exchange says is declared with a, after a test and on the list', async () => {
	const made = await world();
	const {context} = made;
	const main = mainOf(made);
	const {terminal} = await openApp(context);
	await terminal.see('t test');
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
