import {permissions, type Permission, type PermissionWord, type UnknownPermission} from './key.ts';
import {sanitize} from '../text/sanitize.ts';
import {truncate} from '../text/width.ts';

/** Bounds on the exchange's words: far more than it uses, yet small enough for every screen. */
const most = {words: 20, columns: 40} as const;

export function isUnknownPermission(word: PermissionWord): word is UnknownPermission {
	return !permissions.some(permission => permission === word);
}

export function unknownPermissions(some: readonly PermissionWord[]): UnknownPermission[] {
	return some.filter(word => isUnknownPermission(word));
}

export function knownPermissions(some: readonly PermissionWord[]): Permission[] {
	return some.filter((word): word is Permission => !isUnknownPermission(word));
}

/** Adds read and removes duplicates: known permissions in the exchange's order, then the others as they come. */
export function orderPermissions<Word extends PermissionWord>(some: readonly Word[]): (Word | 'read')[] {
	const known = permissions.filter(permission => permission === 'read' || some.some(word => word === permission));
	return [...known, ...new Set(unknownPermissions(some))] as (Word | 'read')[];
}

/**
 * Keeps every permission of the exchange, also unknown ones, because the owner must see them. Sanitized and bounded.
 */
export function permissionsSaid(words: readonly string[]): PermissionWord[] {
	const shown = (word: string) => (word === 'read_only' ? 'read' : truncate(sanitize(word), most.columns));
	const said = words.filter(word => word !== '').map(word => shown(word));
	const ordered = orderPermissions(said as PermissionWord[]);
	return ordered.length <= most.words ? ordered : [...ordered.slice(0, most.words), '…' as UnknownPermission];
}

export function isSendable(word: PermissionWord): boolean {
	return /^[\w.-]{1,40}$/.test(word);
}
