import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {hasOneWith, memberOf} from '../source.ts';
export const octobot: Format = {
	about: msg`an OctoBot configuration`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) => hasOneWith(memberOf(json().value, 'exchanges'), 'api-key'),
};
