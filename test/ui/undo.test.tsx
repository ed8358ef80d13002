import {expect, test} from 'vitest';
import {withChangedKey} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

const keys = [
	storedKey({name: 'alpha', tags: ['eu']}),
	storedKey({id: 'b2', name: 'beta', credential: credentialWith({apiKey: 'other'})}),
];

test('u in the list undoes the removal, u on the key the edit before it, and each says what it undid', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('e', 'Down', 'Down', 'Down', 'Ctrl+U', 'night', 'PgDn');
	await terminal.see('This would change alpha', '- eu', '+ night');
	await terminal.press('y');
	await terminal.see('alpha is changed in this vault.');
	await terminal.press('D', 'y');
	await terminal.see('alpha is in the trash of this vault.', 'later, okx-keys restore-key alpha does.');
	await terminal.press('u');
	await terminal.see('Undone: alpha is back from the trash.', '2 keys');
	await terminal.press('Up', 'Enter', 'u');
	await terminal.see('Undone: tags of alpha.', 'night → eu');
	expect(context.vault.read().keys[0]).toMatchObject({name: 'alpha', tags: ['eu'], trashedAt: null});
	await terminal.press('u');
	await terminal.see('There is nothing to undo.');
});

test('what was changed elsewhere meanwhile stays, and that is said', async () => {
	const {context, elsewhere} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('D', 'y');
	await terminal.see('alpha is in the trash');
	const other = await elsewhere();
	await other.change(content => withChangedKey(content, 'a1', key => ({...key, trashedAt: 5})));
	other.lock();
	await terminal.press('u');
	await terminal.see('Nothing was undone: alpha was moved since, and stays where it is.');
	expect(context.vault.read().keys[0]!.trashedAt).toBe(5);
});

test('the palette names what would be undone, and why nothing can be', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press(':', 'undo');
	await terminal.see('u        undo  ! There is nothing to undo.');
	await terminal.press('Esc', 'D', 'y');
	await terminal.see('alpha is in the trash');
	await terminal.press(':', 'undo');
	await terminal.see('u        undo: removal of alpha');
});
