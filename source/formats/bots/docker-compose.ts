import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {listOf, memberOf} from '../source.ts';
import {readYaml} from '../text-formats.ts';
import {keysInVariables} from '../variables.ts';

/** A list of `NAME=value`, or a mapping; compose writes `$$` for `$`. */
function environmentOf(service: unknown): Readonly<Record<string, unknown>> {
	const environment = memberOf(service, 'environment');
	const pairs = Array.isArray(environment)
		? environment.map((line: unknown) => (typeof line === 'string' ? line.split(/=(.*)/s, 2) : []))
		: listOf(environment);
	return Object.fromEntries(
		pairs.map(([name = '', value]) => [name, typeof value === 'string' ? value.replaceAll('$$', () => '$') : value]),
	);
}

export const compose: Format = {
	about: msg`a Docker compose file`,
	extension: '.yaml',
	isLossy: true,
	looksLike: ({beginning}) => /^services:\s*(#.*)?$/m.test(beginning),
	async parse(source) {
		const [file] = await readYaml(source);
		return listOf(memberOf(file, 'services')).flatMap(([name, service]) =>
			keysInVariables(environmentOf(service), name),
		);
	},
};
