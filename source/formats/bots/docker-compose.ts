import {AppError} from '../../core/errors.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {msg, t} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {listOf, memberOf, type Source} from '../source.ts';
import {readYaml} from '../text-formats.ts';
import {keysInVariables} from '../variables.ts';

/** A mapping with a name twice is no YAML, but of a list the last line would be taken. */
function refuseTwice(lines: readonly unknown[], {from}: Source): void {
	const seen = new Set<string>();
	const twice = lines
		.map(line => (typeof line === 'string' ? line.split('=', 1)[0]! : ''))
		.find(name => name !== '' && seen.size === seen.add(name).size);
	if (twice === undefined) return;
	throw new AppError('not-importable', {
		from,
		problem: t`sets ${sanitize(twice).slice(0, 64)} twice in one service`,
		fix: t`Leave one of the lines in it.`,
	});
}

/** A name alone has the value that the shell of compose gives it. */
function pairOf(line: string): readonly string[] {
	return line.includes('=') ? line.split(/=(.*)/s, 2) : [line, `\${${line}}`];
}

/** A list of `NAME=value`, or a mapping; compose writes `$$` for `$`. */
function environmentOf(service: unknown, source: Source): Readonly<Record<string, unknown>> {
	const environment = memberOf(service, 'environment');
	if (Array.isArray(environment)) refuseTwice(environment, source);
	const pairs = Array.isArray(environment)
		? environment.map((line: unknown) => (typeof line === 'string' ? pairOf(line) : []))
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
			keysInVariables(environmentOf(service, source), name),
		);
	},
};
