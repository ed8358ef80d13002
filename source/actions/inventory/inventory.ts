import type {Drift, Environment, StoredKey} from '../../core/key/key.ts';
import type {CreateOperation} from '../../core/key/operation.ts';
import type {ListedKey, SubAccount} from '../../exchange/endpoint.ts';
import type {ListedAccount} from './read.ts';

/**
 * How a key stands on the exchange and in the vault, in the order in which they are shown. Only there: `unknown`, in
 * the `trash` here, `revoked` here, or `known` and kept elsewhere. Only here: `gone`. In both: `differs` or `agrees`.
 * `unfinished` is what an interruption has left: of a creation, what the exchange has of it, if anything, and of a
 * rotation its new key, which both have.
 */
export const inventoryStates = [
	'unknown',
	'unfinished',
	'trash',
	'revoked',
	'gone',
	'differs',
	'known',
	'agrees',
] as const;
export type InventoryState = (typeof inventoryStates)[number];

export type InventoryPlace = {
	readonly site: string;
	readonly environment: Environment;
	readonly mainUid: string | undefined;
	/** The id of the key that manages it. */
	readonly managerId: string;
	readonly subAccount: Pick<SubAccount, 'name' | 'uid'>;
	readonly isFrozen: boolean;
	/** The exchange does not have the sub-account any more. */
	readonly isWithoutAccount?: true;
};

export type InventoryEntry = {
	/** Distinct in an inventory, and the same in the next one. */
	readonly id: string;
	readonly state: InventoryState;
	readonly place: InventoryPlace;
	readonly listed: ListedKey | null;
	readonly key: StoredKey | null;
	readonly creation: CreateOperation | null;
	readonly drift: readonly Drift[];
	/** Of a key that is kept elsewhere. */
	readonly note: string;
};

export type Inventory = {
	readonly accounts: readonly ListedAccount[];
	readonly entries: readonly InventoryEntry[];
	/** Keys in use here that no API lists: those of main accounts and for demo trading. */
	readonly notListed: number;
	/** Keys in use here of which it is not known which sub-account they belong to; a test tells it. */
	readonly notPlaced: number;
};

export function entryWith(
	wanted: Pick<InventoryEntry, 'state' | 'place'> & Partial<Omit<InventoryEntry, 'id'>>,
): InventoryEntry {
	const whole = {listed: null, key: null, creation: null, drift: [], note: '', ...wanted};
	const {site, environment} = wanted.place;
	return {...whole, id: [site, environment, whole.listed?.apiKey ?? whole.key?.id ?? whole.creation?.id].join(' ')};
}

/** Whether it is something to look at. */
export function needsAttention({state}: Pick<InventoryEntry, 'state'>): boolean {
	return state !== 'agrees' && state !== 'known';
}

/** Whether this vault does not use the key, so that what the exchange has of it may be deleted. */
export function isDeletable({state, key}: Pick<InventoryEntry, 'state' | 'key'>): boolean {
	return key ? state === 'trash' || state === 'revoked' : true;
}

/** The name on the exchange, or here where the exchange does not have the key. From outside: sanitize it. */
export function labelOf({listed, key, creation}: Pick<InventoryEntry, 'listed' | 'key' | 'creation'>): string {
	return listed?.label ?? key?.label ?? key?.name ?? creation?.key.name ?? '';
}

/** Such as `quantdesk01/grid`: labels are distinct within an account only. From outside: sanitize it. */
export function pathOf(entry: Pick<InventoryEntry, 'listed' | 'key' | 'creation' | 'place'>): string {
	return `${entry.place.subAccount.name}/${labelOf(entry)}`;
}
