import {partsIn} from '../parts.ts';
import {msg} from '../../language/translate.ts';
import {entryOf} from '../entry.ts';
import type {Format} from '../format.ts';
import {has, listOf, memberOf} from '../source.ts';
import {readYaml} from '../text-formats.ts';

export const cryptofeed: Format = {
	about: msg`a cryptofeed configuration`,
	extension: '.yaml',
	isLossy: true,
	looksLike: ({beginning}) => /^\s+key_id:/m.test(beginning),
	async parse(source) {
		const [file] = await readYaml(source);
		return listOf(file)
			.filter(([, exchange]) => has(exchange, 'key_id') && !isNothing(memberOf(exchange, 'key_id')))
			.map(([id, exchange]) => entryOf({name: id, members: partsIn(exchange), exchange: id}));
	},
};

/** Its sample has null for each exchange without a key. */
function isNothing(text: unknown): boolean {
	return text === '' || text === 'null' || text === '~';
}
