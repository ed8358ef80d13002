import {describe, expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {acceptListed} from '../../source/actions/inventory/accept-listed.ts';
import {deleteListed} from '../../source/actions/inventory/delete.ts';
import {importListed} from '../../source/actions/inventory/import-listed.ts';
import {isDeletable, type InventoryEntry} from '../../source/actions/inventory/inventory.ts';
import {creation, credentialWith} from '../helpers/keys.ts';
import {cutsOf, cuttingOff, never} from './cutting-off.ts';
import {entriesOf, inventoryWorld, keyOfDesk, listedKey, manager, now, statesOf} from './inventories.ts';

const ofDesk = {account: {kind: 'sub', subAccount: 'desk', mainUid: '1'}, site: 'global'} as const;

/** A key of each kind that may be deleted, beside one that may not. */
function strays() {
	return inventoryWorld(
		{
			keys: [manager, keyOfDesk('grid'), keyOfDesk('binned', {trashedAt: 1})],
			operations: [
				creation({name: 'half', label: 'half', ...ofDesk}, {id: 'h', startedAt: now}),
				creation({name: 'never', label: 'never', ...ofDesk}, {id: 'n', startedAt: now}),
			],
			elsewhere: [{site: 'global', environment: 'live', apiKey: 'api-anna', note: '', at: 1}],
		},
		{desk: {keys: ['grid', 'stray', 'binned', 'half', 'anna'].map(label => listedKey(label))}},
	);
}

async function deleteAll(context: Context, entries: readonly InventoryEntry[]) {
	return deleteListed(
		context,
		entries.filter(entry => isDeletable(entry)),
	);
}

const fake = strays();
const whole = cuttingOff(fake, never);
await deleteAll(whole.cut, await entriesOf(fake.context));

test('a deletion asks and saves at least as often as it has keys', () => {
	expect(whole.events.filter(name => name === 'deleteSubKey')).toHaveLength(4);
	expect(whole.events.filter(name => name === 'save')).toHaveLength(5);
});

describe.each(cutsOf(whole.events))('a deletion that is $how event $event ($name)', cut => {
	test('ends in the next run, with nothing deleted twice and the key in use left alone', async () => {
		const fake = strays();
		const deleted: string[] = [];
		const {context} = fake;
		const counting: Context = {
			...context,
			exchange: {
				...context.exchange,
				async call(name, parameters, ...given) {
					const before = fake.rooms['desk']!.keys.length;
					const answer = await context.exchange.call(name, parameters, ...given);
					if (fake.rooms['desk']!.keys.length < before) deleted.push((parameters as {apiKey: string}).apiKey);
					return answer;
				},
			},
		};
		const begun = await entriesOf(counting);
		await deleteAll(cuttingOff({...fake, context: counting}, cut).cut, begun).catch(() => undefined);
		await deleteAll(counting, await entriesOf(counting));
		expect(deleted.toSorted()).toEqual(['api-anna', 'api-binned', 'api-half', 'api-stray']);
		expect(fake.rooms['desk']!.keys.map(({label}) => label)).toEqual(['grid']);
		expect(await statesOf(context)).toEqual([]);
		expect(fake.vault.read().operations).toBeUndefined();
		expect(fake.vault.read().keys.map(({name}) => name)).toEqual(['main', 'grid', 'binned']);
	});
});

const tasks = {
	async import(context: Context) {
		const entry = (await entriesOf(context)).find(({state}) => state === 'unknown');
		const credential = credentialWith({apiKey: 'api-a'});
		if (entry) await importListed(context, entry, credential, {name: 'a', test: false});
	},
	async accept(context: Context) {
		for (const entry of await entriesOf(context)) if (entry.state !== 'agrees') await acceptListed(context, entry);
	},
};
const contents = {
	import: [],
	accept: [keyOfDesk('a', {status: 'revoked', trashedAt: 1}), keyOfDesk('b'), keyOfDesk('c', {ip: []})],
};
const worldOf = (task: keyof typeof tasks) =>
	inventoryWorld(
		{keys: [manager, ...contents[task]]},
		{desk: {keys: [listedKey('a'), ...(task === 'accept' ? [listedKey('c')] : [])]}},
	);
const cuts = (
	await Promise.all(
		(['import', 'accept'] as const).map(async task => {
			const {cut, events} = cuttingOff(worldOf(task), never);
			await tasks[task](cut);
			return cutsOf(events).map(({name, event, how}) => ({name, event, how, task}));
		}),
	)
).flat();

describe.each(cuts)('$task that is $how event $event ($name)', ({task, ...cut}) => {
	test('ends in the next run with vault and exchange agreeing', async () => {
		const fake = worldOf(task);
		const {context, calls} = fake;
		await tasks[task](cuttingOff(fake, cut).cut).catch(() => undefined);
		await tasks[task](context);
		expect(await statesOf(context)).toEqual([]);
		expect(context.vault.read().keys.filter(({credential}) => credential.apiKey === 'api-a')).toHaveLength(1);
		expect(calls.filter(name => name !== 'subAccounts' && name !== 'subKeys')).toEqual([]);
	});
});
