import {bindingOf, purposeOf, type Origin} from './binding.ts';
import type {Drift, LiveKey, StoredKey} from '../key/key.ts';
import {accountOf, accountWords, isAccount} from '../key/account.ts';
import {orderPermissions} from '../key/permission.ts';
import {canonicalIp} from '../ip/address.ts';
import {t} from '../../language/translate.ts';

function words(list: readonly string[], empty: string): string {
	return list.length === 0 ? empty : list.join(', ');
}

/**
 * Differences between the declared key and the live key; label and account count only once they are known here. The
 * order of permissions and the spelling of addresses do not matter.
 */
export function driftOf(
	key: Pick<StoredKey, 'permissions' | 'ip' | 'label' | 'account'> & Origin,
	live: LiveKey,
): Drift[] {
	const drifts: Drift[] = [];
	const declared = orderPermissions(key.permissions);
	const actual = orderPermissions(live.permissions);
	if (declared.join(',') !== actual.join(',')) {
		drifts.push({
			field: 'permissions',
			declared: words(declared, t`none`),
			live: words(actual, t`none`),
			alarm: actual.some(permission => !declared.includes(permission)),
		});
	}

	const declaredIps = key.ip.map(ip => canonicalIp(ip)).toSorted();
	const actualIps = live.ip.map(ip => canonicalIp(ip)).toSorted();
	// The exchange never reports the list of an app, so an empty list contradicts nothing.
	const isUntold = actualIps.length === 0 && key.type === 'app' && bindingOf(key, live) === 'unknown';
	if (!isUntold && declaredIps.join(',') !== actualIps.join(',')) {
		// An added address admits one more caller; a missing list admits every caller.
		drifts.push({
			field: 'ip',
			declared: words(declaredIps, purposeOf(key) === 'api' ? t`any address` : t`none`),
			live: words(actualIps, t`any address`),
			alarm: actualIps.length === 0 || (actualIps.some(ip => !declaredIps.includes(ip)) && declaredIps.length > 0),
		});
	}

	if (key.label !== null && key.label !== live.label)
		drifts.push({field: 'label', declared: key.label, live: live.label, alarm: false});
	if (!isAccount(key.account, live))
		drifts.push({
			field: 'account',
			declared: accountWords(key.account),
			live: accountWords(accountOf(live)),
			alarm: true,
		});

	return drifts;
}
