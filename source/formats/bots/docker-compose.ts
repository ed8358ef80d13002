import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
export const compose: Format = {
	about: msg`a Docker compose file`,
	extension: '.yaml',
	isLossy: true,
	looksLike: ({beginning}) => /^services:\s*$/m.test(beginning),
};
