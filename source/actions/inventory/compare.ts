import {driftOf} from '../../core/health/drift.ts';
import {accountWords} from '../../core/key/account.ts';
import type {Drift, StoredKey} from '../../core/key/key.ts';
import {creationsIn, isOnExchange, rotationsIn} from '../../core/key/operation.ts';
import type {ListedKey} from '../../exchange/endpoint.ts';
import type {VaultContent} from '../../vault/vault.ts';
import {mayComeFrom} from '../undo-creation.ts';
import {entryWith, inventoryStates, labelOf, type Inventory, type InventoryEntry} from './inventory.ts';
import {knownElsewhere} from './known.ts';
import {isAt, placeIn, placeOf} from './place.ts';
import type {ListedAccount, ListedSubAccount} from './read.ts';

/**
 * Sets what was listed beside what the vault has. Keys of sub-accounts that were not read are left out; `isWhole` says
 * that all were asked for.
 */
export function compareWith(content: VaultContent, accounts: readonly ListedAccount[], isWhole: boolean): Inventory {
	const facts = factsOf(content);
	const there = accounts.flatMap(account =>
		account.subAccounts.flatMap(subAccount =>
			distinct(subAccount.keys ?? []).map(listed => entryOf(facts, account, subAccount, listed)),
		),
	);
	const seen = new Set(there.flatMap(({key, creation}) => [key?.id, creation?.id]));
	const here: InventoryEntry[] = [];
	const notPlaced = new Set<string>();
	for (const account of accounts.filter(({problem}) => !problem)) {
		for (const key of facts.used.filter(({id}) => !seen.has(id))) {
			const place = isAt(key, account) ? placeOf(key, account, accounts, isWhole) : undefined;
			if (place === 'unplaced') notPlaced.add(key.id);
			else if (place) here.push(entryWith({state: 'gone', place, key}));
		}

		for (const creation of facts.creations.filter(({id}) => !seen.has(id))) {
			const place = isAt(creation.key, account) ? placeOf(creation.key, account, accounts, isWhole) : undefined;
			if (place && place !== 'unplaced') here.push(entryWith({state: 'unfinished', place, creation}));
		}
	}

	const entries = [...new Map([...there, ...here].map(one => [one.id, one])).values()];
	return {
		accounts,
		entries: entries.toSorted(inOrder),
		notListed: facts.used.filter(({account, environment}) => account.kind === 'main' || environment === 'demo').length,
		notPlaced: notPlaced.size,
	};
}

function factsOf(content: VaultContent) {
	return {
		byApiKey: Map.groupBy(content.keys, ({credential}) => credential.apiKey),
		used: content.keys.filter(key => isInUse(key)),
		creations: creationsIn(content),
		rotations: rotationsIn(content),
		elsewhere: Map.groupBy(knownElsewhere(content), ({apiKey}) => apiKey),
	};
}

function isInUse(key: StoredKey): boolean {
	return key.trashedAt === null && isOnExchange(key);
}

function inOrder(one: InventoryEntry, other: InventoryEntry): number {
	return (
		compareText(one.place.site, other.place.site) ||
		compareText(one.place.subAccount.name, other.place.subAccount.name) ||
		inventoryStates.indexOf(one.state) - inventoryStates.indexOf(other.state) ||
		compareText(labelOf(one), labelOf(other))
	);
}

function compareText(one: string, other: string): number {
	return one === other ? 0 : one < other ? -1 : 1;
}

function distinct(keys: readonly ListedKey[]): readonly ListedKey[] {
	return [...new Map(keys.map(key => [key.apiKey, key])).values()];
}

function entryOf(
	{byApiKey, creations, rotations, elsewhere}: ReturnType<typeof factsOf>,
	account: ListedAccount,
	subAccount: ListedSubAccount,
	listed: ListedKey,
): InventoryEntry {
	const place = placeIn(account, subAccount);
	const isThere = ({site, environment}: Pick<StoredKey, 'site' | 'environment'>) =>
		site === place.site && environment === place.environment;
	const same = (byApiKey.get(listed.apiKey) ?? []).filter(key => isThere(key));
	const used = same.find(key => isInUse(key));
	if (used) {
		const rotation = rotations.find(({newId}) => newId === used.id);
		if (rotation && rotation.step !== 'handed-over') return entryWith({state: 'unfinished', place, listed, key: used});
		const drift = listedDrift(used, account, subAccount, listed);
		return entryWith({state: drift.length === 0 ? 'agrees' : 'differs', place, listed, key: used, drift});
	}

	const trashed = same.find(key => isOnExchange(key));
	if (trashed) return entryWith({state: 'trash', place, listed, key: trashed});
	const [revoked] = same;
	if (revoked) return entryWith({state: 'revoked', place, listed, key: revoked});
	const creation = creations.find(
		one => isAt(one.key, account) && one.key.account.subAccount === subAccount.name && mayComeFrom(one, listed),
	);
	if (creation) return entryWith({state: 'unfinished', place, listed, creation});
	const note = elsewhere.get(listed.apiKey)?.find(key => isThere(key));
	return entryWith({state: note ? 'known' : 'unknown', place, listed, note: note?.note ?? ''});
}

function listedDrift(
	key: StoredKey,
	{mainUid}: ListedAccount,
	{name, uid}: ListedSubAccount,
	{label, permissions, ip}: ListedKey,
): readonly Drift[] {
	const live = {label, permissions, ip, uid, mainUid: mainUid ?? key.account.mainUid ?? '', kycLv: ''};
	const drift = driftOf(key, live);
	const declared = key.account.subAccount;
	if (declared === undefined || declared === name || drift.some(({field}) => field === 'account')) return drift;
	const words = accountWords({kind: 'sub'});
	return [...drift, {field: 'account', declared: `${words} ${declared}`, live: `${words} ${name}`, alarm: true}];
}
