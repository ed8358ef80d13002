import {msg} from '../../language/translate.ts';
import {entryOf, isExchangeId, isOn} from '../entry.ts';
import type {Format} from '../format.ts';
import {partsIn} from '../parts.ts';
import {hasOneWith, listOf, memberOf} from '../source.ts';

function account(name: string, value: unknown, exchange: unknown) {
	return entryOf({
		name,
		members: partsIn(value),
		exchange,
		isDemo: isOn(memberOf(value, 'sandbox')) ?? isOn(memberOf(memberOf(value, 'options'), 'sandboxMode')),
		site: [memberOf(value, 'hostname'), memberOf(memberOf(memberOf(value, 'urls'), 'api'), 'rest'), exchange],
	});
}

/** By the ids of exchanges, or one account with its exchange beside it. */
export const ccxt: Format = {
	about: msg`a list of keys for ccxt (keys.json)`,
	extension: '.json',
	isLossy: true,
	looksLike({json}) {
		const {value} = json();
		return hasOneWith(value, 'apiKey', 'secret') || partsIn(value).length > 1;
	},
	parse({json, name}) {
		const {value} = json();
		if (partsIn(value).length > 1) return [account(name, value, memberOf(value, 'exchange') ?? memberOf(value, 'id'))];
		return listOf(value).flatMap(([id, one]) => {
			if (partsIn(one).length === 0) return [];
			const named = memberOf(one, 'exchange') ?? memberOf(one, 'id');
			return [account(id, one, isExchangeId(id) ? id : (named ?? id))];
		});
	},
};
