import type {StoredKey} from '../core/key/key.ts';

/**
 * The account of a key, as far as it is known: by its number, or by the sub-account's name, which is its own within a
 * main account.
 */
function accountOf({site, account: {uid, kind, subAccount}}: StoredKey): string {
	return `${site} ${uid ?? (subAccount === undefined ? `some ${kind}` : `sub ${subAccount}`)}`;
}

/**
 * Every account that a key may be of, for whose limits its calls then count: its own where that is known, and
 * otherwise that of each of the other keys which may share it.
 */
export function accountsOf(key: StoredKey, among: readonly StoredKey[]): readonly string[] {
	const own = accountOf(key);
	if (key.account.uid !== undefined) return [own];
	return [...new Set([own, ...among.filter(other => mayShare(key, other)).map(other => accountOf(other))])];
}

function mayShare(one: StoredKey, other: StoredKey): boolean {
	const [left, right] = [one.account, other.account];
	if (one.site !== other.site || left.kind !== right.kind) return false;
	return left.subAccount === undefined || right.subAccount === undefined || left.subAccount === right.subAccount;
}

/** Keys by the account that they are known to be of, in their order. */
export function byAccount(keys: readonly StoredKey[]): readonly (readonly StoredKey[])[] {
	return [...Map.groupBy(keys, key => accountOf(key)).values()];
}
