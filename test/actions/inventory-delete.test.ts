import {describe, expect, test} from 'vitest';
import {deleteListed} from '../../source/actions/inventory/delete.ts';
import type {InventoryEntry} from '../../source/actions/inventory/inventory.ts';
import {noteKnown} from '../../source/actions/inventory/known.ts';
import {creation} from '../helpers/keys.ts';
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

	test('goes on after a key that fails, and says why', async () => {
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
