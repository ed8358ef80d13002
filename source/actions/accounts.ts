import type {StoredKey} from '../core/key/key.ts';
import {t} from '../language/translate.ts';

function accountName({site, account: {uid, kind, subAccount}}: StoredKey): string {
	return `${site} ${uid ?? (subAccount === undefined ? t`some ${kind}` : t`sub ${subAccount}`)}`;
}

/**
 * Every account whose rate limits the calls of a key count towards. A key of unknown account counts towards each
 * account of the keys that may share it.
 */
export function accountsOf(key: StoredKey, among: readonly StoredKey[]): readonly string[] {
	const own = accountName(key);
	if (key.account.uid !== undefined) return [own];
	return [...new Set([own, ...among.filter(other => mayShare(key, other)).map(other => accountName(other))])];
}

function mayShare(one: StoredKey, other: StoredKey): boolean {
	const [left, right] = [one.account, other.account];
	if (one.site !== other.site || left.kind !== right.kind) return false;
	return left.subAccount === undefined || right.subAccount === undefined || left.subAccount === right.subAccount;
}

export function byAccount<Item>(
	items: readonly Item[],
	keyOf: (item: Item) => StoredKey,
): readonly (readonly Item[])[] {
	return [...Map.groupBy(items, item => accountName(keyOf(item))).values()];
}
