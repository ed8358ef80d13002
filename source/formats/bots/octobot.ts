import {partsIn} from '../parts.ts';
import {msg} from '../../language/translate.ts';
import {entryOf, isOn} from '../entry.ts';
import type {Format} from '../format.ts';
import {hasOneWith, listOf, memberOf} from '../source.ts';

export const octobot: Format = {
	about: msg`an OctoBot configuration`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) => hasOneWith(memberOf(json().value, 'exchanges'), 'api-key'),
	parse: ({json}) =>
		listOf(memberOf(json().value, 'exchanges')).map(([id, exchange]) =>
			entryOf({
				name: id,
				members: partsIn(exchange),
				exchange: id,
				isDemo: isOn(memberOf(exchange, 'sandboxed')),
				site: [id],
			}),
		),
};
