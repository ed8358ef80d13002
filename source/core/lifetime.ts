import type {StoredKey} from './key.ts';
import {daysLeft, limits} from './rules.ts';

const dayMs = 86_400_000;

/** How long a key has been there and how long it will be. Times are ms since 1970. */
export type Lifetime = {
	readonly ageDays: number;
	readonly rotateBy: number;
	/** The exchange's rule for unused keys (okx/api.md §4.2); null where it does not apply. A lower bound: a bot may have used the key since. */
	readonly idle: {readonly daysLeft: number; readonly until: number; readonly lastUsedAt: number | null} | null;
};

function rotateBy({createdAt}: Pick<StoredKey, 'createdAt'>): number {
	return createdAt + limits.rotationDays * dayMs;
}

/** A time's day in UTC, as 2026-01-31. */
export function lastDay(at: number): string {
	return new Date(at).toISOString().slice(0, 10);
}

export function lifetimeOf(key: StoredKey, now: number): Lifetime {
	const left = daysLeft(key, now);
	return {
		ageDays: Math.max(0, Math.floor((now - key.createdAt) / dayMs)),
		rotateBy: rotateBy(key),
		idle: left === null ? null : {daysLeft: left, until: (key.lastUsedAt ?? key.createdAt) + limits.idleDays * dayMs, lastUsedAt: key.lastUsedAt},
	};
}

/** Days left in a sentence or two, with what they are counted from and what they cannot know. */
export function idleWords({idle}: Lifetime, now: number): string {
	if (!idle) return 'no limit';
	const renewed = 'A test that the exchange accepts renews it.';
	// Of a key that was made on the page only the day is known on which it came here.
	if (idle.lastUsedAt === null) return `${idle.daysLeft} of ${limits.idleDays}, until ${lastDay(idle.until)}, counted from when it came here: no use of it is known. ${renewed}`;
	return `at least ${idle.daysLeft} of ${limits.idleDays}, until ${lastDay(idle.until)} (last use known here: ${daysAgo(idle.lastUsedAt, now)}; a bot may have used it since). ${renewed}`;
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
