import {expect, test} from 'vitest';
import {handleIncident} from '../../source/actions/incident/incident.ts';
import type {Context} from '../../source/actions/context.ts';
import {storedKey} from '../helpers/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {fakeClipboard} from '../helpers/clipboard.ts';
import {world} from '../helpers/world.ts';
import {desk} from '../actions/rotations.ts';

const isRevoked = ({vault}: Context, name: string) =>
	vault.read().keys.find(key => key.name === name)?.status === 'revoked';

test('I cuts the key off after one question, and shows what is left to do before what its account did', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context, {columns: 100, rows: 60});
	await terminal.press('I');
	await terminal.see('May main be leaked? Cut it off?');
	await terminal.press('y');
	await terminal.see('main is deleted on the exchange.', 'Suspected leak of main', 'What to do now', 'Deposits');
	const {screen} = terminal;
	expect(screen.indexOf('What to do now')).toBeLessThan(screen.indexOf('What the account did since'));
	expect(isRevoked(context, 'main')).toBe(true);
});

test('n leaves the key as it is', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('I');
	await terminal.see('Cut it off?');
	await terminal.press('n');
	await terminal.see('Nothing was changed.');
	expect(context.vault.read().keys[0]).toMatchObject({status: 'active'});
});

test('Esc ends the reading, and the key is deleted all the same', async () => {
	const fake = desk();
	const reading = Promise.withResolvers<void>();
	const {call} = fake.context.exchange;
	const context: Context = {
		...fake.context,
		exchange: {
			...fake.context.exchange,
			async call(name, parameters, target, options) {
				if (name !== 'openOrders') return call(name, parameters, target, options);
				reading.resolve();
				return new Promise((_, reject) => {
					options?.signal?.addEventListener('abort', () => {
						reject(new Error('aborted'));
					});
				});
			},
		},
	};
	const {terminal} = await openApp(context, {start: {screen: 'incident', id: 'a1'}, columns: 100, rows: 60});
	await reading.promise;
	await terminal.see('grid may only read now.', 'Esc end the reading');
	await terminal.press('Esc');
	await terminal.see('grid is deleted on the exchange.', 'The reading was stopped.');
	expect(fake.listed).toEqual([]);
	expect(isRevoked(context, 'grid')).toBe(true);
});

test('what is to be clicked on the page stands first while no API can delete the key', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey({name: 'desk', label: 'desk', site: 'eea'})]});
	const {terminal} = await openApp(context, {columns: 100, rows: 60});
	await terminal.press('I');
	await terminal.see('Cut it off?', 'Type its name');
	await terminal.press('desk', 'Enter');
	await terminal.see('still works on the exchange', 'choose Delete');
	expect(context.vault.read().keys[0]).toMatchObject({status: 'frozen', incident: {step: 'cutting'}});
});

test('a key that the exchange refuses to delete says so, and Enter goes on', async () => {
	const fake = desk();
	let isRefused = true;
	fake.hooks.before = name => {
		if (isRefused && /Sub|sub/.test(name)) throw new Error('no answer came');
	};
	const {terminal} = await openApp(fake.context, {start: {screen: 'incident', id: 'a1'}, columns: 100, rows: 40});
	await terminal.see('grid is not cut off on the exchange', 'Enter go on');
	isRefused = false;
	await terminal.press('Enter');
	await terminal.see('grid is deleted on the exchange.');
	expect(fake.listed).toEqual([]);
});

test('c copies the report, and a revoked key is read about again without a question', async () => {
	const fake = desk();
	await handleIncident(fake.context, 'a1');
	const {clipboard, events} = fakeClipboard();
	const {terminal} = await openApp({...fake.context, clipboard}, {columns: 100, rows: 40});
	await terminal.press('I');
	await terminal.see('Suspected leak of grid', 'c copy the report');
	await terminal.press('c');
	await terminal.see('Report:');
	expect(JSON.stringify(events)).toContain('# Suspected leak of grid');
});
