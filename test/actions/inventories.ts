import type {Context} from '../../source/actions/context.ts';
import type {InventoryEntry} from '../../source/actions/inventory/inventory.ts';
import {takeInventory} from '../../source/actions/inventory/take.ts';
import type {ReadOptions} from '../../source/actions/inventory/read.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import type {ListedKey, SubAccount} from '../../source/exchange/endpoint.ts';
import type {VaultContent} from '../../source/vault/vault.ts';
import {fakeContext, wireError} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';

export const now = 1_800_000_000_000;

export const refusal = (exchangeCode: string) => wireError({kind: 'code', exchangeCode, httpStatus: 200});

export const manager = storedKey({
	id: 'm',
	name: 'main',
	account: {kind: 'main', uid: '1'},
	permissions: ['read', 'trade'],
	ip: ['127.0.0.1'],
	credential: credentialWith({apiKey: 'main'}),
});

export function listedKey(label: string, wanted: Partial<ListedKey> = {}): ListedKey {
	return {
		label,
		apiKey: `api-${label}`,
		permissions: ['read', 'trade'],
		ip: ['203.0.113.7'],
		createdAt: now - 1,
		...wanted,
	};
}

/** A key of `desk` as the vault has it when it is as `listedKey` says. */
export function keyOfDesk(name: string, wanted: Partial<StoredKey> = {}): StoredKey {
	return storedKey({
		id: name,
		name,
		label: name,
		account: {kind: 'sub', subAccount: 'desk', uid: '20', mainUid: '1'},
		permissions: ['read', 'trade'],
		ip: ['203.0.113.7'],
		credential: credentialWith({apiKey: `api-${name}`}),
		...wanted,
	});
}

type Rooms = Readonly<Record<string, {readonly keys: ListedKey[]; readonly enabled?: boolean}>>;

/** A vault, and an exchange whose main account has these sub-accounts, the first with the uid 20. */
export function inventoryWorld(content: VaultContent, rooms: Rooms) {
	const fake = fakeContext(content, {sandbox: false});
	const subAccounts = Object.entries(rooms).map(([name, {enabled = true}], index): SubAccount => ({
		name,
		uid: String(20 + index),
		label: '',
		enabled,
		createdAt: index,
	}));
	const answer = (name: string, given: Record<string, unknown>): unknown => {
		const {subAccount, apiKey} = given as {subAccount: string; apiKey?: string};
		if (name === 'subAccounts') return subAccounts;
		const room = rooms[subAccount];
		if (!room) throw refusal('59510');
		if (name === 'subKeys') return [...room.keys];
		const at = room.keys.findIndex(key => key.apiKey === apiKey);
		if (at === -1) throw refusal('59506');
		if (name === 'modifySubKey') return (room.keys[at] = {...room.keys[at]!, ...(given as Partial<ListedKey>)});
		room.keys.splice(at, 1);
		return {subAccount};
	};
	const context: Context = {
		...fake.context,
		// A command asks for the labels of the slots as it opens the vault.
		vault: {...fake.vault, slots: () => []},
		exchange: {
			...fake.context.exchange,
			async call(name, parameters, target, options) {
				if (!['subAccounts', 'subKeys', 'modifySubKey', 'deleteSubKey'].includes(name))
					return fake.context.exchange.call(name, parameters, target, options);
				fake.hooks.before?.(name);
				options?.signal?.throwIfAborted();
				fake.calls.push(name);
				const answered = answer(name, parameters);
				fake.hooks.after?.(name);
				return answered as never;
			},
		},
	};
	return {...fake, context, rooms};
}

export async function entriesOf(context: Context, options: ReadOptions = {}): Promise<readonly InventoryEntry[]> {
	return (await takeInventory(context, options)).entries;
}

/** Such as `desk/grid differs`, without those that agree. */
export async function statesOf(context: Context, options: ReadOptions = {}): Promise<readonly string[]> {
	return (await entriesOf(context, options))
		.filter(({state}) => state !== 'agrees')
		.map(({place, listed, key, creation, state}) =>
			[place.subAccount.name, '/', listed?.label ?? key?.name ?? creation?.key.name, ' ', state].join(''),
		);
}
