import {accountWords} from '../core/key/account.ts';
import {purposeOf} from '../core/health/binding.ts';
import type {Account, Environment, KeyType, PermissionWord, StoredKey, UnknownPermission} from '../core/key/key.ts';
import {canonicalIp} from '../core/ip/address.ts';
import {orderPermissions} from '../core/key/permission.ts';
import type {ListedKey} from '../exchange/endpoint.ts';

/** What a person can change about a key; absent stays as it is. */
export type EditPatch = {
	readonly name?: string;
	readonly description?: string;
	readonly permissions?: readonly PermissionWord[];
	readonly ip?: readonly string[];
	readonly tags?: readonly string[];
	/** What the key is for, told by its owner. */
	readonly type?: KeyType;
	/** Where the key is asked about from now on; what was learnt of it elsewhere is forgotten. */
	readonly environment?: Environment;
	readonly site?: string;
	/** What only the exchange knows, declared as it says. */
	readonly label?: string;
	readonly account?: Account;
};

/**
 * One difference. `vault`: only here. `exchange`: there and here. `declared`: only here, though the exchange decides:
 * change it on its page too.
 */
export type Change = {
	readonly field: keyof EditPatch;
	readonly from: string;
	readonly to: string;
	readonly where: 'vault' | 'exchange' | 'declared';
};

/** What an edit would do, for a person to look at before it is done. */
export type EditPlan = {
	readonly id: string;
	readonly patch: EditPatch;
	readonly changes: readonly Change[];
	/** The key as it was when the plan was made; an edit of a field that moved since is refused. */
	readonly base: StoredKey;
	/** The exchange's own values when the plan was made; null when it is not asked. */
	readonly listed: ListedKey | null;
	/** Permissions on the exchange that this program does not know: writing the others must not take them away. */
	readonly kept?: readonly UnknownPermission[];
};

const purposeWords = {api: 'own trading', app: 'third-party app', unknown: 'never told'} as const;

type EditedKey = Pick<StoredKey, keyof EditPatch | 'isTypeTold'>;

/** Each field as one text, for comparing and for showing. */
const texts: Readonly<Record<keyof EditPatch, (key: EditedKey) => string>> = {
	name: ({name}) => name,
	description: ({description}) => description,
	permissions: ({permissions}) => orderPermissions(permissions).join(', '),
	ip: ({ip}) =>
		ip.length === 0
			? 'any address'
			: ip
					.map(entry => canonicalIp(entry))
					.toSorted()
					.join(', '),
	tags: ({tags}) => tags.join(', '),
	type: key => purposeWords[purposeOf(key)],
	environment: ({environment}) => environment,
	site: ({site}) => site,
	label: ({label}) => label ?? '',
	account: ({account}) => accountWords(account),
};

/** Every field that can be edited. */
export const fields = Object.keys(texts) as (keyof EditPatch)[];
/** Those that the exchange decides. */
export const onExchange = ['permissions', 'ip'] as const;

/** A field of a key as one text. */
export function textOf(field: keyof EditPatch, key: EditedKey): string {
	return texts[field](key);
}
