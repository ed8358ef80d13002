import {permissions, type Permission, type PermissionWord, type UnknownPermission} from './key.ts';
import {sanitize} from './text/sanitize.ts';
import {truncate} from './text/width.ts';

/** What is kept of the exchange's words: far more than it has, and little enough for every screen. */
const most = {words: 20, columns: 40} as const;

/** Whether a word of the exchange is a permission that this program does not know. */
export function isUnknownPermission(word: PermissionWord): word is UnknownPermission {
	return !permissions.some(permission => permission === word);
}

/** The permissions among some that this program does not know, in their order. */
export function unknownPermissions(some: readonly PermissionWord[]): UnknownPermission[] {
	return some.filter(word => isUnknownPermission(word));
}

/** The permissions among some that can be chosen here. */
export function knownPermissions(some: readonly PermissionWord[]): Permission[] {
	return some.filter((word): word is Permission => !isUnknownPermission(word));
}

/** The same permissions with read, once each: those we know in our order, then the others as they come. */
export function orderPermissions<Word extends PermissionWord>(some: readonly Word[]): (Word | 'read')[] {
	const known = permissions.filter(permission => permission === 'read' || some.some(word => word === permission));
	return [...known, ...new Set(unknownPermissions(some))] as (Word | 'read')[];
}

/**
 * Permissions from the words of the exchange, none dropped: one we do not know is what its owner must hear of.
 * Cleaned and bounded.
 */
export function permissionsSaid(words: readonly string[]): PermissionWord[] {
	const shown = (word: string) => (word === 'read_only' ? 'read' : truncate(sanitize(word), most.columns));
	const said = words.filter(word => word !== '').map(word => shown(word));
	const ordered = orderPermissions(said as PermissionWord[]);
	return ordered.length <= most.words ? ordered : [...ordered.slice(0, most.words), '…' as UnknownPermission];
}

/** Whether a word can be sent to the exchange as it came from there. */
export function isSendable(word: PermissionWord): boolean {
	return /^[\w.-]{1,40}$/.test(word);
}
