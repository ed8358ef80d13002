import {describe, expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {width} from '../../source/core/text/width.ts';
import {openApp} from '../helpers/app.tsx';
import {wireError} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {makeKeys} from '../helpers/sandbox-keys.ts';
import {world} from '../helpers/world.ts';

const keys = ['alpha', 'beta', 'gamma'].map(name =>
	storedKey({id: name, name, createdAt: Date.now(), credential: credentialWith({apiKey: name})}),
);

const statuses = (context: Context) =>
	Object.fromEntries(context.vault.read().keys.map(({name, status}) => [name, status]));

describe.each([
	[40, 12],
	[80, 24],
	[120, 36],
])('at %ix%i', (columns, rows) => {
	test('F freezes the marked keys with one preview, and u undoes it at once', async () => {
		const {context} = await world({sandbox: false, keys});
		const {terminal} = await openApp(context, {columns, rows});
		await terminal.press('*', 'F');
		await terminal.see('Freeze 3 of 3 keys?', 'y to go on');
		for (const line of terminal.lines) expect(width(line)).toBeLessThanOrEqual(columns);
		await terminal.press('y');
		await terminal.see('3 keys are frozen.', '3 keys, by name');
		expect(statuses(context)).toEqual({alpha: 'frozen', beta: 'frozen', gamma: 'frozen'});
		await terminal.press('*', 'F');
		await terminal.see('Let 3 of 3 keys be used again?');
		await terminal.press('y');
		await terminal.see('3 keys can be used again.');
		await terminal.press('u');
		await terminal.see('Undone: status of 3 keys.');
		expect(statuses(context)).toEqual({alpha: 'frozen', beta: 'frozen', gamma: 'frozen'});
	});
});

test('freezing on the exchange too is a choice, asks for the number, and names the key that cannot be', async () => {
	const {context} = await world({keys: [keys[0]!]});
	await makeKeys(context, ['trade'], ['live1', 'live2']);
	const {terminal} = await openApp(context, {rows: 40});
	await terminal.press('/', 'l', 'Enter', '*', 'F');
	await terminal.see('3 keys: alpha, live1, live2', '● in this vault only');
	await terminal.press('Down', 'Enter');
	await terminal.see(
		'Freeze 2 of 3 keys?',
		'permissions  on the exchange, at once',
		'- read, trade',
		'Type 2 to go on',
	);
	await terminal.press('2', 'Enter');
	await terminal.see('2 keys are frozen. 1 has failed.', '✗ OKX has no API', '✓ live1 is frozen.');
	expect(statuses(context)).toMatchObject({alpha: 'active', live1: 'frozen', live2: 'frozen'});
	await terminal.press('Esc');
	await terminal.see('1 marked');
});

test('Esc goes from the preview back to the choice, and from there to the list', async () => {
	const {context} = await world();
	await makeKeys(context, ['trade'], ['live1']);
	const {terminal} = await openApp(context);
	await terminal.press('*', 'F', 'Enter');
	await terminal.see('Freeze 2 of 2 keys?');
	await terminal.press('Esc');
	await terminal.see('● in this vault only');
	await terminal.press('Esc');
	await terminal.see('2 keys, 2 marked');
});

test('x revokes the marked keys once their number is typed; the one that failed says so and stays marked', async () => {
	const {context} = await world();
	await makeKeys(context, ['trade'], ['live1', 'live2', 'live3']);
	const {exchange} = context;
	let deletions = 0;
	const call: typeof exchange.call = async (name, parameters, target, options) => {
		if (name === 'pageDelete' && ++deletions === 2) throw wireError({kind: 'timeout'});
		return exchange.call(name, parameters, target, options);
	};
	const {terminal} = await openApp({...context, exchange: {...exchange, call}});
	await terminal.press('/', 'live', 'Enter', '*', 'x');
	await terminal.see('Revoke 3 of 3 keys on the exchange?', 'Type 3 to go on');
	await terminal.press('3', 'Enter');
	await terminal.see('2 keys are no longer on the exchange. 1 has failed.', '✗ live2:', '✓ live3 is revoked');
	await terminal.press('Esc');
	await terminal.see('3 of 4 keys, 1 marked');
	await terminal.press('x');
	await terminal.see('Revoke live2 on the exchange?');
	await terminal.press('y');
	await terminal.see('live2 is revoked on the exchange.');
	expect(statuses(context)).toEqual({main: 'active', live1: 'revoked', live2: 'revoked', live3: 'revoked'});
});

test('one marked key is frozen and revoked as if it were selected, and --readonly leaves all as they are', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('Space', 'F');
	await terminal.see('Freeze alpha?');
	await terminal.press('n', 'x');
	await terminal.see('OKX has no API to revoke it.');
	await terminal.press('*', 'x');
	await terminal.see('Revoke 0 of 3 keys on the exchange?', 'Nothing would change.');
	const locked = await openApp({...context, readonly: true});
	await locked.terminal.press('*', 'F');
	await locked.terminal.see('Nothing is changed under --readonly.');
	await locked.terminal.press('x');
	await locked.terminal.see('3 keys, 3 marked');
});
