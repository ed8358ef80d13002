import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
export const okxCli: Format = {
	about: msg`an OKX Trade Kit configuration (~/.okx/config.toml)`,
	extension: '.toml',
	isLossy: true,
	looksLike: ({beginning}) => /^\s*\[profiles\.[^\]\n]+\]/m.test(beginning),
};
