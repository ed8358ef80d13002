import {describe, expect, test} from 'vitest';
import {acceptListed} from '../../source/actions/inventory/accept-listed.ts';
import {deleteListed} from '../../source/actions/inventory/delete.ts';
import {importListed, nameFor} from '../../source/actions/inventory/import-listed.ts';
import type {InventoryEntry} from '../../source/actions/inventory/inventory.ts';
import {forgetKnown, knownElsewhere, noteKnown} from '../../source/actions/inventory/known.ts';
import {liveKeys} from '../../source/actions/keys.ts';
import {failureOf} from '../helpers/fakes.ts';
import {credentialWith} from '../helpers/keys.ts';
import {entriesOf, inventoryWorld, keyOfDesk, listedKey, manager, now, statesOf} from './inventories.ts';

function world(...labels: readonly string[]) {
	return inventoryWorld({keys: [manager]}, {desk: {keys: labels.map(label => listedKey(label))}});
}

async function only(fake: ReturnType<typeof world>): Promise<InventoryEntry> {
	const [entry, ...rest] = (await entriesOf(fake.context)).filter(({state}) => state !== 'agrees');
	expect(rest).toEqual([]);
	return entry!;
}

describe('importing', () => {
	const credential = credentialWith({apiKey: 'api-a'});

	test('stores the key with its account and label, tested', async () => {
		const fake = world('a');
		const entry = await only(fake);
		await noteKnown(fake.context, [entry], '');
		await importListed(fake.context, entry, credential, {name: nameFor(fake.context, entry), test: false});
		expect(liveKeys(fake.vault.read())[0]).toMatchObject({
			name: 'a',
			label: 'a',
			account: {kind: 'sub', subAccount: 'desk', uid: '20', mainUid: '1'},
			permissions: ['read', 'trade'],
			ip: ['203.0.113.7'],
			createdAt: now - 1,
		});
		expect(await statesOf(fake.context)).toEqual([]);
		expect(fake.vault.read()).not.toHaveProperty('elsewhere');
	});

	test('stores nothing where the credential is that of another key', async () => {
		const fake = world('a');
		const other = credentialWith({apiKey: 'api-b'});
		const importing = importListed(fake.context, await only(fake), other, {name: 'a', test: false});
		expect(await failureOf(importing)).toBe('other-api-key');
		expect(fake.vault.writes).toBe(0);
	});

	test.each([
		['in the trash', {trashedAt: 1}],
		['revoked here', {status: 'revoked'}],
	] as const)('is refused for a key that is %s', async (_, wanted) => {
		const fake = inventoryWorld({keys: [manager, keyOfDesk('a', wanted)]}, {desk: {keys: [listedKey('a')]}});
		const importing = importListed(fake.context, await only(fake), credential, {name: 'b', test: false});
		expect(await failureOf(importing)).toBe('invalid');
	});

	test('offers its label as a name, if that can be one and is free', async () => {
		const names = await Promise.all(
			['grid', 'main', ' ', 'a'.repeat(51)].map(async label => {
				const fake = world(label);
				return nameFor(fake.context, await only(fake));
			}),
		);
		expect(names).toEqual(['grid', '', '', '']);
	});
});

describe('a key that is kept elsewhere', () => {
	test('is noted with a few words, and is unknown again on demand', async () => {
		const fake = world('a', 'b');
		await noteKnown(fake.context, await entriesOf(fake.context), ' Anna\u{A0}has it ');
		expect(knownElsewhere(fake.vault.read()).map(({note}) => note)).toEqual(['Anna has it', 'Anna has it']);
		expect(await statesOf(fake.context)).toEqual(['desk/a known', 'desk/b known']);
		await forgetKnown(fake.context, (await entriesOf(fake.context)).slice(0, 1));
		expect(await statesOf(fake.context)).toEqual(['desk/a unknown', 'desk/b known']);
	});

	test('has no note that is long or steers a terminal', async () => {
		const fake = world('a');
		for (const note of ['x'.repeat(101), 'a\u{1B}[2J'])
			expect(await failureOf(noteKnown(fake.context, await entriesOf(fake.context), note))).toBe('invalid');
	});

	test('keeps what a newer program has noted otherwise', async () => {
		const newer = {apiKey: 'x', because: 1} as never;
		const fake = inventoryWorld({keys: [manager], elsewhere: [newer]}, {desk: {keys: [listedKey('a')]}});
		await noteKnown(fake.context, [await only(fake)], '');
		await forgetKnown(fake.context, [await only(fake)]);
		expect(fake.vault.read().elsewhere).toEqual([newer]);
	});
});

describe('accepting', () => {
	const lastTest = {
		at: 1,
		ok: true,
		code: 0,
		cause: '',
		latencyMs: 1,
		live: {permissions: ['read'], ip: [], label: 'old', uid: '20', mainUid: '1', kycLv: '2'},
	} as const;

	test.each([
		['a difference', {permissions: ['read'], ip: [], label: 'b', lastTest}, ['a'], 'declared'],
		['a key that is gone', {}, [], 'marked-revoked'],
		['a key that is revoked here', {status: 'revoked'}, ['a'], 'in-use'],
		['a key that is in the trash', {trashedAt: 1}, ['a'], 'restored'],
	] as const)('%s ends it', async (_, wanted, labels, outcome) => {
		const fake = inventoryWorld(
			{keys: [manager, keyOfDesk('a', wanted)]},
			{desk: {keys: labels.map(label => listedKey(label))}},
		);
		expect(await acceptListed(fake.context, await only(fake))).toMatchObject({outcome, key: {name: 'a'}});
		expect(await statesOf(fake.context)).toEqual([]);
		const {status, lastTest: seen} = fake.vault.read().keys[1]!;
		expect(status).toBe(labels.length === 0 ? 'revoked' : 'active');
		if (outcome === 'declared') expect(seen?.live).toMatchObject({permissions: ['read', 'trade'], label: 'a'});
		expect(fake.calls).not.toContain('modifySubKey');
	});

	test('does not mark a key as revoked that the exchange has again', async () => {
		const fake = inventoryWorld({keys: [manager, keyOfDesk('a')]}, {desk: {keys: []}});
		const entry = await only(fake);
		fake.rooms['desk']!.keys.push(listedKey('a'));
		expect(await failureOf(acceptListed(fake.context, entry))).toBe('nothing-to-accept');
	});

	test('is refused where another program has changed the key meanwhile', async () => {
		const fake = inventoryWorld({keys: [manager, keyOfDesk('a', {ip: []})]}, {desk: {keys: [listedKey('a')]}});
		const entry = await only(fake);
		fake.vault.behindOurBack(content => ({...content, keys: [manager, keyOfDesk('a', {trashedAt: 1})]}));
		expect(await failureOf(acceptListed(fake.context, entry))).toBe('key-gone');
	});
});

test('changes nothing under --readonly', async () => {
	const fake = world('a');
	const context = {...fake.context, readonly: true};
	const entries = await entriesOf(context);
	expect(await failureOf(deleteListed(context, entries))).toBe('readonly');
	expect(await failureOf(noteKnown(context, entries, ''))).toBe('readonly');
	expect(await failureOf(acceptListed(context, entries[0]!))).toBe('readonly');
	const importing = importListed(context, entries[0]!, credentialWith({apiKey: 'api-a'}), {name: 'a', test: false});
	expect(await failureOf(importing)).toBe('readonly');
	expect(fake.calls).not.toContain('deleteSubKey');
});
