import {partsIn} from '../parts.ts';
import {msg} from '../../language/translate.ts';
import {entryOf} from '../entry.ts';
import type {Format} from '../format.ts';
import {readYaml} from '../text-formats.ts';

export const hummingbotGateway: Format = {
	about: msg`a connector file of the Hummingbot gateway`,
	extension: '.yml',
	isLossy: true,
	looksLike: ({beginning}) => /^\s*secretKey:\s/m.test(beginning),
	async parse(source) {
		const [file] = await readYaml(source);
		return [entryOf({name: source.name, members: partsIn(file)})];
	},
};
