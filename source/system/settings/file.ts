import {lstatSync, type BigIntStats} from 'node:fs';
import {dirname} from 'node:path';
import {AppError} from '../../core/errors.ts';
import {isObject} from '../../core/is-object.ts';
import {settingNames} from '../../core/settings/table.ts';
import {codeOf, reasonOf, remedyOf} from '../../core/system-error.ts';
import {decodeText} from '../../core/text/reading/decode.ts';
import {readJson} from '../../core/text/reading/read-json.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {shellQuotePath} from '../../core/text/shell.ts';
import {makeFolder} from '../../files/folders.ts';
import {lockOf, takeLock} from '../../files/lock.ts';
import {foreignFault, pathFault, type Owner, type PermissionFault} from '../../files/permissions.ts';
import {otherThanFile, readBounded} from '../../files/read.ts';
import {loadConf, replacerOf} from '../../files/replace-file.ts';
import {t} from '../../language/translate.ts';

/** The content of the file: members that this version knows, and others, which are kept. */
export type Members = Readonly<Record<string, unknown>>;

/** Raised when a member gets another meaning, and not for a new member. */
const version = 1;
const known: ReadonlySet<string> = new Set(['version', 'keys', ...settingNames]);

/** In bytes: many times what all settings take. */
const largest = 64 * 1024;
const lockWaitMs = 5000;

export function isKnownMember(name: string): boolean {
	return known.has(name);
}

/**
 * The settings in a file of this user that no other user can change; undefined when there is none. Never waits for a
 * pipe, and follows no link. Throws `settings-unusable`.
 */
export function readSettings(path: string, owner: Owner): Members | undefined {
	try {
		if (!lstatSync(path, {throwIfNoEntry: false})) return undefined;
		refuseFault(path, pathFault(dirname(path), owner));
		const {bytes} = readBounded(path, {
			most: largest,
			judge(stats) {
				refuseUnsafe(path, stats, owner);
			},
		});
		return membersIn(path, bytes);
	} catch (cause) {
		if (cause instanceof AppError) throw cause;
		if (['ENOENT', 'ENOTDIR'].includes(codeOf(cause))) return undefined;
		if (codeOf(cause) === 'ELOOP') throw unusable(path, t`is a symbolic link`, t`Put the file itself there.`, cause);
		throw unusable(path, t`cannot be read: ${reasonOf(cause)}`, t`Check its permissions and its folder.`, cause);
	}
}

/**
 * Replaces the file in one step, by what `change` makes of its content: one program at a time, so that no change of
 * another is lost. Folders are made below `base` only. Throws `settings-unusable` or `settings-not-saved`.
 */
export async function updateSettings(
	path: string,
	{base, owner}: {readonly base: string | undefined; readonly owner: Owner},
	change: (members: Members) => Members,
): Promise<Members> {
	const notSaved = (cause: unknown, what?: string) =>
		new AppError(
			'settings-not-saved',
			{path: sanitize(path), reason: reasonOf(cause), fix: remedyOf(cause, what)},
			{cause},
		);
	readSettings(path, owner);
	// Before the lock is taken, so that no other program waits for it.
	await loadConf();
	let release: (() => void) | null;
	try {
		makeFolder(dirname(path), base);
		release = await takeLock(lockOf(path), lockWaitMs);
	} catch (cause) {
		throw notSaved(cause, lockOf(path));
	}

	if (!release)
		throw new AppError('settings-not-saved', {
			path: sanitize(path),
			reason: t`another program is changing them`,
			fix: t`Wait for it, then repeat the change.`,
		});
	try {
		const next = {version, ...change(readSettings(path, owner) ?? {})};
		const replace = await replacerOf(path);
		replace(`${JSON.stringify(next, undefined, '\t')}\n`);
		return next;
	} catch (cause) {
		throw cause instanceof AppError ? cause : notSaved(cause);
	} finally {
		release();
	}
}

function refuseUnsafe(path: string, stats: BigIntStats, owner: Owner): void {
	const what = otherThanFile(stats);
	if (what !== undefined) throw unusable(path, t`is ${what}`, t`Check what it is, and move it away.`);
	refuseFault(path, foreignFault(path, stats, owner));
	if ((stats.mode & 0o022n) !== 0n)
		throw unusable(path, t`can be written by other users`, t`Run chmod 600 ${shellQuotePath(path)}.`);
}

function refuseFault(path: string, fault: PermissionFault | undefined): void {
	if (!fault) return;
	const {path: at, problem, fix} = fault;
	throw unusable(path, at === path ? problem : t`is below ${sanitize(at)}, which ${problem}`, fix);
}

function membersIn(path: string, bytes: Buffer | undefined): Members {
	const correct = t`Correct it, or move it away.`;
	if (!bytes) throw unusable(path, t`is larger than settings can be`, t`Move it away.`);
	const {text, problem: noText} = decodeText(bytes);
	if (noText !== undefined) throw unusable(path, noText, correct);
	const {value, problem: noJson} = readJson(text);
	if (noJson !== undefined) throw unusable(path, noJson, correct);
	if (!isObject(value)) throw unusable(path, t`is not one object of JSON`, correct);
	const names = Object.keys(value);
	const given = Object.hasOwn(value, 'version') ? value['version'] : version;
	if (given !== version)
		throw unusable(
			path,
			typeof given === 'number' && given > version
				? t`is from a newer version of okx-keys`
				: t`has a version that is not ${version}`,
			t`Use that version, or move the file away.`,
		);
	if (names.length > 0 && !names.some(name => known.has(name)))
		throw unusable(path, t`holds nothing of okx-keys`, t`It may belong to another program: move it away.`);
	return value;
}

function unusable(path: string, problem: string, fix: string, cause?: unknown): AppError {
	return new AppError('settings-unusable', {path: sanitize(path), problem, fix}, {cause});
}
