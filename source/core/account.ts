import type {Account, LiveKey, StoredKey} from './key.ts';
import {sanitize} from './text/sanitize.ts';

/** Whose key it is, in one word: the sub-account's name, or the kind of account while that is not known. Cleaned. */
export function accountWord({account}: Pick<StoredKey, 'account'>): string {
	return account.kind === 'main' ? 'main' : sanitize(account.subAccount ?? 'sub');
}

/** An account in words, with its numbers as far as they are known: `sub-account, uid 45 of 44`. Cleaned. */
export function accountWords({kind, uid, mainUid}: Pick<Account, 'kind' | 'uid' | 'mainUid'>): string {
	const number = uid === undefined ? '' : `, uid ${sanitize(uid)}`;
	const above = kind === 'sub' && mainUid !== undefined ? ` of ${sanitize(mainUid)}` : '';
	return `${kind === 'main' ? 'main account' : 'sub-account'}${number}${above}`;
}

/** The account that the exchange says a key is of. */
export function accountOf({uid, mainUid}: Pick<LiveKey, 'uid' | 'mainUid'>): Pick<Account, 'kind' | 'uid' | 'mainUid'> {
	return {kind: uid === mainUid ? 'main' : 'sub', uid, mainUid};
}

/** Whether an account as declared can be the one that the exchange tells of. */
export function isAccount(declared: Account, live: Pick<LiveKey, 'uid' | 'mainUid'>): boolean {
	const {kind, uid, mainUid} = accountOf(live);
	return declared.kind === kind && (declared.uid ?? uid) === uid && (declared.mainUid ?? mainUid) === mainUid;
}
