import type {StoredKey} from '../../core/key/key.ts';
import type {SubAccount} from '../../exchange/endpoint.ts';
import type {InventoryPlace} from './inventory.ts';
import type {ListedAccount} from './read.ts';

type Belonging = Pick<StoredKey, 'site' | 'environment' | 'account'>;

/** Whether a key may be of a sub-account of this main account. */
export function isAt({site, environment, account}: Belonging, there: ListedAccount): boolean {
	return (
		site === there.site &&
		environment === there.environment &&
		account.kind === 'sub' &&
		(account.mainUid === undefined || there.mainUid === undefined || account.mainUid === there.mainUid)
	);
}

export function placeIn(
	{site, environment, mainUid, manager}: ListedAccount,
	{name, uid, enabled = true}: Pick<SubAccount, 'name' | 'uid'> & Partial<SubAccount>,
): InventoryPlace {
	return {site, environment, mainUid, managerId: manager.id, subAccount: {name, uid}, isFrozen: !enabled};
}

/**
 * Where a key should be that was in no list: undefined where that was not read, and `unplaced` where it is not known
 * which sub-account it belongs to.
 */
export function placeOf(
	{account: own}: Belonging,
	account: ListedAccount,
	accounts: readonly ListedAccount[],
	isWhole: boolean,
): InventoryPlace | 'unplaced' | undefined {
	const isMeant = ({uid, name}: Pick<SubAccount, 'uid' | 'name'>) =>
		own.uid === undefined ? own.subAccount === name : own.uid === uid;
	const read = account.subAccounts.find(one => isMeant(one));
	if (read) return read.problem ? undefined : placeIn(account, read);
	if (!isWhole || account.existing.some(one => isMeant(one))) return undefined;
	const ofSameSite = accounts.filter(
		({site, environment}) => site === account.site && environment === account.environment,
	);
	if (own.mainUid === undefined ? ofSameSite.length > 1 : own.mainUid !== account.mainUid) return undefined;
	if (own.uid === undefined && own.subAccount === undefined) return 'unplaced';
	return {...placeIn(account, {name: own.subAccount ?? '', uid: own.uid ?? ''}), isWithoutAccount: true};
}
