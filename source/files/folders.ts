import {chmodSync, lstatSync, mkdirSync, statSync} from 'node:fs';
import {dirname, sep} from 'node:path';

/**
 * Makes a folder and its missing parents with mode 0700, but never `base` or a folder above it; existing folders keep
 * their mode. Returns the new folders, highest first; throws system errors.
 */
export function makeFolder(folder: string, base?: string): readonly string[] {
	if (base !== undefined && isWithin(folder, base)) statSync(base);
	// A recursive `mkdir` never returns where the system denies a parent that it has just reported, as below /proc.
	const made = missingFolders(folder).filter(missing => isMade(missing));
	// Another kind of file is in the way: `mkdir` throws the system's own error.
	if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) mkdirSync(folder, 0o700);
	return made;
}

function isMade(folder: string): boolean {
	try {
		mkdirSync(folder, 0o700);
	} catch (error) {
		if (statSync(folder, {throwIfNoEntry: false})?.isDirectory()) return false;
		throw error;
	}

	// The umask may have removed permissions that the owner needs.
	chmodSync(folder, 0o700);
	return true;
}

function missingFolders(folder: string): readonly string[] {
	if (lstatSync(folder, {throwIfNoEntry: false}) || folder === dirname(folder)) return [];
	return [...missingFolders(dirname(folder)), folder];
}

/** Compares the paths as texts, without resolving links. */
export function isWithin(path: string, folder: string): boolean {
	return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

export function nearest(folder: string): string {
	return missingFolders(folder).length === 0 ? folder : nearest(dirname(folder));
}
