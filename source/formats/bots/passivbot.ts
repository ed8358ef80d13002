import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {hasOneWith} from '../source.ts';
export const passivbot: Format = {
	about: msg`the API keys of passivbot`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) => hasOneWith(json().value, 'exchange', 'key', 'secret'),
};
