import {AppError} from '../../core/errors.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {msg, t} from '../../language/translate.ts';
import {dialectNames, dialects, type DialectName, type EnvDialect} from '../env-dialects.ts';
import {ccxtIds, flavours, variablesOf, type Flavour} from '../flavours.ts';
import type {EnvLayout, Format, PrintableKey} from '../format.ts';
import {ownMark, ownMarkOf} from '../own-mark.ts';
import type {Source} from '../source.ts';
import {keysInVariables, namesPart} from '../variables.ts';

function lineOf(name: string, value: string, key: string, {dialect}: EnvLayout): string {
	const quoted = dialect.quote(value);
	if (quoted !== undefined) return `${dialect.before}${name}=${quoted}`;
	const fit = dialectNames.filter(other => dialects[other].quote(value) !== undefined);
	throw new AppError('not-exportable', {
		problem:
			dialect === dialects.common
				? t`The value for ${name} of ${key} cannot be written so that all readers of .env files read it alike.`
				: t`The value for ${name} of ${key} cannot be written so that it is read right by ${dialect.about()}.`,
		fix:
			fit.length === 0
				? t`Hand it over with exec instead.`
				: t`Name the program that reads the file, with --dialect ${fit.join(', ')}, or hand it over with exec instead.`,
	});
}

function print(keys: readonly PrintableKey[], layout: EnvLayout): string {
	const lines = keys.flatMap(({name, prefix, values}) =>
		Object.entries(variablesOf(layout.flavour, values())).flatMap(([variable, value]) =>
			value === undefined ? [] : [lineOf(`${prefix}${variable}`, value, sanitize(name), layout)],
		),
	);
	return `${markOf(layout.dialect)}\n${lines.join('\n')}\n`;
}

function markOf(dialect: EnvDialect): string {
	const name = dialectNames.find(one => dialects[one] === dialect);
	return name === undefined || name === 'common' ? ownMark : ownMarkOf(name);
}

/** The dialect that an export has been written in; undefined for any other file. */
function dialectOf({beginning}: Source): DialectName | undefined {
	const [first = ''] = beginning.split(/\r?\n/, 1);
	return dialectNames.find(name => markOf(dialects[name]) === first);
}

/** Of every flavour, without the names of keys. */
const variableNames: ReadonlySet<string> = new Set(
	Object.values(flavours).flatMap(({variables}) =>
		Object.keys(variables).flatMap(name => ccxtIds.map(id => name.replace('{CCXT}', id))),
	),
);

/** Whether all its lines are what export writes; others, that a person has added, would be lost. */
function isExport(source: Source): boolean {
	const [, ...lines] = source.text.split(/\r?\n/);
	return (
		dialectOf(source) !== undefined &&
		lines.every(line => {
			const [, name] = /^(?:export )?(\w{1,200})=/.exec(line) ?? [];
			return line === '' || (name !== undefined && isOfFlavour(name));
		})
	);
}

function isOfFlavour(name: string): boolean {
	return variableNames.has(name) || [...variableNames].some(one => name.endsWith(`_${one}`));
}

function printing(flavour: Flavour): Pick<Format, 'print' | 'isOwn'> {
	return {
		print: (keys, layout = {flavour, dialect: dialects.common}) => print(keys, layout),
		isOwn: isExport,
	};
}

/** Readers take the last of several lines, so a key in the first one would be lost without a word. */
function refuseTwice({text, from}: Source): void {
	const lines = new Map<string, string>();
	for (const line of text.split(/\r?\n/)) {
		const [, name = ''] = /^\s*(?:export\s+)?(\w{1,128})\s*=/.exec(line) ?? [];
		const value = line.slice(line.indexOf('=') + 1).trim();
		const isPart = /API_?KEY|SECRET|PASSPHRASE/i.test(name) || namesPart(name);
		if (isPart && (lines.get(name) ?? value) !== value)
			throw new AppError('not-importable', {
				from,
				problem: t`sets ${name.slice(0, 64)} twice, to different values`,
				fix: t`Put each key into a file of its own, or begin the names of its variables with another word.`,
			});
		lines.set(name, value);
	}
}

/** A quote between quotes, and a second command in a line: other readers take either for the end of the value. */
const onlyForShells = /='[^'\n]*'\\''|;[ \t]*export[ \t]/;

/** Throws `not-importable` for a file that its readers would not read either. */
function variablesOfFile(source: Source): Readonly<Record<string, string | undefined>> {
	const {text, from} = source;
	const written = dialectOf(source);
	const dialect = written ?? (onlyForShells.test(text) ? 'sh' : 'common');
	const variables = dialects[dialect].parse(text);
	if (variables !== undefined) return variables;
	if (written === undefined)
		throw new AppError('not-importable', {
			from,
			problem: t`is written for a shell, and has lines that no shell reads`,
			fix: t`Put the lines of the key into a file of their own.`,
		});
	throw new AppError('not-importable', {
		from,
		problem: t`has lines that export --dialect ${written} does not write`,
		fix: t`Take its first line away if another program has changed it; then it is read as any .env file.`,
	});
}

/** Variables of any kind of program, also of several keys. */
export const env: Format = {
	about: msg`a .env file`,
	extension: '.env',
	isLossy: true,
	looksLike: ({beginning}) => /^\s*(export\s+)?\w*(API_?KEY|SECRET|PASSPHRASE|EXCHANGE__KEY)\w*\s*=/im.test(beginning),
	parse(source) {
		refuseTwice(source);
		return keysInVariables(variablesOfFile(source), source.name);
	},
	...printing(flavours.common),
};

/** The same file with the variables of python-okx's examples; read as any .env file. */
export const pythonOkx: Format = {
	...env,
	about: msg`a .env file for python-okx`,
	looksLike: () => false,
	...printing(flavours['python-okx']),
};
