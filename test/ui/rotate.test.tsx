import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {createKey} from '../../source/actions/create.ts';
import {beginRotation, handOver} from '../../source/actions/rotate.ts';
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
	await terminal.see('grid is the new key. The old one is grid-old', 'nothing that was given the old key');
	await terminal.press('Enter');
	await terminal.see('Revoke grid-old, which was rotated?');
	await terminal.press('y');
	await terminal.see('grid is rotated: the old key is revoked');
	expect(terminal.screen).not.toContain('grid-old');
	expect(context.vault.read().keys.find(key => key.id === id)).toMatchObject({status: 'revoked', name: 'grid'});
	expect(context.vault.read().operations).toBeUndefined();
});

test('R goes on with a rotation that was cut off', async () => {
	const {context} = await world();
	const {id} = await gridIn(context);
	await beginRotation(context, id);
	const {terminal} = await openApp(context);
	await terminal.press('R');
	await terminal.see('The rotation of grid was cut off.', '● go on');
	await terminal.press('Enter');
	await terminal.see('Go on with the rotation of grid?');
	await terminal.press('y');
	await terminal.see('grid is the new key now; the old one is grid-old.', '3 keys');
});

test.each([
	['before the hand-over', false],
	['after the hand-over', true],
])('R undoes a rotation %s, and says so', async (_, isHandedOver) => {
	const {context} = await world();
	const {id} = await gridIn(context);
	const begun = await beginRotation(context, id);
	if (isHandedOver) await handOver(context, begun, {test: false});
	const {terminal} = await openApp(context);
	await terminal.press('R', 'Down', 'Enter');
	await terminal.see(`Undo the rotation of ${isHandedOver ? 'grid' : 'grid-new'}?`);
	await terminal.press('y');
	await terminal.see('grid is the old key again, as it was.', '2 keys');
	expect(context.vault.read().keys.find(key => key.id === id)).toMatchObject({status: 'active', name: 'grid'});
	expect(context.vault.read().operations).toBeUndefined();
});

test('the screen of a rotation names who has the old key still, and who was given the new one', async () => {
	const {context} = await world();
	const {id} = await gridIn(context);
	const {newId} = await handOver(context, await beginRotation(context, id), {test: false});
	const at = Date.UTC(2026, 0, 1);
	await context.vault.change(content => ({
		...content,
		keys: content.keys.map(key => {
			if (key.id === id) return {...key, uses: ['bot.py', 'freqtrade'].map(program => ({at, by: 'exec', program}))};
			return key.id === newId ? {...key, uses: [{at, by: 'exec', program: 'bot.py'}]} : key;
		}),
	}));
	const {terminal} = await openApp(context, {columns: 60, rows: 20});
	await terminal.press('R');
	await terminal.see(
		'! freqtrade, 2026-01-01 00:00; not the new key yet',
		'✓ bot.py, 2026-01-01 00:00; the new key 2026-01-01 00:00',
		'● revoke the old key',
	);
});

test('R names the command where no API makes the key', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey({name: 'paper', environment: 'demo'})]});
	const {terminal} = await openApp(context);
	await terminal.press('R');
	await terminal.see('No API makes this key', 'rotate paper');
});
