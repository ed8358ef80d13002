import {otherHosts} from '../../exchange/sites.ts';
import type {RemedyOffer} from '../../core/diagnosis/types.ts';
import type {StoredKey} from '../../core/key/key.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {Handler} from '../keyboard/actions.ts';
import type {Shell} from '../shell/shell.ts';
import {t} from '../../language/translate.ts';

export function remedyLabel(offer: RemedyOffer): string {
	if (offer.act === 'add-ip') return t`add ${sanitize(offer.address)}`;
	if (offer.act === 'use-environment') return t`store as ${offer.environment}`;
	if (offer.act === 'use-site') return t`store as ${sanitize(offer.site)}`;
	return offer.act === 'try-sites' ? t`ask other sites` : 'accept';
}

/**
 * The handler of an offer. Each one asks first, with the difference it makes or with the sites that would see the
 * key.
 */
export function remedyFor(
	offer: RemedyOffer | null,
	key: StoredKey | undefined,
	{push}: Pick<Shell, 'push'>,
): Handler | undefined {
	if (!offer || !key) return undefined;
	const label = remedyLabel(offer);
	if (offer.act !== 'try-sites')
		return {
			act() {
				push({screen: 'remedy', id: key.id, remedy: offer});
			},
			label,
			changes: true,
		};
	const hosts = otherHosts(key.site).map(({host}) => host);
	return hosts.length === 0
		? undefined
		: {
				act() {
					push({screen: 'confirm', danger: {act: 'ask-sites', id: key.id, hosts}});
				},
				label,
			};
}
