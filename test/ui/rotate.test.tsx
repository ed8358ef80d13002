import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {createKey} from '../../source/actions/create.ts';
import {beginRotation} from '../../source/actions/rotate.ts';
import {Secret} from '../../source/core/secret.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

async function gridIn(context: Context) {
	return createKey(context, {
		name: 'grid',
		description: '',
		type: 'api',
		permissions: ['trade'],
		ip: ['127.0.0.1'],
		passphrase: new Secret('Correct-Horse9!'),
		environment: 'live',
		target: {kind: 'sub', subAccount: 'gridbots01', using: context.vault.read().keys[0]!.id},
	});
}

test('R puts a new key in the place of the selected one, and R again revokes the old one', async () => {
	const {context} = await world();
	const {id} = await gridIn(context);
	const {terminal} = await openApp(context);
	await terminal.press('R');
	await terminal.see('Rotate grid?');
	await terminal.press('y');
	await terminal.see('grid is the new key now; the old one is grid-old.', 'grid-old');
	await terminal.press('R');
	await terminal.see('Revoke grid-old, which was rotated?');
	await terminal.press('y');
	await terminal.see('grid is rotated: the old key is revoked');
	expect(terminal.screen).not.toContain('grid-old');
	expect(context.vault.read().keys.find(key => key.id === id)).toMatchObject({status: 'revoked', name: 'grid'});
	expect(context.vault.read().operations).toBeUndefined();
});

test('R names the commands where a rotation was cut off', async () => {
	const {context} = await world();
	const {id} = await gridIn(context);
	await beginRotation(context, id);
	const {terminal} = await openApp(context);
	await terminal.press('R');
	await terminal.see('Its rotation was cut off', 'rotate grid --continue', 'rotate grid --abort');
});

test('R names the command where no API makes the key', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey({name: 'paper', environment: 'demo'})]});
	const {terminal} = await openApp(context);
	await terminal.press('R');
	await terminal.see('No API makes this key', 'rotate paper');
});
