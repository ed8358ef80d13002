import {suggestedCommand} from '../core/invocation.ts';
import {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {sandboxSite, siteUrl, type AllowedHosts} from '../exchange/sites.ts';
import {dialects, type DialectName} from '../formats/env-dialects.ts';
import {flavours, type FlavourName} from '../formats/flavours.ts';
import {fileLimits, type EnvLayout, type PrintableKey} from '../formats/format.ts';
import {formats, type FormatName} from '../formats/index.ts';
import {sourceOf} from '../formats/source.ts';
import {t} from '../language/translate.ts';
import type {Context} from './context.ts';
import {keyByName, liveKeys, refuseFrozen} from './keys.ts';
import {prefixesFor, valuesOf} from './program-values.ts';

/** The form of an export. */
export type ExportForm = {
	readonly format: FormatName;
	/** For files of variables; without it, those of the format. */
	readonly flavour?: FlavourName | undefined;
	readonly dialect?: DialectName | undefined;
	/** What the names of variables begin with, one for each key. */
	readonly prefixes?: readonly string[];
	/** Those of the settings, whose addresses may be written down. */
	readonly allowedHosts?: AllowedHosts;
};

/**
 * With `all`, every finished key in use that is not frozen. Throws `no-such-key`, `creation-unfinished` for a key whose
 * creation was cut off, and `key-frozen`.
 */
export function keysToExport({vault}: Context, wanted: readonly string[] | 'all'): readonly StoredKey[] {
	const content = vault.read();
	if (wanted === 'all') return liveKeys(content).filter(({status}) => status !== 'frozen');
	const keys = [...new Set(wanted)].map(name => keyByName(content, name));
	for (const key of keys) refuseFrozen(key);
	return keys;
}

/**
 * Encrypts keys in a form; the plain content never leaves this function. Throws `not-exportable`, or
 * `too-much-to-export` for more than `importKeys` would take back.
 */
export async function exportKeys(
	keys: readonly StoredKey[],
	form: ExportForm,
	seal: (content: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
	const content = printKeys(keys, form);
	try {
		return await seal(content);
	} finally {
		content.fill(0);
	}
}

/** Keys in clear, which the caller wipes. Throws what `exportKeys` throws. */
export function printKeys(keys: readonly StoredKey[], form: ExportForm): Buffer {
	const {print} = formats[form.format];
	if (!print) throw new AppError('usage', {problem: t`Keys can be read from ${form.format}, but not written as it.`});
	return bounded(keys, print(printable(keys, form), layoutOf(form)));
}

/** What is to be in the place of a file. */
export type FileExport = {
	readonly path: string;
	/** Its content now; undefined if it is free. */
	readonly before: string | undefined;
	/** Whether a file that is not ours may be replaced, and a profile of another key. */
	readonly isForced: boolean;
};

/**
 * The content of a file with these keys, in clear, which the caller wipes: merged into what it holds, where the format
 * has room for others. Throws `not-mergeable` too.
 */
export async function printInto(
	keys: readonly StoredKey[],
	form: ExportForm,
	{path, before, isForced}: FileExport,
): Promise<Buffer> {
	const {merge} = formats[form.format];
	if (before !== undefined && merge)
		return bounded(keys, await merge(sourceOf(before, sanitize(path)), printable(keys, form), isForced));
	return printKeys(keys, form);
}

/**
 * Throws `not-own-file` for a file that holds more than an earlier export, unless that may be lost, or the keys are put
 * into it.
 */
export function refuseForeign({format}: ExportForm, {path, before, isForced}: FileExport): void {
	const {merge, isOwn} = formats[format];
	if (before === undefined || before.trim() === '' || isForced || merge) return;
	if (isOwn?.(sourceOf(before, sanitize(path))) !== true) throw new AppError('not-own-file', {path: sanitize(path)});
}

function bounded(keys: readonly StoredKey[], text: string): Buffer {
	const content = Buffer.from(text);
	if (keys.length <= fileLimits.keys && content.length <= fileLimits.bytes) return content;
	content.fill(0);
	throw new AppError('too-much-to-export', {
		keys: keys.length,
		most: t`${fileLimits.keys} keys and ${fileLimits.bytes / 1024 / 1024} MiB`,
	});
}

function layoutOf({format, flavour, dialect = 'common'}: ExportForm): EnvLayout {
	const named = flavour ?? (format === 'python-okx' ? format : 'common');
	return {flavour: flavours[named], dialect: dialects[dialect]};
}

function printable(
	keys: readonly StoredKey[],
	{format, prefixes = [], allowedHosts}: ExportForm,
): readonly PrintableKey[] {
	const begins = isOfVariables(format) ? prefixesFor(keys, prefixes) : [];
	return keys.map((key, index) => ({
		...key,
		prefix: begins[index] ?? '',
		values: () => valuesOf(key, lastingAddress(key, allowedHosts)),
	}));
}

/** Whether a format is a file of variables, for which flavour, dialect and prefixes can be chosen. */
export function isOfVariables(format: FormatName): boolean {
	return format === 'env' || format === 'python-okx';
}

function lastingAddress({name, site}: StoredKey, allowedHosts?: AllowedHosts): URL {
	if (site !== sandboxSite) return siteUrl(site, allowedHosts);
	throw new AppError('not-exportable', {
		problem: t`${sanitize(name)} works only while this sandbox runs, which has no address that could be written down.`,
		fix: t`Run the program with exec, which tells it the address, or run
			${suggestedCommand('sandbox', '--port', '8080')} and add its key.`,
	});
}
