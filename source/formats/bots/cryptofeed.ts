import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
export const cryptofeed: Format = {
	about: msg`a cryptofeed configuration`,
	extension: '.yaml',
	isLossy: true,
	looksLike: ({beginning}) => /^\s+key_id:/m.test(beginning),
};
