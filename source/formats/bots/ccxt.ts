import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {hasOneWith} from '../source.ts';
export const ccxt: Format = {
	about: msg`a list of keys for ccxt`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) => hasOneWith(json().value, 'apiKey', 'secret'),
};
