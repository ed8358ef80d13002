import {t} from '../../language/translate.ts';
import {formatMinute} from '../text/time.ts';
import type {KeyUse} from './key.ts';
import {wordsOfUse} from './words-of-use.ts';

/** A program, file or person that was given a key which is being rotated. Times are ms since 1970. */
export type KeyUser = Pick<KeyUse, 'by' | 'program'> & {
	/** When it last got the old key. */
	readonly oldAt: number;
	/** When it last got the new one; null if it has not. */
	readonly newAt: number | null;
};

/** Those without the new key first, and of each the latest first. */
export function usersOf(old: readonly KeyUse[] = [], fresh: readonly KeyUse[] = []): readonly KeyUser[] {
	const newest = new Map(fresh.map(use => [idOf(use), use.at]));
	const users = new Map<string, KeyUser>();
	for (const {by, program, at} of old)
		users.set(idOf({by, program}), {by, program, oldAt: at, newAt: newest.get(idOf({by, program})) ?? null});
	return [...users.values()].toSorted(
		(one, other) => Number(one.newAt !== null) - Number(other.newAt !== null) || other.oldAt - one.oldAt,
	);
}

function idOf({by, program}: Pick<KeyUse, 'by' | 'program'>): string {
	return `${by} ${program}`;
}

/** Such as `bot.py, 2027-01-01 00:00; the new key 2027-01-02 00:00`. Sanitized for display. */
export function wordsOfUser({oldAt, newAt, ...use}: KeyUser): string {
	const [who, old] = [wordsOfUse(use), formatMinute(oldAt)];
	return newAt === null
		? t`${who}, ${old}; not the new key yet`
		: t`${who}, ${old}; the new key ${formatMinute(newAt)}`;
}
