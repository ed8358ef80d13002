import {partsIn} from '../parts.ts';
import {msg} from '../../language/translate.ts';
import {entryOf, isOn} from '../entry.ts';
import type {Format} from '../format.ts';
import {has, memberOf} from '../source.ts';

export const freqtrade: Format = {
	about: msg`a freqtrade configuration`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) => has(memberOf(json().value, 'exchange'), 'key', 'secret'),
	parse({json, name}) {
		const exchange = memberOf(json().value, 'exchange');
		const id = memberOf(exchange, 'name');
		const settings = ['ccxt_config', 'ccxt_sync_config', 'ccxt_async_config'].map(one => memberOf(exchange, one));
		return [
			entryOf({
				name,
				members: partsIn(exchange),
				exchange: id,
				isDemo: isOn(memberOf(exchange, 'sandbox')) ?? isOn(memberOf(settings[0], 'sandbox')),
				site: [...settings.map(one => memberOf(one, 'hostname')), id],
			}),
		];
	},
};
