import {parseEnv} from 'node:util';
import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {keysInVariables} from '../variables.ts';

/** Variables of any kind of program, also of several keys. */
export const env: Format = {
	about: msg`a .env file`,
	extension: '.env',
	isLossy: true,
	looksLike: ({beginning}) => /^\s*(export\s+)?\w*(API_?KEY|SECRET|PASSPHRASE|EXCHANGE__KEY)\w*\s*=/im.test(beginning),
	parse: ({text, name}) => keysInVariables(parseEnv(text), name),
};
