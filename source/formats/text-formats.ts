import {AppError} from '../core/errors.ts';
import {t} from '../language/translate.ts';
import type {Source} from './source.ts';

// The parsers are loaded when a file needs them. Their own messages quote the text, so only the position is used.

/** UTF-16 units; thousands of keys, and little enough for parsers of this kind. */
const most = 4 * 1024 * 1024;

type Position = {readonly line?: number | undefined; readonly column?: number | undefined};

function refused({from}: Source, language: string, {line, column}: Position = {}): AppError {
	return new AppError('not-importable', {
		from,
		problem:
			line === undefined || column === undefined
				? t`is not ${language}`
				: t`is not ${language}: see line ${line}, column ${column}`,
		fix: t`Correct it there, or name its format with --format.`,
	});
}

function refuseLong({from, text}: Source, language: string): void {
	if (text.length <= most) return;
	throw new AppError('not-importable', {
		from,
		problem: t`is longer than ${most / 1024 / 1024} MiB, the most for ${language}`,
		fix: t`Cut it into several files.`,
	});
}

/** Throws `not-importable`. */
export async function readToml(source: Source): Promise<unknown> {
	refuseLong(source, 'TOML');
	const {parse, TomlError} = await import('smol-toml');
	try {
		return parse(source.text, {maxDepth: 64, integersAsBigInt: 'asNeeded'});
	} catch (error) {
		throw refused(source, 'TOML', error instanceof TomlError ? error : {});
	}
}

/**
 * The documents of a text, with each scalar as the text that it is: a passphrase of digits stays what it was. Throws
 * `not-importable`.
 */
export async function readYaml(source: Source): Promise<readonly unknown[]> {
	refuseLong(source, 'YAML');
	const {FAILSAFE_SCHEMA, loadAll, mergeTag, YAMLException} = await import('js-yaml');
	try {
		// Compose files are full of merge keys.
		return loadAll(source.text, {schema: FAILSAFE_SCHEMA.withTags(mergeTag), maxDepth: 64});
	} catch (error) {
		const mark = error instanceof YAMLException ? error.mark : undefined;
		throw refused(source, 'YAML', mark && {line: mark.line + 1, column: mark.column + 1});
	}
}
