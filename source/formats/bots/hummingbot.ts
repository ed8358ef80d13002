import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
export const hummingbot: Format = {
	about: msg`a connector file of Hummingbot`,
	extension: '.yml',
	isLossy: true,
	looksLike: ({beginning}) => /^\s*okx_(perpetual_)?secret_key:/m.test(beginning),
};
