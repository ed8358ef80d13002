import type {Severity} from '../core/health/finding-kinds.ts';
import {resolve} from 'node:path';
import {AppError} from '../core/errors.ts';
import type {CredentialPart} from '../core/key/credential-form.ts';
import type {StoredKey} from '../core/key/key.ts';
import {isOnExchange} from '../core/key/operation.ts';
import {searchedFormsOf, type Encoding} from '../core/secret-text/forms.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {reasonOf} from '../core/system-error.ts';
import {shellQuotePath} from '../core/text/shell.ts';
import {msg, t, type Translatable} from '../language/translate.ts';
import {fixFor, knownPlaces} from '../scan/known-places.ts';
import {searchPlaces, type Find, type SearchReport, type Tally, type Unread} from '../scan/search.ts';
import {placeAt, reaches, type Place} from '../scan/walk.ts';
import type {Context} from './context.ts';
import {noteCopies} from './copies.ts';

/** A secret of the vault in plain text. Its texts are sanitized, and no secret is in them. */
export type FoundCopy = Pick<Find, 'object' | 'line' | 'lines' | 'isSplit'> & {
	readonly path: string;
	/** Permission bits. */
	readonly mode: number;
	/** The names of all keys with this secret. */
	readonly keys: readonly string[];
	readonly part: CredentialPart;
	readonly encoding: Encoding;
	readonly severity: Severity;
	readonly fix: Translatable;
};

export type ScanReport = {
	/** In the order of their paths and lines. */
	readonly found: readonly FoundCopy[];
	readonly foundMore: boolean;
	/** How many keys were searched for. */
	readonly keys: number;
	/** The names of keys with a value so short that it would be found everywhere. */
	readonly tooShort: readonly string[];
	readonly tally: Readonly<Tally>;
	readonly unread: readonly Unread[];
	/** False for a search that was stopped. */
	readonly isWhole: boolean;
};

export type ScanRequest = {
	/** Paths of files and folders; none for the known places. */
	readonly paths: readonly string[];
	/** Patterns of .gitignore. */
	readonly exclude: readonly string[];
	/** What this process was started with, for git and for the places of a login. */
	readonly environment: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: (tally: Readonly<Tally>, path: string) => void;
	/** The report is whole, but could not be kept with the keys. */
	readonly onNotStored?: (error: unknown) => void;
};

/** The shortest that the exchange takes; what is shorter stands in many files by chance. */
const leastSearched = 8;

type SoughtSecret = {readonly text: string; readonly part: CredentialPart; readonly keys: readonly StoredKey[]};

/**
 * Searches for the credentials of all keys that are not revoked, those in the trash included, and of leaked ones, and
 * notes what was found with the keys. A signal that aborts ends the search early, with what it has found so far. Throws
 * `no-such-file` or `file-unreadable` for a path, and `usage` where there is no home to search.
 */
export async function scan(context: Context, request: ScanRequest): Promise<ScanReport> {
	const keys = context.vault.read().keys.filter(key => isOnExchange(key) || key.incident);
	const all = secretsOf(keys);
	const secrets = all.filter(({text}) => text.length >= leastSearched);
	const places = placesOf(request, keys);
	const report = await searchPlaces({...request, places, secrets: secrets.map(({text}) => searchedFormsOf(text))});
	try {
		const shown = (text: string) => sanitize(report.covered(text));
		try {
			await noteCopies(context, report, find => secrets[find.secret]!);
		} catch (error) {
			request.onNotStored?.(error);
		}

		return {
			...resultOf(report),
			found: report.finds.map(find => foundCopy(find, secrets[find.secret]!, request, shown)).toSorted(byPlace),
			keys: keys.length,
			tooShort: namesOf(all.filter(({text}) => text.length < leastSearched)),
			unread: report.unread.map(({path, reason}) => ({path: shown(path), reason})),
		};
	} finally {
		report.wipe();
	}
}

function placesOf({paths, environment}: ScanRequest, keys: readonly StoredKey[]): readonly Place[] {
	if (paths.length > 0) return paths.map(path => namedPlace(path, keys));
	const places = knownPlaces(environment);
	if (places) return places;
	throw new AppError('usage', {
		problem: t`There is no home folder to search.`,
		hint: t`Set HOME, or name files and folders.`,
	});
}

/** A place that is gone is searched too where a secret was found before: then nothing is there any more. */
function namedPlace(path: string, keys: readonly StoredKey[]): Place {
	const full = resolve(path);
	try {
		const place = placeAt(full, {isNamed: true});
		if (place) return place;
	} catch (error) {
		throw new AppError('file-unreadable', {path: sanitize(path), reason: reasonOf(error)}, {cause: error});
	}

	const wasFound = keys.some(({copies = []}) => copies.some(copy => reaches({path: full}, copy.path)));
	if (!wasFound) throw new AppError('no-such-file', {path: sanitize(path), what: t`file or folder`});
	return {path: full};
}

function namesOf(secrets: readonly SoughtSecret[]): readonly string[] {
	return [...new Set(secrets.flatMap(({keys}) => keys.map(({name}) => name)))];
}

function resultOf({foundMore, tally, isWhole}: SearchReport): Pick<ScanReport, 'foundMore' | 'tally' | 'isWhole'> {
	return {foundMore, tally, isWhole};
}

/** Each text once, with all keys that have it. */
function secretsOf(keys: readonly StoredKey[]): readonly SoughtSecret[] {
	const all = new Map<string, SoughtSecret>();
	for (const key of keys) {
		const {apiKey, secretKey, passphrase} = key.credential;
		const texts = {secretKey: secretKey.reveal(), passphrase: passphrase.reveal(), apiKey};
		for (const [part, text] of Object.entries(texts) as (readonly [CredentialPart, string])[]) {
			const known = all.get(text);
			if (known && !known.keys.includes(key)) all.set(text, {...known, keys: [...known.keys, key]});
			else if (!known && text !== '') all.set(text, {text, part, keys: [key]});
		}
	}

	return [...all.values()];
}

function foundCopy(
	{path, object, line, lines, mode, encoding, isSplit}: Find,
	{part, keys}: SoughtSecret,
	{environment}: ScanRequest,
	shown: (text: string) => string,
): FoundCopy {
	const names = keys.map(({name}) => name);
	const isOpen = (mode & 0o077) !== 0;
	return {
		path: shown(path),
		...(object && {object: {id: object.id, path: object.path === undefined ? undefined : shown(object.path)}}),
		line,
		lines,
		mode,
		keys: names,
		part,
		encoding,
		isSplit,
		severity: severities[part],
		fix: fixOf(),
	};

	function fixOf(): Translatable {
		if (part === 'apiKey') return msg`An API key opens nothing without its secret key.`;
		if (object) return msg`Rotate the key: what is deleted from a repository stays in every copy of it.`;
		const fix = fixFor(path, names[0]!, environment);
		const open = shellQuotePath(shown(path));
		return isOpen ? () => t`Others can read it: run chmod 600 ${open} and rotate the key. ${fix()}` : fix;
	}
}

const severities = {secretKey: 'bad', passphrase: 'warn', apiKey: 'info'} as const satisfies Record<
	CredentialPart,
	Severity
>;

function byPlace(left: FoundCopy, right: FoundCopy): number {
	const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
	return (
		order(left.path, right.path) ||
		order(left.object?.id ?? '', right.object?.id ?? '') ||
		(left.line ?? 0) - (right.line ?? 0)
	);
}
