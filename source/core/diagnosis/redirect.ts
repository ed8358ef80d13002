import {hasOtherSites, type DiagnosisRow} from './row.ts';
import type {Measured} from './types.ts';
import type {WireFailure} from '../failures/wire-failure.ts';
import {t} from '../../language/translate.ts';

type Redirect = 'foreign' | 'same-site' | 'other-site';

function redirectOf({site}: WireFailure, measured: Measured): Redirect {
	if (site === undefined) return 'foreign';
	return site === measured.site ? 'same-site' : 'other-site';
}

/**
 * A redirect is never followed. One to a host of the exchange shows which site the account belongs to (docs/okx-api.md
 * §5).
 */
export const redirected: DiagnosisRow = {
	exit: (failure, measured) =>
		({foreign: 'network', 'same-site': 'exchangeDown', 'other-site': 'wrongSite'} as const)[
			redirectOf(failure, measured)
		],
	cause(failure, measured) {
		const {host, message = t`another host`, site} = failure;
		const unsent = t`the key was not sent there.`;
		return {
			foreign: t`${host} wanted to send us elsewhere${failure.message === undefined ? '' : ` (${message})`}; ${unsent}`,
			'same-site': t`${host} sends us to another host of the same site, ${message}; ${unsent}`,
			'other-site': t`${host} sends us to ${message}, which is the site ${String(site)} of the exchange; ${unsent}`,
		}[redirectOf(failure, measured)];
	},
	fix(failure, measured) {
		return {
			foreign: t`The login page of this network does this: log in with a browser, then test again. Otherwise check the
				site of the key.`,
			'same-site': t`Try again later; if it persists, this program may be too old for the exchange.`,
			'other-site': t`The account most likely belongs to that site: then store the key with --site
				${String(failure.site)}.`,
		}[redirectOf(failure, measured)];
	},
	offer(failure, measured) {
		return failure.site !== undefined && redirectOf(failure, measured) === 'other-site' && hasOtherSites(measured)
			? {act: 'use-site', site: failure.site}
			: undefined;
	},
};
