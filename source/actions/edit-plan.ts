import {accountWords} from '../core/key/account.ts';
import {expiryText} from '../core/key/expiry.ts';
import {purposeOf} from '../core/health/binding.ts';
import type {Account, Environment, KeyType, PermissionWord, StoredKey, UnknownPermission} from '../core/key/key.ts';
import {canonicalIp} from '../core/ip/address.ts';
import {orderPermissions} from '../core/key/permission.ts';
import type {ListedKey} from '../exchange/endpoint.ts';
import {msg, t} from '../language/translate.ts';

/** Absent fields stay as they are. */
export type EditPatch = {
	readonly name?: string;
	readonly description?: string;
	readonly permissions?: readonly PermissionWord[];
	readonly ip?: readonly string[];
	readonly tags?: readonly string[];
	/** As `splitNotes` gives them. */
	readonly usedBy?: readonly string[];
	/** ms since 1970; null for never. */
	readonly expiresAt?: number | null;
	readonly type?: KeyType;
	/** A change of environment or site discards what tests have seen elsewhere. */
	readonly environment?: Environment;
	readonly site?: string;
	/** Decided by the exchange alone, and declared as it says. */
	readonly label?: string;
	readonly account?: Account;
};

/**
 * `vault`: changes only here. `exchange`: changes there and here. `declared`: changes only here although the
 * exchange decides, so its page must be changed too.
 */
export type Change = {
	readonly field: keyof EditPatch;
	readonly from: string;
	readonly to: string;
	readonly where: 'vault' | 'exchange' | 'declared';
};

export type EditPlan = {
	readonly id: string;
	readonly patch: EditPatch;
	readonly changes: readonly Change[];
	/** The key when the plan was made; the edit is refused when one of its changed fields is different by then. */
	readonly base: StoredKey;
	/** The exchange's values when the plan was made; null when it was not asked. */
	readonly listed: ListedKey | null;
	/** Permissions on the exchange that this program does not know, and that a write must not remove. */
	readonly kept?: readonly UnknownPermission[];
};

const purposeWords = {api: msg`own trading`, app: msg`third-party app`, unknown: msg`never told`} as const;

type EditedKey = Pick<StoredKey, keyof EditPatch | 'isTypeTold'>;

const texts: Readonly<Record<keyof EditPatch, (key: EditedKey) => string>> = {
	name: ({name}) => name,
	description: ({description}) => description,
	permissions: ({permissions}) => orderPermissions(permissions).join(', '),
	ip: ({ip}) =>
		ip.length === 0
			? t`any address`
			: ip
					.map(entry => canonicalIp(entry))
					.toSorted()
					.join(', '),
	tags: ({tags}) => tags.join(', '),
	usedBy: ({usedBy = []}) => usedBy.join(', '),
	expiresAt: ({expiresAt}) => expiryText(expiresAt) || t`never`,
	type: key => purposeWords[purposeOf(key)](),
	environment: ({environment}) => environment,
	site: ({site}) => site,
	label: ({label}) => label ?? '',
	account: ({account}) => accountWords(account),
};

export const fields = Object.keys(texts) as (keyof EditPatch)[];
export const onExchange = ['permissions', 'ip'] as const;

/** One spelling for each value, to compare and to display. */
export function textOf(field: keyof EditPatch, key: EditedKey): string {
	return texts[field](key);
}
