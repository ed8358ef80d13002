import type {Account, LiveKey, StoredKey} from './key.ts';
import {sanitize} from '../text/sanitize.ts';
import {t} from '../../language/translate.ts';

/** The name of the sub-account, or the kind of account while the name is unknown. Sanitized for display. */
export function accountWord({account}: Pick<StoredKey, 'account'>): string {
	return account.kind === 'main' ? t`main` : sanitize(account.subAccount ?? t`sub`);
}

/** Such as `sub-account, uid 45 of 44`; unknown numbers are left out. Sanitized for display. */
export function accountWords({kind, uid, mainUid}: Pick<Account, 'kind' | 'uid' | 'mainUid'>): string {
	const word = kind === 'main' ? t`main account` : t`sub-account`;
	const own = uid === undefined ? word : t`${word}, uid ${sanitize(uid)}`;
	return kind === 'sub' && mainUid !== undefined ? t`${own} of ${sanitize(mainUid)}` : own;
}

export function accountOf({uid, mainUid}: Pick<LiveKey, 'uid' | 'mainUid'>): Pick<Account, 'kind' | 'uid' | 'mainUid'> {
	return {kind: uid === mainUid ? 'main' : 'sub', uid, mainUid};
}

/** A uid that was not declared matches any. */
export function isAccount(declared: Account, live: Pick<LiveKey, 'uid' | 'mainUid'>): boolean {
	const {kind, uid, mainUid} = accountOf(live);
	return declared.kind === kind && (declared.uid ?? uid) === uid && (declared.mainUid ?? mainUid) === mainUid;
}
