import {dayMs} from '../text/time.ts';
import type {StoredKey} from '../key.ts';
import type {ShownKey} from '../operation.ts';
import {bindingOf, purposeOf} from './binding.ts';
import {idleDaysLeft} from './idle.ts';
import {limits} from '../limits.ts';
import {formatDay} from '../text/time.ts';

/** How long a key has been there and how long it will be. Times are ms since 1970. */
export type Lifetime = {
	readonly ageDays: number;
	readonly rotateBy: number;
	/**
	 * The exchange's rule for unused keys (docs/okx-api.md §4.2); null where it does not apply. A lower bound: a bot
	 * may have used the key since. Not certain where the key may be linked to a third-party app and so be bound.
	 */
	readonly idle: {
		readonly daysLeft: number;
		readonly until: number;
		readonly lastUsedAt: number | null;
		readonly isCertain: boolean;
	} | null;
	/** Whether it is said to be linked to a third-party app, whose addresses count as a list. */
	readonly isLinked: boolean;
};

function rotateBy({createdAt}: Pick<StoredKey, 'createdAt'>): number {
	return createdAt + limits.rotationDays * dayMs;
}

/** A time's day in UTC, as 2026-01-31. */
export function lastDay(at: number): string {
	return formatDay(at);
}

export function lifetimeOf(key: ShownKey, now: number): Lifetime {
	const isLinked = purposeOf(key) === 'app' && bindingOf(key) === 'unknown' && idleDaysLeft(key, now) !== null;
	const left = isLinked ? null : idleDaysLeft(key, now);
	return {
		ageDays: Math.max(0, Math.floor((now - key.createdAt) / dayMs)),
		rotateBy: rotateBy(key),
		idle:
			left === null
				? null
				: {
						daysLeft: left,
						until: (key.lastUsedAt ?? key.createdAt) + limits.idleDays * dayMs,
						lastUsedAt: key.lastUsedAt,
						isCertain: bindingOf(key) === 'unbound',
					},
		isLinked,
	};
}

/** Days left in a word or two, for lists: `9`, `9?` where they are not certain, `-` where there is no limit. */
export function idleWord({idle}: Lifetime): string {
	return idle === null ? '-' : `${idle.daysLeft}${idle.isCertain ? '' : '?'}`;
}

/** Days left in a sentence or two, with what they are counted from and what they cannot know. */
export function idleWords({idle, isLinked}: Lifetime, now: number): string {
	if (!idle) return isLinked ? 'no limit while its third-party app is linked to it' : 'no limit';
	const renewed = 'A test that the exchange accepts renews it.';
	const unless = idle.isCertain ? '' : 'if no third-party app is linked to it: ';
	// Of a key that was made on the page only the day is known on which it came here.
	if (idle.lastUsedAt === null)
		return `${unless}${idle.daysLeft} of ${limits.idleDays}, until ${lastDay(idle.until)}, counted from when it came here: no use of it is known. ${renewed}`;
	return `${unless}at least ${idle.daysLeft} of ${limits.idleDays}, until ${lastDay(idle.until)} (last use known here: ${daysAgo(idle.lastUsedAt, now)}; a bot may have used it since). ${renewed}`;
}

function daysAgo(at: number, now: number): string {
	const days = Math.floor((now - at) / dayMs);
	if (days <= 0) return 'today';
	return `${days} ${days === 1 ? 'day' : 'days'} ago`;
}

/** Age and when rotation is due, in a sentence. */
export function ageWords({ageDays, rotateBy: due}: Lifetime, now: number): string {
	return `at least ${ageDays} ${ageDays === 1 ? 'day' : 'days'} old; ${now > due ? 'rotation was due by' : 'rotate by'} ${lastDay(due)}`;
}
