import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {hasOneWith, memberOf} from '../source.ts';
export const gocryptotrader: Format = {
	about: msg`a gocryptotrader configuration`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) => {
		const exchanges = memberOf(json().value, 'exchanges');
		return Array.isArray(exchanges) && hasOneWith(exchanges, 'api');
	},
};
