import {hash} from 'node:crypto';
import {suggestedCommand} from '../core/invocation.ts';
import {AppError} from '../core/errors.ts';
import type {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {ageFile, identitiesIn, type AgeFile} from '../formats/age.ts';
import type {ImportEntry} from '../formats/format.ts';
import {formats} from '../formats/index.ts';
import {t} from '../language/translate.ts';
import type {Context} from './context.ts';
import {importKeys, wipeEntries, type ImportOptions} from './import.ts';
import type {ImportOutcome} from './import-draft.ts';
import {importedText, mostSealedBytes, readImport} from './import-text.ts';

/** What opens an age file on the screen. */
export type ImportOpener = {readonly passphrase: Secret} | {readonly identityFile: string};

/** What an import of a file would do. It holds no secret. */
export type ImportPreview = {
	readonly file: string;
	/** Of the content that was looked at. */
	readonly sha256: string;
	/** What the file is, with its article. */
	readonly about: string;
	/** Whether it is the configuration of a program, which the program may miss. */
	readonly isConfiguration: boolean;
	readonly isEncrypted: boolean;
	readonly outcomes: readonly ImportOutcome[];
};

/** How an age file is encrypted; undefined for a file in clear. Throws as `ageFile` does. */
export async function encryptionOf({files}: Context, file: string): Promise<AgeFile['sealedFor'] | undefined> {
	const sealed = await ageFile(await files!.read(file, mostSealedBytes), sanitize(file));
	return sealed?.sealedFor;
}

/**
 * Stores nothing. Throws as `readImport` does, for a file that cannot be read, and for an age file that `opener` does
 * not open.
 */
export async function previewImport(
	context: Context,
	file: string,
	opener?: ImportOpener,
	signal?: AbortSignal,
): Promise<ImportPreview> {
	const {entries, ...read} = await readImportFile(context, file, opener, signal);
	const outcomes = await importKeys(context, entries, {test: false, isDryRun: true});
	return {file, ...read, outcomes};
}

/**
 * Reads the file again, so that none of its secrets has to wait in memory for an answer, and imports it. Throws
 * `invalid` where it is no longer what was previewed.
 */
export async function importPreviewed(
	context: Context,
	{file, sha256}: ImportPreview,
	{opener, ...options}: ImportOptions & {readonly opener?: ImportOpener | undefined},
): Promise<readonly ImportOutcome[]> {
	const read = await readImportFile(context, file, opener, options.signal);
	if (read.sha256 === sha256) return importKeys(context, read.entries, options);
	wipeEntries(read.entries);
	throw new AppError('invalid', {
		problem: t`${sanitize(file)} was changed meanwhile; nothing was imported.`,
		fix: t`Look at it once more.`,
	});
}

type ReadFile = Omit<ImportPreview, 'file' | 'outcomes'> & {readonly entries: readonly ImportEntry[]};

async function readImportFile(
	context: Context,
	file: string,
	opener: ImportOpener | undefined,
	signal: AbortSignal | undefined,
): Promise<ReadFile> {
	const from = sanitize(file);
	const bytes = await context.files!.read(file, mostSealedBytes);
	const sha256 = hash('sha256', bytes);
	const sealed = await ageFile(bytes, from);
	if (sealed && !opener)
		throw new AppError('not-importable', {
			from,
			problem: t`is encrypted with age`,
			fix: t`Take its keys on the command line: ${suggestedCommand('import', file)}`,
		});
	const content = sealed && opener ? await openedBy(context, sealed, opener, signal) : bytes;
	const {format, entries} = await readImport({text: importedText(content, from), from, file});
	return {
		sha256,
		about: sealed ? t`encrypted with age: ${formats[format].about()}` : formats[format].about(),
		isConfiguration: format !== 'json',
		isEncrypted: sealed !== undefined,
		entries,
	};
}

/** The content of an age file. Identities are wiped; a passphrase is left to the caller, who may need it again. */
async function openedBy(
	{files}: Context,
	sealed: AgeFile,
	opener: ImportOpener,
	signal: AbortSignal | undefined,
): Promise<Buffer> {
	if ('passphrase' in opener) return sealed.open(opener, signal);
	const identities = await identitiesIn(files!.identity(opener.identityFile), opener.identityFile);
	try {
		return await sealed.open({identities}, signal);
	} finally {
		for (const identity of identities) identity.wipe();
	}
}

/** Whether all keys of a file are in the vault, so that the file is no longer needed. */
export function areAllStored(outcomes: readonly ImportOutcome[]): boolean {
	return outcomes.every(({what}) => what === 'stored' || what === 'skipped');
}

/** What a person has to know after a file was shredded. */
export function shreddedWords(from: string): string {
	return t`${from} was overwritten and deleted. An SSD, a journaled or copy-on-write file system and a backup may keep
		the old content all the same: replace a key that others may have seen.`;
}

/** Where else the keys of a file may be; empty where nothing is known. */
export function copyWords(file: string, files: Context['files']): readonly string[] {
	const copies = files?.copiesOf(file);
	if (!copies) return [];
	const {files: found, isInGit} = copies;
	const from = sanitize(file);
	return [
		...(found.length > 0 ? [t`Copies of it may be ${found.map(copy => sanitize(copy)).join(', ')}.`] : []),
		...(isInGit ? [t`git tracks ${from}, so its history keeps the keys: replace them, or rewrite the history.`] : []),
	];
}
