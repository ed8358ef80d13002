import {partsIn} from '../parts.ts';
import {msg} from '../../language/translate.ts';
import {entryOf} from '../entry.ts';
import type {Format} from '../format.ts';
import {memberOf} from '../source.ts';
import {readYaml} from '../text-formats.ts';

/** Its values are encrypted with its password, and then an entry says so. */
export const hummingbot: Format = {
	about: msg`a connector file of Hummingbot (conf/connectors/okx.yml)`,
	extension: '.yml',
	isLossy: true,
	looksLike: ({beginning}) => /^\s*okx_(perpetual_)?secret_key:/m.test(beginning),
	async parse(source) {
		const [file] = await readYaml(source);
		return [
			entryOf({
				name: source.name,
				members: partsIn(file),
				site: ['okx_registration_sub_domain', 'okx_perpetual_registration_sub_domain'].map(one => memberOf(file, one)),
			}),
		];
	},
};
