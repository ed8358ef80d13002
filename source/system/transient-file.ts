import fs from 'node:fs';
import path from 'node:path';
import {AppError} from '../core/errors.ts';
import {isAlive} from './alive.ts';
import {xdgFolder, type ProcessEnvironment} from '../files/home.ts';
import {pathFault} from '../files/permissions.ts';

/** The beginning of our folders' names; the number of the process follows. */
const mark = 'okx-keys-exec-';

/**
 * Makes a folder for this user alone below that of the login, which is gone with it, or else in shared memory. What a
 * process has left there that was killed is removed. Throws `no-runtime-folder`.
 */
export function makeTransientFolder(environment: ProcessEnvironment, uid: number): string {
	const base = [xdgFolder(environment, 'XDG_RUNTIME_DIR'), `/run/user/${uid}`, '/dev/shm'].find(
		folder => folder !== undefined && isFit(folder, uid),
	);
	if (base === undefined) throw new AppError('no-runtime-folder');
	sweep(base, uid);
	return fs.mkdtempSync(path.join(base, `${mark}${process.pid}-`));
}

/** Writes a file for this user alone into such a folder of its own. Throws `no-runtime-folder`. */
export function writeTransient(
	text: string,
	extension: string,
	environment: ProcessEnvironment,
	uid: number,
): {readonly path: string; readonly remove: () => void} {
	const folder = makeTransientFolder(environment, uid);
	const file = path.join(folder, `credentials${extension}`);
	fs.writeFileSync(file, text, {mode: 0o600, flag: 'wx'});
	return {
		path: file,
		remove() {
			fs.rmSync(folder, {recursive: true, force: true});
		},
	};
}

/**
 * Opens such a file for reading that has lost its name: nothing is left of it once it is closed, also after a crash.
 * A program that inherits the descriptor can open it by `/dev/fd` as often as it likes. Throws `no-runtime-folder`.
 */
export function openTransient(text: string, environment: ProcessEnvironment, uid: number): number {
	const {path: file, remove} = writeTransient(text, '', environment, uid);
	try {
		return fs.openSync(file, 'r');
	} finally {
		remove();
	}
}

function isFit(folder: string, uid: number): boolean {
	try {
		fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK);
		return fs.statSync(folder).isDirectory() && pathFault(folder, uid) === undefined;
	} catch {
		return false;
	}
}

function sweep(base: string, uid: number): void {
	for (const name of fs.readdirSync(base)) {
		const pid = new RegExp(`^${mark}(\\d{1,9})-`).exec(name)?.[1];
		const folder = path.join(base, name);
		if (pid === undefined || isAlive(Number(pid))) continue;
		if (fs.lstatSync(folder, {throwIfNoEntry: false})?.uid === uid) fs.rmSync(folder, {recursive: true, force: true});
	}
}
