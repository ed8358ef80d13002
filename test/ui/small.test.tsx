import {expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world, worldPassphrase} from '../helpers/world.ts';

const smallest = {columns: 40, rows: 12};

test('in the smallest window whatever has the keyboard is in sight, from Setup to a tested key', async () => {
	const {context} = await world({isOpen: false});
	const {terminal} = await openApp(context, smallest);
	await terminal.see('› Passphrase');
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('› The same again');
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('Your recovery key', 'I have written it down');
	await terminal.press('w', 'n', 'gridbot', 'Enter');
	await terminal.see('› Description');
	await terminal.press('Enter');
	await terminal.see('› Account');
	await terminal.press('Enter');
	await terminal.see('› Type');
	await terminal.press('Enter');
	await terminal.see('› Environment', '● live');
	await terminal.press('Enter');
	for (const check of ['› [ ] Trade', '› [ ] Withdraw', '› [ ] Select all']) {
		await terminal.see(check);
		await terminal.press('Down');
	}

	await terminal.press('Enter');
	await terminal.see('› IP addresses');
	await terminal.press('127.0.0.1', 'Enter', 'Down', 'Enter');
	await terminal.see('› Type it');
	await terminal.press('Correct-Horse9', 'Enter');
	await terminal.see('› The same again');
	await terminal.press('Correct-Horse9', 'Enter');
	await terminal.see('Review', 'y yes, create it');
	await terminal.press('y');
	await terminal.see('API key and secret', 'I have saved them');
	await terminal.press('s', 't');
	await terminal.see('The key works: read.');
	expect(liveKeys(context.vault.read()).map(({name}) => name)).toContain('gridbot');
});

test('in the smallest window a dangerous question is whole, and its name field too', async () => {
	const manager = storedKey({id: 'manager', name: 'manager', permissions: ['read', 'trade'], ip: ['203.0.113.7']});
	const sub = storedKey({id: 'sub', name: 'abcdefghij', account: {kind: 'sub', subAccount: 'quantdesk01'}});
	const {context} = await world({sandbox: false, keys: [manager, sub]});
	const {terminal} = await openApp(context, smallest);
	await terminal.press('x');
	await terminal.see('Revoke abcdefghij', 'cannot be brought', 'Type its name', '› Name', 'Esc no');
	await terminal.press('Esc', 'D');
	await terminal.see('Remove abcdefghij', 'not told', 'y yes', 'n no');
});
