import {partsIn} from '../parts.ts';
import {msg} from '../../language/translate.ts';
import {entryOf} from '../entry.ts';
import type {Format} from '../format.ts';
import {has, memberOf} from '../source.ts';

export const vnpy: Format = {
	about: msg`a connection file of vnpy (~/.vntrader/connect_okx.json)`,
	extension: '.json',
	isLossy: true,
	// oxlint-disable-next-line language/translated
	looksLike: ({json}) => has(json().value, 'API Key', 'Secret Key'),
	parse({json, name}) {
		const {value} = json();
		return [entryOf({name, members: partsIn(value), isDemo: memberOf(value, 'Server') === 'DEMO'})];
	},
};
