import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {has, memberOf} from '../source.ts';
export const kubernetes: Format = {
	about: msg`a Kubernetes Secret`,
	extension: '.yaml',
	isLossy: true,
	looksLike: ({json, beginning}) =>
		(memberOf(json().value, 'kind') === 'Secret' && has(json().value, 'apiVersion')) ||
		/^kind:\s*["']?Secret\b/m.test(beginning),
};
