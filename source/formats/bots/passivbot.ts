import {partsIn} from '../parts.ts';
import {msg} from '../../language/translate.ts';
import {entryOf} from '../entry.ts';
import type {Format} from '../format.ts';
import {has, listOf, memberOf} from '../source.ts';

/** Also of PBGui. */
export const passivbot: Format = {
	about: msg`the API keys of passivbot (api-keys.json)`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) =>
		listOf(json().value).some(
			([, user]) => has(user, 'exchange') && new Set(partsIn(user).map(([part]) => part)).size > 1,
		),
	parse: ({json}) =>
		listOf(json().value)
			.filter(([, user]) => has(user, 'exchange'))
			.map(([name, user]) => {
				const exchange = memberOf(user, 'exchange');
				return entryOf({name, members: partsIn(user), exchange, site: [exchange]});
			}),
};
