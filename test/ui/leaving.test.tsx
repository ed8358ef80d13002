import fs from 'node:fs';
import {expect, test} from 'vitest';
import {AppError} from '../../source/core/errors.ts';
import {liveKeys} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {stopTime} from '../helpers/time.ts';
import {slowly, world, worldPassphrase} from '../helpers/world.ts';

test('the recovery key is not lost by a q, an L or the lock that comes by itself', async () => {
	stopTime('Date');
	const {context} = await world({isOpen: false});
	const {terminal, pass} = await openApp(context, {lockAfterMs: 60_000, refreshMs: 10_000});
	await terminal.press(worldPassphrase, 'Enter', worldPassphrase, 'Enter');
	await terminal.see('Your recovery key');
	await terminal.press('q');
	await terminal.see('Leave now?', 'The recovery key is shown only now.');
	await terminal.press('n');
	await terminal.press('L');
	await terminal.see('Leave now?');
	await terminal.press('Esc');
	pass(120_000);
	await terminal.settle();
	await terminal.see('Your recovery key', 'w I have written it down');
	await terminal.press('w');
	await terminal.see('1 key');
});

test('what was typed in the wizard is not lost by a q on a step without a field', async () => {
	const {context} = await world();
	const {terminal, app} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', 'q');
	await terminal.see('Leave now?', 'What you have typed is lost.');
	await terminal.press('n');
	await terminal.see('step 2 of 6');
	const left = app.waitUntilExit();
	await terminal.press('q', 'y');
	await left;
});

test('letters and the Esc after them, which arrive in one piece, ask before the letters are lost', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n');
	await terminal.send('gridbot\u001B[27u');
	await terminal.see('Leave without saving?');
	await terminal.press('n');
	await terminal.see('gridbot');
});

test('a second y on the review does not dismiss the secrets unseen', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y', 'y', 'y');
	await terminal.see('step 6 of 6', 's I have saved them');
	await terminal.press('y', 'Enter', 'Esc');
	await terminal.see('step 6 of 6', 'Press s once you have saved them.');
});

test('Esc and help wait while a key is being made, so that its secrets come up where they belong', async () => {
	const {context} = await world();
	const {slow, release} = slowly(context);
	const {terminal} = await openApp(slow);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y');
	await terminal.see('Making it');
	await terminal.press('Esc', '?');
	await terminal.see('Finishing the current operation', 'step 5 of 6');
	release();
	await terminal.see('step 6 of 6', 'Secret key');
});

test('quitting during a save that fails says so and stays', async () => {
	const {context} = await world();
	const {slow, release} = slowly(context);
	const {terminal, app} = await openApp(slow);
	let hasLeft = false;
	const left = (async () => {
		await app.waitUntilExit();
		hasLeft = true;
	})();
	await terminal.press('D', 'y', 'Ctrl+C');
	await terminal.see('Finishing the current operation');
	release(new AppError('vault-busy', {path: '/somewhere'}));
	await terminal.see('Another program holds the vault');
	expect(hasLeft).toBe(false);
	expect(liveKeys(context.vault.read())).toHaveLength(1);
	await terminal.press('q');
	await left;
});

test('quitting while a key is being made shows its secrets first', async () => {
	const {context} = await world();
	const {slow, release} = slowly(context);
	const {terminal} = await openApp(slow);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y', 'q');
	await terminal.see('Finishing the current operation');
	release();
	await terminal.see('step 6 of 6', 'Secret key');
});

test('what was said of one screen is gone on the next', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('L');
	await terminal.see('Locked.');
	await terminal.press('wrong', 'Enter');
	await terminal.see('Wrong passphrase');
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('1 key');
	expect(terminal.screen).not.toMatch(/Locked\.|Wrong passphrase/);
});

test('a vault whose file has gone is told as missing, not made anew', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	fs.renameSync(context.vault.path, `${context.vault.path}.away`);
	await terminal.press('L');
	await terminal.see('The vault is not there', 'No earlier save of it is kept.');
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('There is no vault at');
});

test('a vault that another program has made meanwhile is unlocked instead', async () => {
	const {context} = await world({isOpen: false});
	const {terminal} = await openApp(context);
	const {
		context: {vault},
	} = await world();
	fs.copyFileSync(vault.path, context.vault.path);
	await terminal.press(worldPassphrase, 'Enter', worldPassphrase, 'Enter');
	await terminal.see('Unlock your vault', 'There is already a vault at');
});

test('a recovery key that is pasted in two rows, as it was shown, opens the vault', async () => {
	const {context, recoveryKey} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('L');
	await terminal.see('Unlock your vault');
	const groups = recoveryKey!.reveal().split('-');
	await terminal.paste(`  ${groups.slice(0, 7).join('-')}\n  ${groups.slice(7).join('-')}\n`);
	await terminal.press('Enter');
	await terminal.see('1 key');
});

test('a question names the key it is about, however it was reached', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('p');
	await terminal.see('Permissions of main');
	await terminal.press('Space', 'Enter');
	await terminal.see('This would change main');
});
