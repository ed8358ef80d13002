import {randomBytes} from 'node:crypto';
import {chmodSync, copyFileSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {readActivity} from '../../source/vault/activity/read.ts';
import {createVaultSession} from '../../source/vault/session.ts';
import {printKeyFile} from '../../source/vault/slots/key-file.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultUnlocking} from '../../source/vault/unlock-vault.ts';
import type {VaultContent} from '../../source/vault/vault.ts';
import {recorded} from '../helpers/activity.ts';
import {adding, newVault, openable, opener, temporaryFolder} from './world.ts';

const alice = {actor: () => ({user: 'alice', host: 'desk', client: '203.0.113.9'})};

/** A save by an earlier version, which keeps members that it does not know and records nothing. */
async function savedByEarlierVersion(path: string, change: (content: VaultContent) => VaultContent): Promise<void> {
	const session = createVaultSession({
		store: fileStoreAt({path, clock: Date.now}),
		random: randomBytes,
		record: content => content,
	});
	await vaultUnlocking(session)(opener);
	await session.exclusive(async ({state, save}) => save({content: change(state.content)}));
	session.lock();
}

describe('a vault', () => {
	test('records who did what to it and to its keys, with the save that does it', async () => {
		const {vault} = await newVault({keys: []}, alice);
		await vault.change(adding('a'));
		const {slot} = await vault.addSlot({type: 'keyfile', keyFile: printKeyFile(randomBytes(32))}, 'laptop');
		await vault.removeSlot(slot.id);
		await vault.changePassphrase(new Secret('another passphrase'));
		await vault.rekey([{source: {type: 'passphrase', passphrase: opener.passphrase}, label: ''}]);
		expect(recorded(vault.read())).toEqual([
			'vault-created',
			'added: a',
			'slot-added',
			'slot-removed',
			'passphrase-changed',
			'rekeyed',
		]);
		const {entries} = readActivity(vault.read());
		expect(entries[2]).toMatchObject({
			by: {user: 'alice', host: 'desk', client: '203.0.113.9'},
			detail: 'keyfile: laptop',
		});
	});

	test('gives what it has saved, and saves nothing for no change', async () => {
		const {vault, path} = await newVault({keys: []}, alice);
		const before = readFileSync(path);
		await vault.change(content => content, {activity: {events: []}});
		expect(readFileSync(path)).toEqual(before);
		expect(await vault.change(adding('a'))).toBe(vault.read());
	});

	test('keeps the entries of two programs that change it at once', async () => {
		const {vault, path} = await newVault({keys: []}, alice);
		const other = openable(path, {actor: () => ({user: 'bob', host: 'server'})});
		await other.unlock(opener);
		await Promise.all([vault.change(adding('a')), other.change(adding('b')), vault.change(adding('c'))]);
		await vault.refresh();
		expect(recorded(vault.read()).toSorted()).toEqual(['added: a', 'added: b', 'added: c', 'vault-created']);
		expect(readActivity(vault.read()).entries.find(({keys}) => keys?.[0]?.id === 'b')).toMatchObject({
			by: {user: 'bob'},
		});
	});

	test('keeps what was done since a copy when that is brought back, and records that it was', async () => {
		const {vault, path} = await newVault({keys: []}, alice);
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		await vault.change(adding('a'));
		const other = openable(path, alice);
		await (await other.openBackup(opener, file)).restore();
		expect(other.read().keys).toEqual([]);
		expect(recorded(other.read())).toEqual(['vault-created', 'added: a', 'vault-restored']);
		await other.change(adding('b'));
		expect(recorded(other.read()).slice(-2)).toEqual(['vault-restored', 'added: b']);
	});

	test('of an earlier version opens as before, and what it did not record is said once', async () => {
		const path = join(temporaryFolder(), 'vault.json');
		copyFileSync(join(import.meta.dirname, 'fixtures/golden.json'), path);
		chmodSync(path, 0o600);
		const vault = openable(path, alice);
		await vault.unlock({
			recoveryKey: new Secret('AE13-AH84-YC09-MZDB-XBKF-6JPW-ZQZ4-K392-NPQ2-BVPE-XF3N-ER0K-24TT-32QH'),
		});
		expect(readActivity(vault.read())).toEqual({entries: [], dropped: 0, breaks: []});
		await vault.change(adding('a'));
		await vault.change(adding('b'));
		expect(recorded(vault.read())).toEqual(['unrecorded', 'added: a', 'added: b']);
	});

	test('that an earlier version has saved keeps its record, and the saves without one are named', async () => {
		const {vault, path} = await newVault({keys: []}, alice);
		await savedByEarlierVersion(path, adding('a'));
		await savedByEarlierVersion(path, adding('b'));
		await vault.change(adding('c'));
		expect(recorded(vault.read())).toEqual(['vault-created', 'unrecorded', 'added: c']);
		expect(readActivity(vault.read()).entries[1]).toMatchObject({detail: '2-3'});
	});

	test('activity-dropped: whose record was taken away says so with the next save', async () => {
		const {vault, path} = await newVault({keys: []}, alice);
		await savedByEarlierVersion(path, ({keys, slots}) => ({keys, slots}));
		await vault.change(adding('a'));
		expect(recorded(vault.read())).toEqual(['unrecorded', 'added: a']);
	});

	test.each([
		['text', 'gone'],
		['a list', []],
		['chains of another form', {rev: 1, changes: {lines: [1]}, routine: {}}],
	])(
		'activity-malformed: %s in the place of its record is told, and the vault opens and saves',
		async (_form, activity) => {
			const {vault, path} = await newVault({keys: []}, alice);
			await savedByEarlierVersion(path, content => ({...content, activity}));
			await vault.refresh();
			expect(readActivity(vault.read()).breaks).toEqual([{kind: 'form'}]);
			await vault.change(adding('a'));
			expect(recorded(vault.read())).toEqual(['unrecorded', 'added: a']);
		},
	);
});
