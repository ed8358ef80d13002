import fs from 'node:fs';
import {describe, expect, test, vi} from 'vitest';
import {withChangedKey} from '../../source/actions/keys.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import type {SealedStore} from '../../source/vault/store/store.ts';
import {vaultIn, type Vault} from '../../source/vault/vault.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {stopTime} from '../helpers/time.ts';
import {world, worldPassphrase} from '../helpers/world.ts';
import {adding} from '../vault/world.ts';

/** How often a screen looks at the file, ms. */
const refreshMs = 10;

/** The same vault, and what waits until it has been looked at so often once more, each look having come to its end. */
function lookedAt(vault: Vault): {readonly vault: Vault; readonly looks: (more: number) => Promise<void>} {
	let looked = 0;
	return {
		vault: {
			...vault,
			refresh: async () =>
				vault.refresh().finally(() => {
					looked++;
				}),
		},
		async looks(more) {
			const wanted = looked + more;
			await vi.waitUntil(() => looked >= wanted, {timeout: 10_000, interval: refreshMs});
		},
	};
}

async function opened() {
	const {context, elsewhere} = await world({
		sandbox: false,
		keys: [
			storedKey({environment: 'demo', description: 'first'}),
			storedKey({
				id: 'b2',
				name: 'bot2',
				environment: 'demo',
				credential: {...storedKey().credential, apiKey: 'another'},
			}),
		],
	});
	const {vault, looks} = lookedAt(context.vault);
	const {terminal, app} = await openApp({...context, vault}, {refreshMs});
	await terminal.see('2 keys');
	return {context, vault, file: vault.path, elsewhere, terminal, app, looks};
}

/** What another program makes of a key. */
async function changes(vault: Vault, id: string, change: Partial<StoredKey>): Promise<void> {
	await vault.change(content => withChangedKey(content, id, key => ({...key, ...change})));
}

describe('a change made by another program', () => {
	test('is followed by the list', async () => {
		const {elsewhere, terminal} = await opened();
		const other = await elsewhere();
		await other.change(adding('another'));
		await terminal.see('3 keys', 'another');
		await changes(other, 'another', {trashedAt: 1});
		await terminal.see('2 keys');
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

describe('the file of an open vault', () => {
	test('that vanishes is told once; what was read stays, and nothing can be changed until it is back', async () => {
		stopTime('Date');
		const {vault, file, terminal, looks} = await opened();
		await terminal.press('e', 'Tab', ' half', 'PgDn');
		await terminal.see('+ first half');
		fs.renameSync(file, `${file}.away`);
		await terminal.see('has disappeared since it was', 'READ-ONLY');
		await terminal.press('y');
		await terminal.see('Nothing can be changed now.', '+ first half');
		// A message that has stayed for its time goes with the next key.
		vi.setSystemTime(Date.now() + 1500);
		await terminal.press('Esc', 'Down');
		await looks(3);
		await terminal.settle();
		expect(terminal.screen).not.toContain('disappeared');
		await terminal.see('first half', 'READ-ONLY');

		fs.renameSync(`${file}.away`, file);
		await terminal.see('The vault is back; changes are saved again.');
		expect(terminal.screen).not.toContain('READ-ONLY');
		await terminal.press('PgDn', 'y');
		await terminal.see('is changed in this vault');
		expect(vault.read().keys.find(({id}) => id === 'a1')?.description).toBe('first half');
	});

	test.each([
		['is damaged', 'is damaged', (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
		['is something else', 'is not a vault', () => Buffer.from('hello')],
	])('that %s is told, and nothing is written over it', async (_, words, change) => {
		const {file, terminal} = await opened();
		const good = fs.readFileSync(file);
		const bad = change(good);
		fs.writeFileSync(file, bad);
		await terminal.see(words, 'READ-ONLY', '2 keys', 'Keep this open');
		await terminal.press('D');
		await terminal.see('Nothing can be changed now.');
		expect(fs.readFileSync(file).equals(bad)).toBe(true);
		fs.writeFileSync(file, good);
		await terminal.see('The vault is back');
	});

	test('rollback: that becomes older is told, and the newer one stays in sight', async () => {
		const {elsewhere, file, terminal} = await opened();
		const older = fs.readFileSync(file);
		const other = await elsewhere();
		await other.change(adding('late'));
		await terminal.see('3 keys');
		fs.writeFileSync(file, older);
		await terminal.see('is an older copy', 'READ-ONLY', '3 keys', 'late');
	});

	test('with a new passphrase is the same vault: the session goes on, and only the new one unlocks it', async () => {
		const {elsewhere, terminal} = await opened();
		const other = await elsewhere();
		await other.changePassphrase(new Secret('another passphrase altogether'));
		await other.change(adding('late'));
		await terminal.see('3 keys');
		expect(terminal.screen).not.toContain('READ-ONLY');
		await terminal.press('L', worldPassphrase, 'Enter');
		await terminal.see('Wrong passphrase');
		await terminal.press('another passphrase altogether', 'Enter');
		await terminal.see('3 keys');
	});

	test('with one way in less is the same vault', async () => {
		const {elsewhere, context, terminal} = await opened();
		const other = await elsewhere();
		const slot = other.slots().find(({type}) => type === 'recovery')!;
		await other.removeSlot(slot.id);
		await vi.waitFor(() => {
			expect(context.vault.slots()).toHaveLength(1);
		});
		await terminal.see('2 keys');
		expect(terminal.screen).not.toContain('READ-ONLY');
	});

	test('with a new key locks the vault, and says why', async () => {
		const {elsewhere, context, terminal} = await opened();
		const other = await elsewhere();
		await other.rekey([{source: {type: 'passphrase', passphrase: new Secret(worldPassphrase)}, label: ''}]);
		await terminal.see(
			'Unlock your vault',
			'Locked: ',
			'was given a new key, or',
			'Unlock it with its current passphrase.',
		);
		expect(context.vault.isOpen()).toBe(false);
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('2 keys');
	});

	test('with a new key locks it only once nothing that was typed would be lost', async () => {
		const {elsewhere, context, terminal, looks} = await opened();
		await terminal.press('e', 'Tab', ' half');
		const other = await elsewhere();
		await other.rekey([{source: {type: 'passphrase', passphrase: new Secret(worldPassphrase)}, label: ''}]);
		await terminal.see('was given a new key', 'READ-ONLY');
		await looks(5);
		await terminal.see('first half');
		expect(context.vault.isOpen()).toBe(true);
		await terminal.press('Esc', 'y');
		await terminal.see('Locked: ', 'Unlock your vault');
	});
});
