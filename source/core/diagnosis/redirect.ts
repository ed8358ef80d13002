import {hasOtherSites, type DiagnosisRow} from './row.ts';
import type {Measured} from './types.ts';
import type {WireFailure} from '../wire-failure.ts';

type Redirect = 'foreign' | 'same-site' | 'other-site';

function redirectOf({site}: WireFailure, measured: Measured): Redirect {
	if (site === undefined) return 'foreign';
	return site === measured.site ? 'same-site' : 'other-site';
}

/**
 * A call that was sent to another host. It is never followed; one of the exchange's own hosts tells where the account
 * belongs (docs/okx-api.md §5).
 */
export const redirected: DiagnosisRow = {
	exit: (failure, measured) =>
		({foreign: 'network', 'same-site': 'exchangeDown', 'other-site': 'wrongSite'} as const)[
			redirectOf(failure, measured)
		],
	cause(failure, measured) {
		const {host, message = 'another host', site} = failure;
		return {
			foreign: `${host} wanted to send us elsewhere${failure.message === undefined ? '' : ` (${message})`}; the key was not sent there.`,
			'same-site': `${host} sends us to another host of the same site, ${message}; the key was not sent there.`,
			'other-site': `${host} sends us to ${message}, which is the site ${site} of the exchange; the key was not sent there.`,
		}[redirectOf(failure, measured)];
	},
	fix(failure, measured) {
		return {
			foreign:
				'The login page of this network does this: log in with a browser, then test again. Otherwise check the site of the key.',
			'same-site': 'Try again later; if it stays, this program may be too old for the exchange.',
			'other-site': `The account most likely belongs to that site: then store the key with --site ${failure.site}.`,
		}[redirectOf(failure, measured)];
	},
	offer(failure, measured) {
		return failure.site !== undefined && redirectOf(failure, measured) === 'other-site' && hasOtherSites(measured)
			? {act: 'use-site', site: failure.site}
			: undefined;
	},
};
