import {lstatSync, readFileSync, readlinkSync, type BigIntStats} from 'node:fs';
import {dirname, join, parse, resolve, sep} from 'node:path';
import {sanitize} from '../core/text/sanitize.ts';
import {shellQuotePath} from '../core/text/shell.ts';
import {t} from '../language/translate.ts';

export type Owner = number | undefined;

export type PermissionFault = {readonly path: string; readonly problem: string; readonly fix: string};

const sticky = 0o1000n;
/** More links than any working path has (path_resolution(7)). */
const mostLinks = 40;

export function foreignFault(path: string, stats: BigIntStats, owner: Owner): PermissionFault | undefined {
	if (owner === undefined || stats.uid === BigInt(owner)) return undefined;
	const command = `chown ${stats.isDirectory() ? '-R ' : ''}${owner} ${shellQuotePath(path)}`;
	if (stats.uid !== 0n)
		return {
			path,
			problem: t`belongs to another user (number ${String(stats.uid)})`,
			fix: t`Become that user, or make it yours with ${command} if you trust it.`,
		};
	const isLeft = look(dirname(path))?.uid === BigInt(owner);
	return {
		path,
		problem: t`belongs to root`,
		fix: isLeft ? t`If sudo left it behind, make it yours with sudo ${command}.` : t`Choose a place of your own.`,
	};
}

/**
 * Finds a folder or link on the whole path, links followed, through which another user could replace the folder's
 * content, as ssh does for `authorized_keys`. Sticky folders and groups without other members are no fault; throws
 * system errors.
 */
export function pathFault(folder: string, owner: Owner): PermissionFault | undefined {
	if (owner === undefined) return undefined;
	const {root} = parse(resolve(folder));
	const ahead = resolve(folder).slice(root.length).split(sep).filter(Boolean);
	let at = root;
	let links = 0;
	let fault = stepFault(at, lstatSync(at, {bigint: true}), owner);
	while (!fault && ahead.length > 0) {
		const next = join(at, ahead.shift()!);
		const stats = lstatSync(next, {bigint: true});
		fault = stepFault(next, stats, owner);
		if (!stats.isSymbolicLink()) {
			at = next;
			continue;
		}

		if (++links > mostLinks) throw Object.assign(new Error('The path leads in a circle.'), {code: 'ELOOP', path: next});
		const target = resolve(at, readlinkSync(next));
		ahead.unshift(...target.slice(root.length).split(sep).filter(Boolean));
		at = root;
	}

	return fault;
}

function stepFault(path: string, stats: BigIntStats, owner: number): PermissionFault | undefined {
	const {uid, gid, mode} = stats;
	if (uid !== 0n && uid !== BigInt(owner) && !isUnmapped(uid))
		return {
			path,
			problem: t`belongs to another user (number ${String(uid)}), who could exchange what is in it`,
			fix: t`Choose a place that only you and root can change.`,
		};
	if (stats.isSymbolicLink() || (mode & 0o022n) === 0n || (mode & sticky) !== 0n) return undefined;
	if ((mode & 0o002n) === 0n && isOwnGroup(gid, owner)) return undefined;
	return {
		path,
		problem: t`can be written by other users, who could exchange what is in it`,
		fix:
			uid === BigInt(owner)
				? t`Run chmod go-w ${shellQuotePath(path)}.`
				: t`Choose a place that only you and root can change.`,
	};
}

/**
 * The deepest part of a path that belongs to another user although its folder is this user's: it explains a denied
 * permission.
 */
export function obstacle(path: string, owner: Owner): PermissionFault | undefined {
	for (let at = path; at !== dirname(at); at = dirname(at)) {
		const stats = look(at);
		const fault = stats && foreignFault(at, stats, owner);
		if (fault && look(dirname(at))?.uid === BigInt(owner!)) return fault;
	}

	return undefined;
}

export function faultDetails({path, ...rest}: PermissionFault): PermissionFault {
	return {path: sanitize(path), ...rest};
}

function look(path: string): BigIntStats | undefined {
	try {
		return lstatSync(path, {bigint: true, throwIfNoEntry: false});
	} catch {
		return undefined;
	}
}

function isOwnGroup(gid: bigint, owner: number): boolean {
	if (gid === 0n) return true;
	const users = rows('/etc/passwd');
	const own = users.find(([, , uid]) => uid === String(owner));
	const group = rows('/etc/group').find(([, , id]) => id === String(gid));
	if (!own || own[3] !== String(gid) || !group) return false;
	const members = (group[3] ?? '').split(',').filter(Boolean);
	return (
		members.every(name => name === own[0]) &&
		users.every(([, , uid, primary]) => primary !== String(gid) || uid === String(owner))
	);
}

function rows(list: string): readonly (readonly string[])[] {
	try {
		return readFileSync(list, 'utf8')
			.split('\n')
			.map(line => line.split(':'));
	} catch {
		return [];
	}
}

/** A container shows owners from outside it as 65534, if no user inside has that id. */
function isUnmapped(uid: bigint): boolean {
	try {
		const ranges = readFileSync('/proc/self/uid_map', 'utf8')
			.trim()
			.split('\n')
			.map(line => line.trim().split(/\s+/).map(BigInt));
		return uid === 65_534n && ranges.every(([first = 0n, , count = 0n]) => uid < first || uid >= first + count);
	} catch {
		return false;
	}
}
