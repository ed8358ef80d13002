import {lstatSync, readlinkSync, realpathSync, type BigIntStats} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {codeOf, reasonOf} from '../../core/system-error.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {shellQuotePath} from '../../core/text/shell.ts';
import {AppError} from '../../core/errors.ts';
import {
	faultDetails,
	foreignFault,
	obstacle,
	pathFault,
	type PermissionFault,
	type Owner,
} from '../../files/permissions.ts';
import {otherThanFile, readBounded} from '../../files/read.ts';
import {msg, t} from '../../language/translate.ts';

/** 64 MiB hold some 70,000 keys; a larger file is not read. */
export const largest = 64 * 1024 * 1024;

/**
 * Looks at a path without following a link; undefined when nothing is there. Throws `vault-unreadable`, or
 * `vault-unsafe` where another user's folder is in the way.
 */
export function statOf(path: string, owner?: Owner): BigIntStats | undefined {
	try {
		return lstatSync(path, {bigint: true, throwIfNoEntry: false});
	} catch (cause) {
		const fault = obstacle(path, owner);
		if (fault) throw faulty(fault, cause);
		throw unreadable(path, cause);
	}
}

/**
 * Tells contents of a file apart without reading them. Every save makes a new file, whose number does not come back
 * soon because the backups hold on to the old ones.
 */
export function versionOf({ino, mtimeNs, size}: BigIntStats): string {
	return `${ino}-${mtimeNs}-${size}`;
}

/**
 * Reads a plain file of this user that no other user can touch. A file that others can read is refused, not tightened:
 * it may have been copied already, and its owner decides what that means. Throws `vault-missing`, `vault-unsafe`,
 * `vault-unreadable` or `not-a-vault`.
 */
export function readGuarded(path: string, owner: Owner): {readonly bytes: Buffer; readonly version: string} {
	const found = statOf(path, owner);
	if (!found) throw new AppError('vault-missing', {path: sanitize(path)});
	refuseUnsafeFile(path, found, owner);
	try {
		// Another file may have taken its place since the look above.
		const {bytes, stats} = readBounded(path, {
			most: largest,
			judge: stats => {
				refuseUnsafeFile(path, stats, owner);
			},
		});
		if (!bytes) throw notAVault(path, tooLarge());
		return {bytes, version: versionOf(stats)};
	} catch (cause) {
		if (cause instanceof AppError) throw cause;
		if (codeOf(cause) === 'ENOENT') throw new AppError('vault-missing', {path: sanitize(path)}, {cause});
		throw unreadable(path, cause);
	}
}

/**
 * Reads a backup, which may lie anywhere and belong to any user: opening proves it. Throws `no-such-file`,
 * `file-unreadable` or `not-a-vault`.
 */
export function readCopy(path: string): {readonly label: string; readonly savedAt: number; readonly bytes: Buffer} {
	try {
		const {bytes, stats} = readBounded(path, {
			most: largest,
			isLinkFollowed: true,
			judge: stats => {
				refuseOtherThanFile(path, stats, true);
			},
		});
		if (!bytes) throw notAVault(path, tooLarge(), true);
		return {label: path, savedAt: Number(stats.mtimeMs), bytes};
	} catch (cause) {
		if (cause instanceof AppError) throw cause;
		if (codeOf(cause) === 'ENOENT') throw new AppError('no-such-file', {path: sanitize(path)}, {cause});
		throw new AppError('file-unreadable', {path: sanitize(path), reason: reasonOf(cause)}, {cause});
	}
}

function refuseOtherThanFile(path: string, stats: BigIntStats, isCopy = false): void {
	const what = otherThanFile(stats);
	if (what !== undefined) throw notAVault(path, t`it is ${what}`, isCopy);
}

function refuseUnsafeFile(path: string, stats: BigIntStats, owner: Owner): void {
	if (stats.isSymbolicLink())
		throw unsafe(
			path,
			t`is a symbolic link`,
			t`Name the file that it leads to: --vault ${shellQuotePath(targetOf(path))}`,
		);
	refuseOtherThanFile(path, stats);
	refuseForeign(path, stats, owner);
	if (mode(stats) & 0o077)
		throw unsafe(
			path,
			t`can be read or written by other users`,
			t`Run chmod 600 ${shellQuotePath(path)}; if it may have been copied, change the passphrase and rotate the keys.`,
		);
	if (stats.size > largest) throw notAVault(path, tooLarge());
}

/**
 * A user who can write in the folder could put an older save in the vault's place; one who can only list it does no
 * harm. Throws `vault-unsafe`, or `vault-vanished` when there is no folder.
 */
export function refuseUnsafeFolder(folder: string, owner: Owner): void {
	const stats = statOf(folder, owner);
	if (!stats) throw new AppError('vault-vanished', {path: sanitize(folder)});
	if (stats.isSymbolicLink())
		throw unsafe(
			folder,
			t`is a symbolic link`,
			t`Name the file in the folder that it leads to, ${shellQuotePath(targetOf(folder))}, with --vault.`,
		);
	if (!stats.isDirectory())
		throw unsafe(folder, t`is not a folder`, t`Name a file in a folder of your own with --vault.`);
	refuseForeign(folder, stats, owner);
	if (mode(stats) & 0o022)
		throw unsafe(
			folder,
			t`can be written by other users`,
			(stats.mode & sticky) === 0n
				? t`Run chmod go-w ${shellQuotePath(folder)}, or keep the vault in a folder of its own.`
				: t`It is shared by all users; keep the vault in a folder of its own.`,
		);
	refuseUnsafePath(dirname(folder), owner);
}

function targetOf(link: string): string {
	try {
		return realpathSync(link);
	} catch {
		return resolve(dirname(link), readlinkSync(link));
	}
}

export function refuseForeign(path: string, stats: BigIntStats, owner: Owner): void {
	const fault = foreignFault(path, stats, owner);
	if (fault) throw faulty(fault);
}

function faulty(fault: PermissionFault, cause?: unknown): AppError {
	return new AppError('vault-unsafe', faultDetails(fault), {cause});
}

/** Throws `vault-unsafe` where another user could exchange the content of a folder, or a folder on the way to it. */
export function refuseUnsafePath(folder: string, owner: Owner): void {
	let fault: PermissionFault | undefined;
	try {
		fault = pathFault(folder, owner);
	} catch (cause) {
		throw unreadable(folder, cause);
	}

	if (fault) throw faulty(fault);
}

/** Throws `vault-unsafe` where the system refused something because the way to a path belongs to another user. */
export function refuseObstacle(path: string, owner: Owner, cause: unknown): void {
	const fault = ['EACCES', 'EPERM'].includes(codeOf(cause)) ? obstacle(path, owner) : undefined;
	if (fault) throw faulty(fault, cause);
}

/** Marks a folder that every user may write in, such as /tmp: closing it would break the machine. */
const sticky = 0o1000n;

function mode(stats: BigIntStats): number {
	return Number(stats.mode & 0o777n);
}

function unreadable(path: string, cause: unknown): AppError {
	return new AppError(
		'vault-unreadable',
		{
			path: sanitize(path),
			reason: reasonOf(cause),
			fix: t`Check the permissions of the file and of its folder.`,
		},
		{cause},
	);
}

function unsafe(path: string, problem: string, fix: string): AppError {
	return new AppError('vault-unsafe', {path: sanitize(path), problem, fix});
}

const tooLarge = msg`it is larger than any vault`;

function notAVault(path: string, what: string, isCopy = false): AppError {
	return new AppError('not-a-vault', {path: sanitize(path), what, isCopy});
}
