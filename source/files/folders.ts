import {chmodSync, lstatSync, mkdirSync, statSync} from 'node:fs';
import {dirname, sep} from 'node:path';

/**
 * Makes a folder, and those above it that are not there, for their owner alone; gives those that were made, the
 * highest first. One that was there keeps its mode. Nothing is made above `base`, nor `base` itself. System errors
 * pass through.
 *
 * Level by level, because `mkdir` with `recursive` never returns where the system denies that a parent is there which
 * it has just named, as it does below /proc.
 */
export function makeFolder(folder: string, base?: string): readonly string[] {
	if (base !== undefined && isWithin(folder, base)) statSync(base);
	const made = missingFolders(folder).filter(missing => isMade(missing));
	// Something else is in its place: refused by the system, which names it.
	if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) mkdirSync(folder, 0o700);
	return made;
}

/** False when another program was quicker. */
function isMade(folder: string): boolean {
	try {
		mkdirSync(folder, 0o700);
	} catch (error) {
		if (statSync(folder, {throwIfNoEntry: false})?.isDirectory()) return false;
		throw error;
	}

	// The umask may have taken from it what its owner needs.
	chmodSync(folder, 0o700);
	return true;
}

/** The folder and those above it that are not there, the highest first. */
function missingFolders(folder: string): readonly string[] {
	if (lstatSync(folder, {throwIfNoEntry: false}) || folder === dirname(folder)) return [];
	return [...missingFolders(dirname(folder)), folder];
}

/** Whether a path is a folder or leads through it, by its words alone. */
export function isWithin(path: string, folder: string): boolean {
	return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** The folder itself, or the nearest above it that is there. */
export function nearest(folder: string): string {
	return missingFolders(folder).length === 0 ? folder : nearest(dirname(folder));
}
