import {describe, expect, test} from 'vitest';
import {acceptListed} from '../../source/actions/inventory/accept-listed.ts';
import {deleteListed} from '../../source/actions/inventory/delete.ts';
import {importListed, nameFor} from '../../source/actions/inventory/import-listed.ts';
import type {InventoryEntry} from '../../source/actions/inventory/inventory.ts';
import {forgetKnown, knownElsewhere, noteKnown} from '../../source/actions/inventory/known.ts';
import {liveKeys} from '../../source/actions/keys.ts';
import {failureOf} from '../helpers/fakes.ts';
import {creation, credentialWith} from '../helpers/keys.ts';
import {entriesOf, inventoryWorld, keyOfDesk, listedKey, manager, now, refusal, statesOf} from './inventories.ts';

const ofDesk = {account: {kind: 'sub', subAccount: 'desk', mainUid: '1'}, site: 'global'} as const;

function world(...labels: readonly string[]) {
	return inventoryWorld({keys: [manager]}, {desk: {keys: labels.map(label => listedKey(label))}});
}

async function only(fake: ReturnType<typeof world>): Promise<InventoryEntry> {
	const [entry, ...rest] = (await entriesOf(fake.context)).filter(({state}) => state !== 'agrees');
	expect(rest).toEqual([]);
	return entry!;
}

describe('deleting', () => {
	test('deletes each key, and records which', async () => {
		const fake = world('a', 'b', 'c');
		const entries = await entriesOf(fake.context);
		const done: number[] = [];
		const recorded: string[] = [];
		const {vault} = fake.context;
		const change: typeof vault.change = async (change, options) => {
			recorded.push(...(options?.activity?.events ?? []).map(({what, detail}) => `${what} ${detail}`));
			return vault.change(change, options);
		};
		const context = {...fake.context, vault: {...vault, change}};
		const deletions = await deleteListed(context, entries.slice(0, 2), {onDone: count => void done.push(count)});
		expect(deletions.map(({outcome}) => outcome)).toEqual(['deleted', 'deleted']);
		expect(done).toEqual([1, 2]);
		expect(fake.rooms['desk']!.keys.map(({label}) => label)).toEqual(['c']);
		expect(recorded).toEqual(['deleted-on-exchange desk/a', 'deleted-on-exchange desk/b']);
	});

	test.each([
		['in the trash', {trashedAt: 1}, {trashedAt: 1, status: 'revoked'}],
		['revoked here', {status: 'revoked'}, {trashedAt: null, status: 'revoked'}],
	] as const)('a key that is %s leaves it revoked', async (_, wanted, left) => {
		const fake = inventoryWorld({keys: [manager, keyOfDesk('a', wanted)]}, {desk: {keys: [listedKey('a')]}});
		await deleteListed(fake.context, [await only(fake)]);
		expect(fake.vault.read().keys[1]).toMatchObject(left);
		expect(await statesOf(fake.context)).toEqual([]);
	});

	test('what a cut-off creation has left ends its note, whether the exchange has it or not', async () => {
		for (const keys of [[], [listedKey('half')]]) {
			const operations = [creation({name: 'half', label: 'half', ...ofDesk}, {id: 'h', startedAt: now})];
			const fake = inventoryWorld({keys: [manager], operations}, {desk: {keys}});
			await deleteListed(fake.context, [await only(fake)]);
			expect(fake.rooms['desk']!.keys).toEqual([]);
			expect(fake.vault.read().operations).toBeUndefined();
		}
	});

	test('a key that is kept elsewhere forgets its note', async () => {
		const fake = world('a');
		await noteKnown(fake.context, [await only(fake)], 'Anna');
		await deleteListed(fake.context, [await only(fake)]);
		expect(fake.vault.read()).not.toHaveProperty('elsewhere');
	});

	test('never deletes a key that another program has stored meanwhile', async () => {
		const fake = world('a');
		const entry = await only(fake);
		fake.vault.behindOurBack(content => ({...content, keys: [...content.keys, keyOfDesk('a')]}));
		const [deletion] = await deleteListed(fake.context, [entry]);
		expect(deletion).toMatchObject({outcome: 'failed', error: {code: 'listed-key-in-use'}});
		expect(fake.rooms['desk']!.keys).toHaveLength(1);
	});

	test('goes on after a key that fails, and says why: a frozen sub-account, a key without its list, one that is gone', async () => {
		const fake = world('a', 'b', 'c', 'd');
		const entries = await entriesOf(fake.context);
		const codes = ['59508', '50035', '59506'];
		fake.hooks.before = name => {
			const code = name === 'deleteSubKey' ? codes.shift() : undefined;
			if (code !== undefined) throw refusal(code);
		};
		const deletions = await deleteListed(fake.context, entries);
		expect(deletions.map(({outcome}) => outcome)).toEqual(['failed', 'failed', 'already-gone', 'deleted']);
		expect(deletions[0]!.error?.message).toContain('The sub-account is suspended.');
		expect(deletions[1]!.error?.message).toContain('The managing key main was refused');
	});

	test('stops on demand between two keys, and leaves the rest', async () => {
		const fake = world('a', 'b');
		const stop = new AbortController();
		const deletions = await deleteListed(fake.context, await entriesOf(fake.context), {
			signal: stop.signal,
			onDone() {
				stop.abort();
			},
		});
		expect(deletions.map(({error}) => error?.code)).toEqual([undefined, 'aborted']);
		expect(await statesOf(fake.context)).toEqual(['desk/b unknown']);
	});

	test('is refused where the managing key is frozen or removed meanwhile', async () => {
		const fake = world('a');
		const entries = await entriesOf(fake.context);
		fake.vault.behindOurBack(content => ({...content, keys: [{...manager, status: 'frozen', freeze: {at: 1}}]}));
		expect((await deleteListed(fake.context, entries))[0]!.error?.code).toBe('key-frozen');
		fake.vault.behindOurBack(content => ({...content, keys: []}));
		expect((await deleteListed(fake.context, entries))[0]!.error?.code).toBe('key-gone');
	});
});

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
