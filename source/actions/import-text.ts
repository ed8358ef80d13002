import {resolve} from 'node:path';
import {suggestedCommand, suggestedWithoutOpener} from '../core/invocation.ts';
import {limits} from '../core/limits.ts';
import {AppError} from '../core/errors.ts';
import {decodeText} from '../core/text/reading/decode.ts';
import {didYouMean, similar} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {graphemes, truncate} from '../core/text/width.ts';
import {credentialIn} from '../formats/credential.ts';
import {fileLimits, type ImportEntry} from '../formats/format.ts';
import {formats, readNames, type FormatName} from '../formats/index.ts';
import {formatOf, withoutKeys} from '../formats/recognise.ts';
import {sourceOf, type Source} from '../formats/source.ts';
import {t} from '../language/translate.ts';

export type ImportText = {
	readonly text: string;
	/** Names the text in sentences. */
	readonly from: string;
	/** Its file, whose name goes to a key that has none in it. */
	readonly file?: string | undefined;
	/** Absent: the text tells. */
	readonly format?: FormatName | undefined;
	/** For the only key in it. */
	readonly name?: string | undefined;
};

export type ImportContent = {readonly format: FormatName; readonly entries: readonly ImportEntry[]};

/** The largest size of a file once encrypted and armored, in bytes. */
export const mostSealedBytes = fileLimits.bytes * 1.5;

/** The text of a file, whose bytes it wipes. Throws `not-importable`. */
export function importedText(content: Buffer, from: string): string {
	const refuse = (problem: string, fix = t`Give a file that export made, or the file of a bot.`) =>
		new AppError('not-importable', {from, problem, fix});
	try {
		if (content.length > fileLimits.bytes) throw refuse(t`holds more than ${fileLimits.bytes / 1024 / 1024} MiB`);
		const {text, problem, isEncrypted} = decodeText(content);
		if (isEncrypted) throw refuse(problem, t`Decrypt it first, and import the result.`);
		if (text === undefined) throw refuse(problem);
		return text;
	} finally {
		content.fill(0);
	}
}

/** Every format that `import` takes, with what it is. */
export function importFormats(): readonly {readonly name: FormatName; readonly about: string}[] {
	return readNames.map(name => ({name, about: formats[name].about()}));
}

/** The format of this name. Throws `usage`, with all of them. */
export function importFormatNamed(name: string): FormatName {
	const found = readNames.find(one => one === name);
	if (found) return found;
	throw new AppError('usage', {
		problem: t`${truncate(sanitize(name), 60)} is not a format.`,
		hint: `${didYouMean(similar(name, readNames)) ?? ''} ${t`There are ${readNames.join(', ')}.`}`.trimStart(),
	});
}

/**
 * The keys in a text. Throws `not-importable` where its format is neither given nor recognised, where it is of another
 * format, or holds no key; `usage` where a name is given for several keys.
 */
export async function readImport({text, from, file, format: given, name}: ImportText): Promise<ImportContent> {
	const source = sourceOf(text, from);
	const format = given ?? recognised(source);
	const entries = await formats[format].parse!({
		...source,
		name: (file === undefined ? undefined : nameOfFile(file)) ?? format,
	});
	const refuse = (problem: string, fix: string) => new AppError('not-importable', {from, problem, fix});
	if (entries.length > fileLimits.keys)
		throw refuse(t`lists ${entries.length} keys, and ${fileLimits.keys} are the most`, t`Cut it into several files.`);
	if (entries.length === 0 && format !== 'json')
		throw refuse(
			t`holds no key, read as ${formats[format].about()}`,
			t`Name its format with --format, if it is another; --format list shows them.`,
		);
	return {format, entries: name === undefined ? entries : renamed(entries, name)};
}

function recognised(source: Source): FormatName {
	const {from, text, json} = source;
	const refuse = (problem: string, fix: string) => new AppError('not-importable', {from, problem, fix});
	const other = withoutKeys(source);
	if (other) throw refuse(other.looksLike, other.fix);
	const format = formatOf(source);
	if (format) return format;
	const {values} = credentialIn(text, from) ?? {};
	if (values)
		throw refuse(
			t`holds one credential without a name`,
			t`Store it under one: ${suggestedCommand('add', 'NAME')}, with the same on standard input.`,
		);
	const {problem} = json();
	throw refuse(
		/^\s*(\{|\[\s*[[{"\]]|$)/.test(text) && problem !== undefined ? problem : t`is of no format that import knows`,
		t`Give a file that export made or that a bot reads; ${suggestedWithoutOpener('import', '--format', 'list')} shows
			which.`,
	);
}

/** Without its ending; `.env` says nothing, so its folder counts, and of `.env.grid` what follows. */
function nameOfFile(file: string): string | undefined {
	const [folder, name] = resolve(file).split('/').slice(-2);
	const stem = name === '.env' ? folder : (/^\.env\.(.+)/.exec(name ?? '')?.[1] ?? name?.replace(/\.[^.]*$/, ''));
	return stem ? graphemes(sanitize(stem)).slice(0, limits.existingNameLength).join('').trim() : undefined;
}

function renamed(entries: readonly ImportEntry[], name: string): readonly ImportEntry[] {
	const own = entries.filter(({isElsewhere}) => !isElsewhere);
	if (own.length > 1)
		throw new AppError('usage', {
			problem: t`--name is for one key, and there are ${own.length}.`,
			hint: t`Leave it out; each key has a name of its own.`,
		});
	return entries.map(entry => (entry.key ? {...entry, name: sanitize(name), key: {...entry.key, name}} : entry));
}
