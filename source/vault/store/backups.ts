import {dayMs} from '../../core/text/time.ts';
import {
	chmodSync,
	closeSync,
	constants,
	copyFileSync,
	fsyncSync,
	linkSync,
	lstatSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	truncateSync,
	unlinkSync,
	writeFileSync,
} from 'node:fs';
import {basename, dirname, join, parse} from 'node:path';
import {codeOf} from '../../core/system-error.ts';
import {makeFolder} from '../../files/folders.ts';
import type {Owner} from '../../files/permissions.ts';
import {readGuarded, refuseUnsafeFolder} from './file-guard.ts';
import type {EarlierSave} from './store.ts';

const newest = 10;
const days = 14;
const noLinks = new Set(['EPERM', 'EOPNOTSUPP', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/**
 * The earlier saves of one file: `backups/vault.000042.json`, counted up because clocks jump. A routine save is
 * `vault.000043.tests.json`.
 */
export type Backups = {
	/**
	 * Keeps the present file and gives the path. A hard link takes no space, so it works on a full disk, and it has the
	 * file's own time.
	 */
	keep(): string;
	/** Keeps the present file under a name that is never pruned, `vault.json.set-aside-1`, and gives the path. */
	keepAside(): string;
	markRoutine(backup: string): void;
	list(): readonly EarlierSave[];
	/**
	 * Keeps the last ten, and the last of each of the 14 days with saves before them, so that many saves in an hour do
	 * not push out yesterday's.
	 */
	prune(): void;
	/** Moves all to `backups/former-1`, where nothing prunes them, because another vault begins here. */
	retire(): void;
	holds(file: string): boolean;
};

type Kept = {readonly file: string; readonly number: number; readonly isRoutine: boolean};

export function backupsOf(path: string, owner: Owner): Backups {
	const folder = join(dirname(path), 'backups');
	const {name, ext} = parse(basename(path));

	function all(): Kept[] {
		return readdirSync(folder)
			.filter(entry => entry.startsWith(`${name}.`) && entry.endsWith(ext))
			.flatMap(entry => {
				const [, digits, mark] =
					/^(\d{6,15})(\.tests)?$/.exec(entry.slice(name.length + 1, entry.length - ext.length)) ?? [];
				return digits === undefined
					? []
					: [{file: join(folder, entry), number: Number(digits), isRoutine: mark !== undefined}];
			})
			.toSorted((left, right) => left.number - right.number);
	}

	function linked(target: string): string {
		try {
			linkSync(path, target);
		} catch (error) {
			if (!noLinks.has(codeOf(error))) throw error;
			copyFileSync(path, target, constants.COPYFILE_EXCL);
			chmodSync(target, 0o600);
			sync(target);
		}

		return target;
	}

	return {
		keep() {
			makeFolder(folder, dirname(folder));
			refuseUnsafeFolder(folder, owner);
			return linked(join(folder, `${name}.${String((all().at(-1)?.number ?? 0) + 1).padStart(6, '0')}${ext}`));
		},
		keepAside() {
			for (let number = 1; ; number++) {
				const target = `${path}.set-aside-${number}`;
				if (!lstatSync(target, {throwIfNoEntry: false})) return linked(target);
			}
		},
		markRoutine(backup) {
			const before = all().filter(({isRoutine}) => isRoutine);
			renameSync(backup, join(folder, `${parse(backup).name}.tests${ext}`));
			for (const {file} of before) unlinkSync(file);
		},
		list() {
			let kept: Kept[];
			try {
				refuseUnsafeFolder(folder, owner);
				kept = all();
			} catch {
				return [];
			}

			return kept.toReversed().flatMap(({file}) => {
				const stats = lstatSync(file, {throwIfNoEntry: false});
				return stats
					? [
							{
								id: basename(file),
								label: file,
								savedAt: Math.trunc(stats.mtimeMs),
								read: async () => readGuarded(file, owner).bytes,
							},
						]
					: [];
			});
		},
		prune() {
			const files = all()
				.filter(({isRoutine}) => !isRoutine)
				.map(({file}) => file)
				.toReversed();
			const dayOf = (file: string) => Math.floor(lstatSync(file).mtimeMs / dayMs);
			// Days are only told apart: clocks jump, so the order is that of the numbers.
			const seen = new Set(files.slice(0, newest).map(file => dayOf(file)));
			const most = seen.size + days;
			for (const file of files.slice(newest)) {
				const day = dayOf(file);
				if (seen.has(day) || seen.size === most) unlinkSync(file);
				else seen.add(day);
			}
		},
		retire() {
			if (!lstatSync(folder, {throwIfNoEntry: false})) return;
			refuseUnsafeFolder(folder, owner);
			const files = all().map(({file}) => file);
			if (files.length === 0) return;
			let former = 1;
			while (lstatSync(join(folder, `former-${former}`), {throwIfNoEntry: false})) former++;
			const target = join(folder, `former-${former}`);
			mkdirSync(target, {mode: 0o700});
			for (const file of files) renameSync(file, join(target, basename(file)));
		},
		holds: file => dirname(file) === folder,
	};
}

export function sync(path: string): void {
	const descriptor = openSync(path, constants.O_RDONLY);
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/**
 * Makes `path` hold `bytes` again and removes the backup of it. Renaming takes no space; but where the failed save
 * wrote into the file itself, the backup is the same file, and the bytes are written back.
 */
export function putBack(path: string, backup: string, bytes: Buffer): void {
	if (!isSameFile(path, backup)) {
		renameSync(backup, path);
		return;
	}

	if (!readFileSync(path).equals(bytes)) {
		// Truncated afterwards, so that a full disk cannot take the space that the bytes need.
		writeFileSync(path, bytes, {flag: 'r+', flush: true});
		truncateSync(path, bytes.length);
	}

	unlinkSync(backup);
}

/**
 * Gives a backup its own bytes again where a save has written into the file itself, and so into its hard link. Such a
 * save has not waited for the disk either.
 */
export function detach(path: string, backup: string, bytes: Buffer): void {
	if (!isSameFile(path, backup)) return;
	unlinkSync(backup);
	writeFileSync(backup, bytes, {flag: 'wx', mode: 0o600, flush: true});
	sync(path);
}

function isSameFile(path: string, backup: string): boolean {
	return lstatSync(path, {throwIfNoEntry: false})?.ino === lstatSync(backup).ino;
}
