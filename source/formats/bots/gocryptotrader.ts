import {partsIn} from '../parts.ts';
import {msg} from '../../language/translate.ts';
import {entryOf, isOn} from '../entry.ts';
import type {Format} from '../format.ts';
import {hasOneWith, listOf, memberOf} from '../source.ts';

export const gocryptotrader: Format = {
	about: msg`a gocryptotrader configuration`,
	extension: '.json',
	isLossy: true,
	looksLike({json}) {
		const exchanges = memberOf(json().value, 'exchanges');
		return Array.isArray(exchanges) && hasOneWith(exchanges, 'api');
	},
	parse({json}) {
		const all = listOf(memberOf(json().value, 'exchanges')).map(([, exchange]) => exchange);
		return all.map(exchange => {
			const id = memberOf(exchange, 'name');
			const credentials = memberOf(memberOf(exchange, 'api'), 'credentials');
			return entryOf({
				name: typeof id === 'string' ? id : '',
				members: partsIn({
					key: memberOf(credentials, 'key'),
					secret: memberOf(credentials, 'secret'),
					// The program calls the passphrase of OKX so.
					passphrase: memberOf(credentials, 'clientID') ?? memberOf(credentials, 'passphrase') ?? '',
				}),
				exchange: id,
				isDemo: isOn(memberOf(exchange, 'useSandbox')),
			});
		});
	},
};
