import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
export const hummingbotGateway: Format = {
	about: msg`a connector file of the Hummingbot gateway`,
	extension: '.yml',
	isLossy: true,
	looksLike: ({beginning}) => /^\s*secretKey:\s/m.test(beginning),
};
