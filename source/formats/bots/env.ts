import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
export const env: Format = {
	about: msg`a .env file`,
	extension: '.env',
	isLossy: true,
	looksLike: ({beginning}) => /^\s*(export\s+)?\w*(API_?KEY|SECRET|PASSPHRASE)\w*\s*=/im.test(beginning),
};
