import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import {searchedFormsOf} from '../../source/core/secret-text/forms.ts';
import {createPatternFinder} from '../../source/scan/pattern-finder.ts';
import {searchPlaces, type SearchReport} from '../../source/scan/search.ts';
import {createStreamSearch, type Match} from '../../source/scan/stream-search.ts';
import {placeAt, type Place} from '../../source/scan/walk.ts';

export const secret = '9F86D081884C7D659A2FEAA0C55AD015';

export type Seen = Omit<Match, 'pattern'> & {readonly pattern: string};

/** What the searches of these tests read at once, in bytes. */
export const pieceSize = 4096;

/** What is found in bytes that are read in pieces of these sizes, the last one again and again. */
export function matchesIn(bytes: Uint8Array, patterns: readonly string[], sizes: readonly number[] = []): Seen[] {
	const search = createStreamSearch(createPatternFinder(patterns), pieceSize);
	const seen: Seen[] = [];
	search.begin(match => {
		seen.push({...match, pattern: patterns[match.pattern]!});
	});
	for (let at = 0, piece = 0; at < bytes.length; piece++) {
		const room = search.room();
		const part = bytes.subarray(at, at + Math.min(room.length, sizes[Math.min(piece, sizes.length - 1)] ?? Infinity));
		room.set(part);
		search.take(part.length);
		at += part.length;
	}

	search.finish();
	return seen;
}

/** A temporary folder with files; gone with the test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
	const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-scan-')));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true, force: true});
	});
	for (const [name, content] of Object.entries(files)) {
		fs.mkdirSync(path.dirname(path.join(folder, name)), {recursive: true});
		fs.writeFileSync(path.join(folder, name), content, {mode: 0o600});
	}

	return folder;
}

export async function searched(
	folder: string,
	secrets: readonly string[],
	{exclude = [], ...place}: Omit<Place, 'path'> & {readonly exclude?: readonly string[]} = {},
): Promise<SearchReport> {
	return searchPlaces({
		secrets: secrets.map(secret => searchedFormsOf(secret)),
		places: [placeAt(folder, place)!],
		exclude,
		environment: {PATH: process.env['PATH'] ?? '', HOME: folder},
	});
}

/** The paths below the folder, with lines. */
export function placesOf(folder: string, {finds}: SearchReport): string[] {
	return finds
		.map(({path: file, object, line}) => `${path.relative(folder, file)}${object ? ` ${object.path}` : ''}:${line}`)
		.toSorted();
}
