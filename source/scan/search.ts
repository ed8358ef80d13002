import {lstatSync} from 'node:fs';
import {basename} from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import type {SecretForm} from '../core/secret-text/forms.ts';
import {isWithin} from '../files/folders.ts';
import {searchFile} from './file-search.ts';
import {createPatternFinder} from './pattern-finder.ts';
import {pathsOfObjects, searchRepository} from './repository-search.ts';
import type {Find, Tally, Unread} from './report.ts';
import {createStreamSearch, type Match} from './stream-search.ts';
import {reaches, walk, type Place} from './walk.ts';

export type {Find, Place, Tally, Unread};

export type SearchRequest = {
	/** For each secret, the forms to search for, none shorter than 4 bytes. */
	readonly secrets: ReadonlyArray<readonly SecretForm[]>;
	readonly places: readonly Place[];
	/** Patterns of .gitignore. */
	readonly exclude: readonly string[];
	/** What git is run with. */
	readonly environment: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal | undefined;
	/** Called a few times a second with what is searched; the path is raw, but for secrets. */
	readonly onProgress?: (tally: Readonly<Tally>, path: string) => void;
};

export type SearchReport = {
	/** At most `mostFinds`. */
	readonly finds: readonly Find[];
	readonly foundMore: boolean;
	readonly tally: Readonly<Tally>;
	readonly unread: readonly Unread[];
	/** Whether the search has ended by itself. */
	readonly isWhole: boolean;
	/** Whether all of a path was searched, or is not there. */
	readonly isSearched: (path: string) => boolean;
	/** A text in which each secret is covered. */
	readonly covered: (text: string) => string;
	/** Overwrites the secrets. */
	readonly wipe: () => void;
};

type SingleFind = Omit<Find, 'lines'>;

export const mostFinds = 10_000;
/** Beyond these, no path counts as searched. */
const mostNoted = 10_000;
/** Between two turns of everything else, ms; Ctrl+C waits for this long. */
const turnMs = 20;
const progressMs = 200;

/** Searches one file after the other in constant memory; stops when the signal aborts, and gives what it has. */
export async function searchPlaces(request: SearchRequest): Promise<SearchReport> {
	const {secrets, places, exclude, environment, signal, onProgress} = request;
	const forms = secrets.flatMap((forms, secret) => forms.map(({text, encoding}) => ({text, encoding, secret})));
	const finder = createPatternFinder(forms.map(({text}) => text));
	const search = createStreamSearch(finder);
	const tally: Tally = {files: 0, bytes: 0, objects: 0, excluded: 0, links: 0};
	const found = createFinds();
	const unread: Unread[] = [];
	const skipped: string[] = [];
	const repositories = new Set<string>();
	let skips = 0;
	let current = '';
	let [turnedAt, toldAt] = [performance.now(), 0];

	const covered = (text: string) => cover(text, Buffer.from(text), finder);
	const skip = (path: string) => {
		if (++skips <= mostNoted) skipped.push(path);
	};
	const onUnread = (problem: Unread) => {
		skip(problem.path);
		if (unread.length < mostNoted) unread.push(problem);
	};
	const pause = async () => {
		const now = performance.now();
		if (now - turnedAt < turnMs) return;
		if (now - toldAt > progressMs) {
			onProgress?.(tally, covered(current));
			toldAt = now;
		}

		await turn();
		turnedAt = performance.now();
		signal?.throwIfAborted();
	};
	const findOf = ({pattern, line, isSplit}: Match): Omit<SingleFind, 'path' | 'mode'> => {
		const {secret, encoding} = forms[pattern]!;
		return {secret, encoding, line, isSplit};
	};
	const each = {search, tally, onUnread, signal, pause, environment};

	async function searchObjects(path: string): Promise<void> {
		if (repositories.has(path)) return;
		repositories.add(path);
		const mode = modeOf(path);
		const inside = createFinds();
		await searchRepository(path, {
			...each,
			onMatch(match, id) {
				inside.add({...findOf(match), path, mode, object: {id, path: undefined}});
			},
		});
		const ids = new Set(inside.all().flatMap(({object}) => (object ? [object.id] : [])));
		const paths = ids.size === 0 ? undefined : await pathsOfObjects(path, ids, each);
		for (const find of inside.all())
			found.add({...find, object: {id: find.object!.id, path: paths?.get(find.object!.id)}});
	}

	try {
		for (const place of places) {
			for (const step of walk(place, {exclude, tally, onUnread, onExcluded: skip})) {
				current = step.path;
				if (step.kind === 'repository') {
					await searchObjects(step.path);
				} else {
					const {path, isNamed} = step;
					const name = Buffer.from(basename(path));
					finder.search(name, name.length, pattern => {
						found.add({...findOf({pattern, line: null, isSplit: false}), path, mode: modeOf(path)});
					});
					await searchFile(path, {
						...each,
						isNamed,
						onMatch(match, mode) {
							found.add({...findOf(match), path, mode});
						},
					});
				}

				await pause();
			}
		}
	} catch (error) {
		if (!signal?.aborted) throw error;
	} finally {
		search.wipe();
	}

	const isWhole = signal?.aborted !== true;
	const isSearched = (path: string) =>
		isWhole &&
		skips <= mostNoted &&
		!found.isFull() &&
		places.some(place => reaches(place, path)) &&
		!skipped.some(other => isWithin(path, other));
	return {
		finds: found.all(),
		foundMore: found.isFull(),
		tally,
		unread,
		isWhole,
		isSearched,
		covered,
		wipe: finder.wipe,
	};
}

/** One find for each secret in a file: a log may have one in each of its lines. */
function createFinds(): {
	readonly add: (find: SingleFind) => void;
	readonly all: () => readonly Find[];
	readonly isFull: () => boolean;
} {
	const finds = new Map<string, {readonly find: SingleFind; lines: number; last: number}>();
	let isFull = false;
	return {
		add(find) {
			const id = JSON.stringify([find.path, find.object?.id, find.secret]);
			const known = finds.get(id);
			const line = find.line ?? 0;
			if (!known && finds.size < mostFinds) finds.set(id, {find, lines: 1, last: line});
			else if (!known) isFull = true;
			else if (line > known.last) {
				known.lines++;
				known.last = line;
			}
		},
		all: () =>
			finds
				.values()
				.map(({find, lines}) => Object.assign({lines}, find))
				.toArray(),
		isFull: () => isFull,
	};
}

function modeOf(path: string): number {
	return (lstatSync(path, {throwIfNoEntry: false})?.mode ?? 0) & 0o777;
}

function cover(text: string, bytes: Buffer, finder: ReturnType<typeof createPatternFinder>): string {
	const ranges: (readonly [number, number])[] = [];
	finder.search(bytes, bytes.length, (pattern, at) => ranges.push([at, at + finder.lengthOf(pattern)]));
	if (ranges.length === 0) return text;
	let shown = '';
	let end = 0;
	for (const [from, to] of ranges.toSorted(([left], [right]) => left - right)) {
		if (from >= end) shown += `${bytes.toString('utf8', end, from)}********`;
		end = Math.max(end, to);
	}

	return shown + bytes.toString('utf8', end);
}
