import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {has, memberOf} from '../source.ts';
export const freqtrade: Format = {
	about: msg`a freqtrade configuration`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) => has(memberOf(json().value, 'exchange'), 'key', 'secret'),
};
