import {lstatSync, opendirSync, realpathSync, statfsSync, type Dirent, type Stats} from 'node:fs';
import {dirname, join, sep} from 'node:path';
import {codeOf, reasonOf} from '../core/system-error.ts';
import {msg} from '../language/translate.ts';
import {isWithin} from '../files/folders.ts';
import {exclusionsFor, type Exclusions} from './exclusions.ts';
import {linkedRepository} from './linked-repository.ts';
import type {Tally, Unread} from './report.ts';

/** Deeper folders are no work of people. */
const deepest = 64;

/** The file systems of the kernel (statfs(2)): they hold no files, and some of theirs have no end. */
const kernelOnes: ReadonlySet<number> = new Set([
	0x9f_a0, // proc
	0x62_65_65_72, // sysfs
	0x63_67_72_70, // cgroup2
	0x27_e0_eb, // cgroup
	0x64_62_67_20, // debugfs
	0x74_72_61_63, // tracefs
	0x73_63_66_73, // securityfs
	0xca_fe_4a_11, // bpf
	0x1c_d1, // devpts
]);

/** A folder or a file; `placeAt` gives one. */
export type Place = {
	/** Without symbolic links. */
	readonly path: string;
	/** Whether a person asks for it. */
	readonly isNamed?: boolean;
	/** A folder above it, whose rules hold for it too. */
	readonly base?: string;
	/** How many folders down; all of them without it. */
	readonly depth?: number;
};

/** Undefined when nothing is there. Throws system errors. */
export function placeAt(path: string, options: Omit<Place, 'path'> = {}): Place | undefined {
	try {
		return {...options, path: realpathSync(path)};
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}

/** Whether a place includes a path, by their texts. */
export function reaches({path, depth = Infinity}: Place, other: string): boolean {
	return isWithin(other, path) && other.slice(path.length).split(sep).filter(Boolean).length <= depth + 1;
}

export type Step =
	| {readonly kind: 'file'; readonly path: string; readonly isNamed: boolean}
	/** A folder with the objects of a repository. */
	| {readonly kind: 'repository'; readonly path: string};

export type WalkOptions = {
	/** Patterns of .gitignore. */
	readonly exclude: readonly string[];
	readonly tally: Tally;
	readonly onUnread: (unread: Unread) => void;
	readonly onExcluded: (path: string) => void;
};

/**
 * The plain files of a place and its repositories, also those that worktrees and submodules belong to, which may be
 * elsewhere and may come more than once. Follows no symbolic link.
 */
export function* walk({path, base, depth, isNamed = false}: Place, options: WalkOptions): Generator<Step> {
	const stats = attemptTo(() => lstatSync(path), path, options);
	if (!stats) return;
	const isFolder = stats.isDirectory();
	if (base !== undefined && exclusionsFor(dirname(path), base, options.exclude).isExcluded(path, isFolder)) {
		leaveOut(path, options);
		return;
	}

	if (!isFolder) {
		yield {kind: 'file', path, isNamed};
		return;
	}

	const rules = exclusionsFor(path, base ?? path, options.exclude);
	yield* below(path, stats, {...options, left: depth ?? deepest, isWhole: depth === undefined, rules});
}

type Below = WalkOptions & {
	/** How many folders further down, and whether that is meant to be all of them. */
	readonly left: number;
	readonly isWhole: boolean;
	readonly rules: Exclusions;
};

function* below(folder: string, {dev}: Stats, options: Below): Generator<Step> {
	const {left, isWhole, rules, tally, onUnread} = options;
	const isRepository = holdsObjects(folder);
	if (isRepository) yield {kind: 'repository', path: folder};
	for (const entry of entriesOf(folder, options)) {
		const path = join(folder, entry.name);
		const isFolder = entry.isDirectory();
		if (entry.isSymbolicLink()) tally.links++;
		// The objects are compressed: the repository gives them.
		if ((!isFolder && !entry.isFile()) || (isRepository && entry.name === 'objects')) continue;
		if (rules.isExcluded(path, isFolder)) {
			leaveOut(path, options);
			continue;
		}

		if (!isFolder) {
			yield {kind: 'file', path, isNamed: false};
			if (entry.name === '.git' && left > 0) yield* linked(path, options);
			continue;
		}

		if (left === 0) {
			if (isWhole) onUnread({path, reason: msg`it is more than ${deepest} folders down`});
			continue;
		}

		const stats = attemptTo(() => lstatSync(path), path, options);
		// A link may have taken its place.
		if (!stats?.isDirectory() || (stats.dev !== dev && isOfKernel(path))) continue;
		yield* below(path, stats, {...options, left: left - 1, rules: rules.within(path)});
	}
}

function* linked(file: string, {onUnread}: WalkOptions): Generator<Step> {
	const path = linkedRepository(file);
	if (path === undefined) onUnread({path: file, reason: msg`the repository that it names is not there`});
	else if (path !== null && holdsObjects(path)) yield {kind: 'repository', path};
}

function leaveOut(path: string, {tally, onExcluded}: WalkOptions): void {
	tally.excluded++;
	onExcluded(path);
}

function* entriesOf(folder: string, options: WalkOptions): Generator<Dirent> {
	const opened = attemptTo(() => opendirSync(folder, {bufferSize: 256}), folder, options);
	if (!opened) return;
	try {
		for (;;) {
			const entry = attemptTo(() => opened.readSync(), folder, options);
			if (!entry) return;
			yield entry;
		}
	} finally {
		opened.closeSync();
	}
}

/** As git tells the folder of a repository: `.git`, or one without files of work. */
function holdsObjects(folder: string): boolean {
	try {
		return ['HEAD', 'objects', 'refs'].every(name => lstatSync(join(folder, name), {throwIfNoEntry: false}));
	} catch {
		return false;
	}
}

function isOfKernel(folder: string): boolean {
	try {
		return kernelOnes.has(statfsSync(folder).type);
	} catch {
		return false;
	}
}

function attemptTo<Result>(work: () => Result, path: string, {onUnread}: WalkOptions): Result | undefined {
	try {
		return work();
	} catch (error) {
		// Nothing is there any more, or never was.
		if (codeOf(error) !== 'ENOENT') onUnread({path, reason: () => reasonOf(error)});
		return undefined;
	}
}
