import type {KeyType, LiveKey, StoredKey} from '../key.ts';
import {sanitize} from '../text/sanitize.ts';

/**
 * Whether only chosen addresses may use a key. `unknown`: the exchange tells of no list, and may enforce that of an
 * app all the same.
 */
export type IpBinding = 'bound' | 'unbound' | 'unknown';

type DeclaredPurpose = Pick<StoredKey, 'type' | 'isTypeTold' | 'site'>;
/** What is known of a key's purpose and of how it was made. */
export type Origin = DeclaredPurpose & Pick<StoredKey, 'isMadeByApi'>;
type TestedKey = {readonly live: Pick<LiveKey, 'ip'> | null};
type BindingSource = Origin & Pick<StoredKey, 'ip' | 'permissions'> & {readonly lastTest?: TestedKey | null};

/** What a key is for, as far as anybody has said; what the embedded exchange makes is known to it. */
export function purposeOf({type, isTypeTold, site}: DeclaredPurpose): KeyType | 'unknown' {
	return type === 'app' || isTypeTold === true || site === 'sandbox' ? type : 'unknown';
}

/**
 * As the exchange last said, or as declared where it has said nothing. It tells of no list for a key that is linked
 * to a third-party app although it enforces the list of the app (docs/okx-api.md §4.2), so that an empty one proves
 * something only of a key for own trading.
 */
export function bindingOf(
	key: BindingSource,
	live: Pick<LiveKey, 'ip'> | null = key.lastTest?.live ?? null,
): IpBinding {
	if ((live ?? key).ip.length > 0) return 'bound';
	// A list that is declared here is the owner's own, unless the key is an app's.
	const hasOwnList = key.type === 'api' && key.ip.length > 0;
	return key.isMadeByApi === true || purposeOf(key) === 'api' || hasOwnList ? 'unbound' : 'unknown';
}

/** How many entries may use a key, in a word for a list: a missing list is loud where it matters. */
export function ipWord(key: BindingSource): string {
	const binding = bindingOf(key);
	if (key.ip.length > 0) return String(key.ip.length);
	if (binding === 'bound') return String(key.lastTest?.live?.ip.length ?? 0);
	if (binding === 'unknown') return '?';
	return key.permissions.some(permission => permission !== 'read') ? 'none!' : 'any';
}

/** The declared allow-list in words, cleaned. */
export function ipWords(key: BindingSource): string {
	if (key.ip.length > 0) return key.ip.map(entry => sanitize(entry)).join(', ');
	if (bindingOf(key) === 'unbound') return 'any address';
	return purposeOf(key) === 'app' ? 'none told; those of its app may be bound' : 'none told';
}
