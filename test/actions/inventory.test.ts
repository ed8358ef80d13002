import {describe, expect, test} from 'vitest';
import {takeInventory} from '../../source/actions/inventory/take.ts';
import {nextCommands} from '../../source/actions/inventory/next-steps.ts';
import {countWords, entryWords, leftOutWords, unreadWords} from '../../source/actions/inventory/words.ts';
import type {RotateOperation} from '../../source/core/key/operation.ts';
import {failureOf} from '../helpers/fakes.ts';
import {creation, credentialWith, storedKey} from '../helpers/keys.ts';
import {entriesOf, inventoryWorld, keyOfDesk, listedKey, manager, now, refusal, statesOf} from './inventories.ts';

const ofDesk = {account: {kind: 'sub', subAccount: 'desk', mainUid: '1'}, site: 'global'} as const;
const rotation: RotateOperation = {
	kind: 'rotate',
	id: 'r',
	startedAt: now,
	name: 'turn',
	oldId: 'turn',
	newId: 'turn-new',
	step: 'creating',
};

describe('an inventory', () => {
	test('sets each key of the exchange beside the vault, and tells what is only here', async () => {
		const {context} = inventoryWorld(
			{
				keys: [
					manager,
					keyOfDesk('grid'),
					keyOfDesk('cold', {status: 'frozen', freeze: {at: 1}}),
					keyOfDesk('wide', {permissions: ['read']}),
					keyOfDesk('binned', {trashedAt: 1}),
					keyOfDesk('dead', {status: 'revoked'}),
					keyOfDesk('lost'),
					keyOfDesk('buried', {status: 'revoked', credential: credentialWith({apiKey: 'nowhere'})}),
					keyOfDesk('homeless', {account: {kind: 'sub', subAccount: 'closed', mainUid: '1'}}),
					keyOfDesk('turn'),
					keyOfDesk('turn-new'),
				],
				operations: [
					rotation,
					creation({name: 'half', label: 'half', ...ofDesk}, {id: 'h', startedAt: now}),
					creation({name: 'never', label: 'never', ...ofDesk}, {id: 'n', startedAt: now}),
				],
				elsewhere: [{site: 'global', environment: 'live', apiKey: 'api-anna', note: 'Anna', at: 1}],
			},
			{
				desk: {
					keys: ['grid', 'cold', 'wide', 'binned', 'dead', 'half', 'anna', 'stray', 'turn', 'turn-new'].map(label =>
						listedKey(label),
					),
				},
				paused: {enabled: false, keys: [listedKey('asleep')]},
			},
		);
		expect(await statesOf(context)).toEqual([
			'closed/homeless gone',
			'desk/stray unknown',
			'desk/half unfinished',
			'desk/never unfinished',
			'desk/turn-new unfinished',
			'desk/binned trash',
			'desk/dead revoked',
			'desk/lost gone',
			'desk/wide differs',
			'desk/anna known',
			'paused/asleep unknown',
		]);
		const entries = await entriesOf(context);
		const named = (label: string) => entries.find(({listed}) => listed?.label === label)!;
		expect(entries.filter(({state}) => state === 'agrees')).toHaveLength(3);
		expect(named('asleep').place).toMatchObject({isFrozen: true, mainUid: '1', managerId: 'm'});
		expect(entryWords(named('wide'))).toBe('permissions: read → read, trade');
		expect(entryWords(named('anna'))).toBe('Anna');
		expect(entryWords(named('stray'))).toBe('read, trade; 203.0.113.7; made 2027-01-15');
		const commands = (label: string) => nextCommands(named(label), context.vault.read());
		expect(commands('turn-new')).toEqual(['okx-keys rotate turn --continue', 'okx-keys rotate turn --abort']);
		expect(commands('half')).toEqual(['okx-keys adopt --delete desk/half']);
		expect(commands('wide')).toEqual(['okx-keys adopt --accept wide', 'okx-keys adopt --enforce wide']);
		const inventory = await takeInventory(context);
		expect(countWords(inventory)).toBe('The exchange has 11 keys in 2 sub-accounts; 3 as declared in this vault.');
		expect(leftOutWords(inventory)[0]).toContain('1 key of a main account or for demo trading is left out');
	});

	test('has nothing to say where both agree', async () => {
		const {context} = inventoryWorld({keys: [manager, keyOfDesk('grid')]}, {desk: {keys: [listedKey('grid')]}});
		expect(await statesOf(context)).toEqual([]);
	});

	test.each([
		['label', {label: 'other'}, 'label'],
		['permission', {permissions: ['read', 'trade', 'withdraw']}, 'permissions'],
		['address', {ip: []}, 'ip'],
		['sub-account', {account: {kind: 'sub', subAccount: 'other', mainUid: '1'}}, 'account'],
		['account', {account: {kind: 'main'}}, 'account'],
	] as const)('tells another %s', async (_, wanted, field) => {
		const key = keyOfDesk('grid', 'account' in wanted ? {account: wanted.account} : {});
		const listed = listedKey('grid', 'account' in wanted ? {} : wanted);
		const {context} = inventoryWorld({keys: [manager, key]}, {desk: {keys: [listed]}});
		const entries = await entriesOf(context);
		expect(entries.map(({state, drift}) => [state, drift.map(one => one.field)])).toEqual([['differs', [field]]]);
	});

	test('reads the sub-accounts that are named, and says nothing of the others', async () => {
		const keys = [
			manager,
			keyOfDesk('lost'),
			keyOfDesk('gone', {account: {kind: 'sub', subAccount: 'x', mainUid: '1'}}),
		];
		const {context, calls} = inventoryWorld({keys}, {desk: {keys: []}, other: {keys: [listedKey('a')]}});
		expect(await statesOf(context, {subAccounts: ['other']})).toEqual(['other/a unknown']);
		expect(calls.filter(name => name === 'subKeys')).toHaveLength(1);
		expect(await statesOf(context, {subAccounts: ['desk']})).toEqual(['desk/lost gone']);
		const failing = takeInventory(context, {subAccounts: ['Desk']});
		await expect(failing).rejects.toMatchObject({code: 'no-such-sub-account', hint: 'Did you mean desk?'});
	});

	test('tells what could not be read with its reason, and takes no key of it for gone', async () => {
		const {context, hooks} = inventoryWorld(
			{keys: [manager, keyOfDesk('grid')]},
			{desk: {keys: [listedKey('grid')]}, other: {keys: [listedKey('a')]}},
		);
		let reads = 0;
		hooks.before = name => {
			if (name === 'subKeys' && reads++ === 0) throw refusal('59508');
		};
		const inventory = await takeInventory(context);
		expect(inventory.entries.map(({state}) => state)).toEqual(['unknown']);
		expect(unreadWords(inventory)).toEqual([
			'The keys of desk could not be listed: The sub-account is suspended. (59508) ' +
				'Enable it on the page of the exchange.',
		]);
	});

	test('takes the keys of no account for gone when the list itself is refused', async () => {
		const {context, hooks} = inventoryWorld({keys: [manager, keyOfDesk('grid')]}, {desk: {keys: []}});
		hooks.before = name => {
			if (name === 'subAccounts') throw refusal('50120');
		};
		const inventory = await takeInventory(context);
		expect(inventory.entries).toEqual([]);
		expect(unreadWords(inventory)[0]).toMatch(/^The sub-accounts of main could not be listed: .*50120/);
	});

	test('lists each main account once, by the first key that the exchange accepts', async () => {
		const second = {...manager, id: 'm2', name: 'spare', account: {kind: 'main'}} as const;
		const {context, calls, hooks} = inventoryWorld({keys: [manager, second]}, {desk: {keys: [listedKey('a')]}});
		expect(await statesOf(context)).toEqual(['desk/a unknown']);
		expect(calls).toEqual(['config', 'subAccounts', 'subKeys']);
		let asked = 0;
		hooks.before = name => {
			if (name === 'subAccounts' && asked++ === 0) throw refusal('50110');
		};
		const inventory = await takeInventory(context);
		expect(inventory.accounts).toMatchObject([{manager: {name: 'spare'}, problem: undefined}]);
	});

	test('needs a main-account key that may manage, unless one is named', async () => {
		const readOnly = {...manager, permissions: ['read']} as const;
		const {context} = inventoryWorld({keys: [readOnly]}, {desk: {keys: [listedKey('a')]}});
		expect(await failureOf(takeInventory(context))).toBe('no-manager');
		expect(await statesOf(context, {using: 'm'})).toEqual(['desk/a unknown']);
		const frozen = inventoryWorld({keys: [{...manager, status: 'frozen', freeze: {at: 1}}]}, {});
		expect(await failureOf(takeInventory(frozen.context))).toBe('no-manager');
		expect(await failureOf(takeInventory(frozen.context, {using: 'm'}))).toBe('key-frozen');
	});

	test('leaves out a key of which it is not known whose it is', async () => {
		const unplaced = keyOfDesk('grid', {account: {kind: 'sub', mainUid: '1'}});
		const {context} = inventoryWorld({keys: [manager, unplaced]}, {desk: {keys: []}});
		const inventory = await takeInventory(context);
		expect(inventory.entries).toEqual([]);
		expect(leftOutWords(inventory)[1]).toContain('its sub-account is not known');
	});

	test('knows a key by its site and environment too', async () => {
		const demo = keyOfDesk('grid', {environment: 'demo'});
		const {context} = inventoryWorld({keys: [manager, demo]}, {desk: {keys: [listedKey('grid')]}});
		expect(await statesOf(context)).toEqual(['desk/grid unknown']);
	});

	test('of many sub-accounts is read within bounds, counted, and stops at once on demand', async () => {
		const rooms = Object.fromEntries(
			Array.from({length: 120}, (_, room) => [
				`room${room}`,
				{keys: Array.from({length: 50}, (_, key) => listedKey(`k${key}`, {apiKey: `${room}-${key}`}))},
			]),
		);
		const {context, calls} = inventoryWorld({keys: [manager, storedKey({id: 'x'})]}, rooms);
		const seen: number[] = [];
		const stop = new AbortController();
		const inventory = await takeInventory(context, {
			onDone({done, total}) {
				seen.push(done);
				expect(total).toBe(120);
			},
		});
		expect(seen).toEqual(Array.from({length: 120}, (_, index) => index + 1));
		expect(inventory.entries).toHaveLength(6000);
		calls.length = 0;
		const stopped = takeInventory(context, {
			signal: stop.signal,
			onDone({done}) {
				if (done === 3) stop.abort(new Error('stopped'));
			},
		});
		await expect(stopped).rejects.toThrow('stopped');
		expect(calls.filter(name => name === 'subKeys').length).toBeLessThan(12);
	});
});
