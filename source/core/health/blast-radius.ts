import {bindingOf, purposeOf, type Origin} from './binding.ts';
import type {LiveKey} from '../key/key.ts';
import {isOnExchange, type ShownKey} from '../key/operation.ts';
import {unknownPermissions} from '../key/permission.ts';
import {sanitize} from '../text/sanitize.ts';
import {t} from '../../language/translate.ts';

/**
 * What a holder of the key can do, as a sentence that begins with `can` and has no full stop; undefined for a key that
 * the exchange does not know. Uses the last answer of the exchange, or the declaration before the first one.
 */
export function blastRadius(
	key: Pick<ShownKey, 'status' | 'permissions' | 'ip' | 'account'> & Origin,
	live: LiveKey | null,
): string | undefined {
	if (!isOnExchange(key)) return undefined;
	const {permissions, ip} = live ?? key;
	const isSub = live ? live.uid !== live.mainUid : key.account.kind === 'sub';
	// A key of a sub-account can never withdraw, whatever is declared (code 59504).
	const acts = [
		...(permissions.includes('withdraw') && !isSub ? [t`withdraw funds`] : []),
		...(permissions.includes('trade') ? [t`place orders`, t`move funds between own accounts`] : []),
		...unknownPermissions(permissions).map(word => t`do what ${sanitize(word)} allows, which okx-keys does not know`),
	];
	const what = acts.length === 0 ? t`read balances, orders and settings` : joined(acts);
	return t`can ${what}, ${places(key, live, ip)}`;
}

function places(key: Parameters<typeof bindingOf>[0], live: LiveKey | null, ip: readonly string[]): string {
	const binding = bindingOf(key, live);
	if (binding === 'bound') return t`from ${entries(ip)}`;
	if (binding === 'unbound') return t`from any IP`;
	return purposeOf(key) === 'app'
		? t`from the IPs of its app, which the exchange does not report`
		: t`from any IP unless it is linked to a third-party app`;
}

function entries(ip: readonly string[]): string {
	const networks = ip.filter(entry => entry.includes('/')).length;
	const addresses = ip.length - networks;
	return joined([
		...(addresses > 0 ? [`${addresses} ${addresses === 1 ? t`address` : t`addresses`}`] : []),
		...(networks > 0 ? [`${networks} ${networks === 1 ? t`network` : t`networks`}`] : []),
	]);
}

function joined(words: readonly string[]): string {
	return words.length < 2 ? words.join('') : t`${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
}
