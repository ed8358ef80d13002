import {partsIn} from '../parts.ts';
import {msg} from '../../language/translate.ts';
import {entryOf, isOn} from '../entry.ts';
import type {Format} from '../format.ts';
import {listOf, memberOf} from '../source.ts';
import {readToml} from '../text-formats.ts';

/** The official command line, its MCP server, and rust-okx. */
export const okxCli: Format = {
	about: msg`an OKX Trade Kit configuration (~/.okx/config.toml)`,
	extension: '.toml',
	isLossy: true,
	looksLike: ({beginning}) => /^\s*\[profiles\.[^\]\n]+\]/m.test(beginning),
	async parse(source) {
		const profiles = listOf(memberOf(await readToml(source), 'profiles'));
		return profiles.map(([name, profile]) =>
			entryOf({
				name,
				members: partsIn(profile),
				isDemo: isOn(memberOf(profile, 'demo')),
				// The tool itself prefers the address.
				site: [memberOf(profile, 'base_url'), memberOf(profile, 'site')],
			}),
		);
	},
};
