import {describe, expect, test} from 'vitest';
import type {Faults} from '../../source/actions/context.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

function faultsNamed(...names: readonly string[]): Faults {
	let current: string | undefined;
	return {
		all: names.map(name => ({name, about: `what ${name} does`})),
		current: () => current,
		set(name) {
			current = name;
		},
	};
}

const two = [storedKey(), storedKey({id: 'b2', name: 'bot2', status: 'revoked'})];

describe.each([
	[80, 24],
	[40, 12],
])('at %ix%i', (columns, rows) => {
	test('it finds what can be done by its name, shows its key, and does it', async () => {
		const {context} = await world({sandbox: false, keys: two});
		const {terminal} = await openApp(context, {columns, rows});
		await terminal.press(':');
		await terminal.see('› Enter    open the key', 'n        make a new key');
		await terminal.press('sort');
		await terminal.see(': sort', '› s        sort by name');
		expect(terminal.screen).not.toContain('make a new key');
		await terminal.press('Enter');
		await terminal.see('Sorted by risk.', '2 keys');
	});
});

test('the letters of an action in their order find it, below those that have the word as it is', async () => {
	const {context} = await world({sandbox: false, keys: two});
	const {terminal} = await openApp(context);
	await terminal.press(':', 'mnk');
	await terminal.see(': mnk', '› n        make a new key');
	await terminal.press('Ctrl+U', 'edit');
	await terminal.see('› e        change name');
});

test('arrows choose, Esc closes, and letters are no shortcuts', async () => {
	const {context} = await world({sandbox: false, keys: two});
	const {terminal} = await openApp(context);
	await terminal.press(':', 'Down', 'Down', 'Up');
	expect(terminal.screen).toMatch(/^› n /m);
	await terminal.press('q');
	await terminal.see(': q', '› q');
	await terminal.press('Esc');
	await terminal.see('2 keys', 'API Keys Management');
	expect(terminal.screen).not.toContain('Actions');
	expect(context.vault.isOpen()).toBe(true);
});

test('all at once, as a slow link brings it, does the same', async () => {
	const {context} = await world({sandbox: false, keys: two});
	const {terminal} = await openApp(context);
	await terminal.send(':view sec\rj');
	await terminal.settle();
	await terminal.see('hidden again in', '9F86D081884C7D659A2FEAA0C55AD015');
});

test('what cannot be done now says why, and stays to be seen', async () => {
	const {context} = await world({sandbox: false, keys: two});
	const {terminal} = await openApp(context, {columns: 120});
	await terminal.press('/', 'bot2', 'Enter', ':', 'test the key');
	await terminal.see('test the key live  ! It is revoked');
	await terminal.press('Enter');
	await terminal.see('! It is revoked: the exchange no longer knows it.', ': test the key');
	await terminal.press('Esc', ':', 'nothing like it');
	await terminal.see('No action matches.');
	await terminal.press('Enter');
	await terminal.see('No action matches.');
});

test('where there is no room for both, the reason stands whole and the action has its short name', async () => {
	const {context} = await world({sandbox: false, keys: two});
	const {terminal} = await openApp(context, {columns: 80});
	await terminal.press(':', 'declare what');
	await terminal.see('a        accept  ! The last test saw no difference to accept.');
});

test('under --readonly what changes something is named with the reason, and not done', async () => {
	const {context} = await world({readonly: true});
	const {terminal} = await openApp(context);
	await terminal.press(':', 'make', 'Enter');
	await terminal.see('Nothing is changed under --readonly.', ': make');
});

test('an action of a screen that does something else each time is named as it is now', async () => {
	const {context} = await world({
		sandbox: false,
		keys: [storedKey({site: 'http://127.0.0.1:1'}), storedKey({id: 'b2', name: 'bot2'})],
	});
	const {terminal} = await openApp(context);
	await terminal.press(':', 'test all', 'Enter');
	await terminal.see('› Test all');
	await terminal.press(':', 'failures');
	await terminal.see('f        only failures');
});

test('a question is answered where it is asked', async () => {
	const {context} = await world({sandbox: false, keys: two});
	const {terminal} = await openApp(context);
	await terminal.press('D');
	await terminal.see('Remove bot1');
	await terminal.press(':');
	await terminal.see('Remove bot1');
	expect(terminal.screen).not.toContain('Actions');
});

test('what was typed below it is there again', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', ':');
	await terminal.see('› Actions');
	await terminal.press('Esc', 'PgUp');
	await terminal.see('gridbot', 'step 1 of 6');
});

test('Ctrl+P opens it where text is typed, with the keys that work there, and keeps the text', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'Ctrl+P');
	await terminal.see('› Actions', 'Enter    next', 'Ctrl+C   quit');
	expect(terminal.screen).not.toContain('lock the vault');
	await terminal.press('Ctrl+P', 'next step');
	await terminal.see(': next step', '› PgDn ');
	await terminal.press('Enter');
	await terminal.see('step 2 of 6');
	expect(terminal.screen).not.toContain('› Actions');
	await terminal.press('PgUp');
	await terminal.see('gridbot', 'step 1 of 6');
});

test('the sandbox is told what to rehearse by name, says so on every screen, and is told to stop', async () => {
	const {context} = await world();
	const faults = faultsNamed('50113', 'captive-portal');
	const {terminal} = await openApp({...context, faults});
	await terminal.press(':', 'rehearse');
	await terminal.see('Rehearse 50113: what 50113 does', 'Rehearse captive-portal');
	expect(terminal.screen).not.toContain('Rehearse nothing');
	await terminal.press(' 50113', 'Enter');
	await terminal.see('SANDBOX: 50113', 'The sandbox now rehearses 50113');
	expect(faults.current()).toBe('50113');
	await terminal.press('Enter', ':', 'rehearse');
	await terminal.see('SANDBOX: 50113', '● Rehearse 50113');
	await terminal.press(' nothing', 'Enter');
	await terminal.see('The sandbox works as it should again.');
	expect(terminal.screen).not.toContain('SANDBOX:');
	expect(faults.current()).toBeUndefined();
});

test('a word that resembles only the sentence about a failure is not taken for it', async () => {
	const {context} = await world();
	const {terminal} = await openApp({...context, faults: faultsNamed('other-account')});
	await terminal.press(':', 'rhrsotac');
	await terminal.see('No action matches.');
	await terminal.press('Ctrl+U', 'othrac');
	await terminal.see('Rehearse other-account');
});

test('outside the sandbox nothing is rehearsed', async () => {
	const {context} = await world({sandbox: false, keys: two});
	const {terminal} = await openApp(context);
	await terminal.press(':', 'rehearse');
	await terminal.see('No action matches.');
});

test('a long name of a failure leaves room for the way here and the countdown', async () => {
	const {context} = await world();
	const faults = faultsNamed('permission-appeared');
	faults.set('permission-appeared');
	const {terminal} = await openApp({...context, faults}, {columns: 40, rows: 12});
	await terminal.see('SANDBOX: perm', 'lock 10m');
	expect(terminal.lines[0]!.length).toBeLessThanOrEqual(40);
});
