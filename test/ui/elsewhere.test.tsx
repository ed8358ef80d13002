import {describe, expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import type {SealedStore} from '../../source/vault/store/store.ts';
import {vaultIn} from '../../source/vault/vault.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world, worldPassphrase} from '../helpers/world.ts';
import {adding} from '../vault/world.ts';
import {changes, lookedAt, opened, refreshMs} from './elsewhere.ts';

describe('a change made by another program', () => {
	test('is followed by the list', async () => {
		const {elsewhere, terminal} = await opened();
		const other = await elsewhere();
		await other.change(adding('another'));
		await terminal.see('3 keys', 'another');
		await changes(other, 'another', {trashedAt: 1});
		await terminal.see('2 keys');
	});

	test('is followed as soon as the file system tells of it', async () => {
		const {context, elsewhere} = await world({sandbox: false, keys: [storedKey({environment: 'demo'})]});
		const {terminal} = await openApp(context, {refreshMs: 600_000});
		await terminal.see('1 key');
		const other = await elsewhere();
		await other.change(adding('another'));
		await terminal.see('2 keys', 'another');
		await other.change(adding('third'));
		await terminal.see('3 keys');
	});

	test('is looked for without reading the file or writing to the terminal while there is none', async () => {
		const {context, file} = await opened();
		const {clock, random} = context;
		const store = fileStoreAt({path: file, clock, lockWaitMs: 5000});
		let [looked, read] = [0, 0];
		const counted: SealedStore = {
			...store,
			version() {
				looked++;
				return store.version();
			},
			async read() {
				read++;
				return store.read();
			},
		};
		const {vault, looks} = lookedAt(vaultIn({store: counted, clock, random}));
		await vault.unlock({passphrase: new Secret(worldPassphrase)});
		const {terminal} = await openApp({...context, vault}, {refreshMs});
		await terminal.see('2 keys');
		await looks(2);
		[looked, read] = [0, 0];
		const before = terminal.bytes;
		await looks(20);
		await terminal.settle();
		expect(terminal.bytes).toBe(before);
		expect(read).toBe(0);
		expect(looked).toBeGreaterThan(2);
		await context.vault.change(adding('another'));
		await terminal.see('3 keys');
		expect(read).toBe(1);
	});

	test('takes the place of what is untouched in an open form, and of nothing that was typed', async () => {
		const {elsewhere, vault, terminal} = await opened();
		await terminal.press('e', 'Tab', ' half');
		await terminal.see('first half');
		await changes(await elsewhere(), 'a1', {name: 'renamed', tags: ['night']});
		await terminal.see('Name            renamed', 'Tags            night', 'first half');
		expect(terminal.screen).not.toContain('Another program');
		await terminal.press('PgDn');
		await terminal.see('This would change renamed', '- first', '+ first half');
		await terminal.press('y');
		await terminal.see('renamed is changed');
		expect(vault.read().keys.find(({id}) => id === 'a1')).toMatchObject({
			name: 'renamed',
			tags: ['night'],
			description: 'first half',
		});
	});

	test('of what was typed here too is said in the form, and the difference is then to what is there now', async () => {
		const {elsewhere, vault, terminal} = await opened();
		await terminal.press('e', 'Tab', ' half');
		await changes(await elsewhere(), 'a1', {description: 'second'});
		await terminal.see('Another program has changed this key meanwhile: description.', 'first half');
		await terminal.press('PgDn');
		await terminal.see('- second', '+ first half');
		await terminal.press('y');
		await terminal.see('is changed in this vault');
		expect(vault.read().keys.find(({id}) => id === 'a1')?.description).toBe('first half');
	});

	test('after the difference was shown refuses the save, and what was typed is still there', async () => {
		const {elsewhere, vault, terminal, looks} = await opened();
		await terminal.press('e', 'Tab', ' half', 'PgDn');
		await terminal.see('- first', '+ first half');
		const other = await elsewhere();
		await changes(other, 'a1', {description: 'second'});
		await looks(3);
		await terminal.see('- first', '+ first half');
		await terminal.press('y');
		await terminal.see(
			'bot1 was changed by another program meanwhile: description.',
			'nothing was overwritten',
			'first half',
			'has changed this key meanwhile',
		);
		expect(vault.read().keys.find(({id}) => id === 'a1')?.description).toBe('second');
		await terminal.press('PgDn', 'y');
		await terminal.see('is changed in this vault');
		await other.refresh();
		expect(other.read().keys.find(({id}) => id === 'a1')?.description).toBe('first half');
	});

	test('of another key is no conflict: both survive', async () => {
		const {elsewhere, terminal} = await opened();
		await terminal.press('e', 'Tab', ' half', 'PgDn');
		await terminal.see('+ first half');
		const other = await elsewhere();
		await changes(other, 'b2', {description: 'other'});
		await terminal.press('y');
		await terminal.see('is changed in this vault');
		await other.refresh();
		expect(other.read().keys.map(({description}) => description)).toEqual(['first half', 'other']);
	});

	test('of permissions that are being chosen is said, and followed where nothing was chosen', async () => {
		const {elsewhere, terminal} = await opened();
		await terminal.press('p');
		await terminal.see('[ ] Trade');
		const other = await elsewhere();
		await changes(other, 'a1', {permissions: ['read', 'trade']});
		await terminal.see('[x] Trade');
		await terminal.press('Space');
		await terminal.see('[ ] Trade');
		await changes(other, 'a1', {permissions: ['read', 'trade', 'withdraw']});
		await terminal.see('changed this key meanwhile: permissions.', '[ ] Trade');
	});

	test('that takes away the key being edited is said when it is saved, and what was typed stays', async () => {
		const {elsewhere, terminal, looks} = await opened();
		await terminal.press('e', 'Tab', ' half');
		await changes(await elsewhere(), 'a1', {trashedAt: 1});
		await looks(3);
		await terminal.press('PgDn');
		await terminal.see('no longer in the vault', 'first half');
	});
});
