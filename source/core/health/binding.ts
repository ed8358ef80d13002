import type {KeyType, LiveKey, StoredKey} from '../key/key.ts';
import {sanitize} from '../text/sanitize.ts';
import {t} from '../../language/translate.ts';

/** `unknown`: the exchange reports no list, but may still enforce the list of a third-party app. */
export type IpBinding = 'bound' | 'unbound' | 'unknown';

type DeclaredPurpose = Pick<StoredKey, 'type' | 'isTypeTold' | 'site'>;
export type Origin = DeclaredPurpose & Pick<StoredKey, 'isMadeByApi'>;
type TestedKey = {readonly live: Pick<LiveKey, 'ip'> | null};
type BindingSource = Origin & Pick<StoredKey, 'ip' | 'permissions'> & {readonly lastTest?: TestedKey | null};

/** `unknown` until the owner says it; keys of the embedded exchange are always known. */
export function purposeOf({type, isTypeTold, site}: DeclaredPurpose): KeyType | 'unknown' {
	return type === 'app' || isTypeTold === true || site === 'sandbox' ? type : 'unknown';
}

/**
 * Uses the last answer of the exchange, or the declared list before the first one. The exchange reports an empty list
 * for a key of a third-party app although it enforces the app's list (docs/okx-api.md §4.2), so an empty list proves
 * something only for other keys.
 */
export function bindingOf(
	key: BindingSource,
	live: Pick<LiveKey, 'ip'> | null = key.lastTest?.live ?? null,
): IpBinding {
	if ((live ?? key).ip.length > 0) return 'bound';
	// A list declared for a key that is not an app's is the owner's own.
	const hasOwnList = key.type === 'api' && key.ip.length > 0;
	return key.isMadeByApi === true || purposeOf(key) === 'api' || hasOwnList ? 'unbound' : 'unknown';
}

/** The number of entries in a word for lists; a missing list stands out where it is a risk. */
export function ipWord(key: BindingSource): string {
	const binding = bindingOf(key);
	if (key.ip.length > 0) return String(key.ip.length);
	if (binding === 'bound') return String(key.lastTest?.live?.ip.length ?? 0);
	if (binding === 'unknown') return '?';
	return key.permissions.some(permission => permission !== 'read') ? t`none!` : t`any`;
}

export function ipWords(key: BindingSource): string {
	if (key.ip.length > 0) return key.ip.map(entry => sanitize(entry)).join(', ');
	if (bindingOf(key) === 'unbound') return t`any address`;
	return purposeOf(key) === 'app' ? t`none told; those of its app may be bound` : t`none told`;
}
