import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {has} from '../source.ts';
export const vnpy: Format = {
	about: msg`a connection file of vnpy`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) => has(json().value, 'API Key', 'Secret Key'),
};
