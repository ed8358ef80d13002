import {dayMs} from '../text/time.ts';
import type {StoredKey} from '../key/key.ts';
import type {ShownKey} from '../key/operation.ts';
import {bindingOf, purposeOf} from './binding.ts';
import {idleDaysLeft} from './idle.ts';
import {limits} from '../limits.ts';
import {formatDay} from '../text/time.ts';
import {t} from '../../language/translate.ts';

/** Times are ms since 1970. */
export type Lifetime = {
	readonly ageDays: number;
	readonly rotateBy: number;
	/**
	 * The exchange's rule for unused keys (docs/okx-api.md §4.2); null where it does not apply. A lower bound, because
	 * a bot may have used the key since; uncertain where a third-party app may bind the key.
	 */
	readonly idle: {
		readonly daysLeft: number;
		readonly until: number;
		readonly lastUsedAt: number | null;
		readonly isCertain: boolean;
	} | null;
	readonly isLinked: boolean;
};

function rotateBy({createdAt}: Pick<StoredKey, 'createdAt'>): number {
	return createdAt + limits.rotationDays * dayMs;
}

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

/** Days left for a list: `9`, `9?` where uncertain, `-` without a limit. */
export function idleWord({idle}: Lifetime): string {
	return idle === null ? '-' : `${idle.daysLeft}${idle.isCertain ? '' : '?'}`;
}

export function idleWords({idle, isLinked}: Lifetime, now: number): string {
	if (!idle) return isLinked ? t`no limit while its third-party app is linked to it` : t`no limit`;
	const renewed = t`A test that the exchange accepts renews it.`;
	const conditional = (text: string) => (idle.isCertain ? text : t`if no third-party app is linked to it: ${text}`);
	// For a key made on the exchange's page, the vault knows only the day it was added.
	if (idle.lastUsedAt === null)
		return conditional(t`${idle.daysLeft} of ${limits.idleDays}, until ${lastDay(idle.until)}, counted from when it came
			here: no use of it is known. ${renewed}`);
	return conditional(t`at least ${idle.daysLeft} of ${limits.idleDays}, until ${lastDay(idle.until)} (last use known
		here: ${daysAgo(idle.lastUsedAt, now)}; a bot may have used it since). ${renewed}`);
}

/** Such as `1 day` or `3 days`. */
export function dayCount(days: number): string {
	return days === 1 ? t`${days} day` : t`${days} days`;
}

function daysAgo(at: number, now: number): string {
	const days = Math.floor((now - at) / dayMs);
	if (days <= 0) return t`today`;
	return days === 1 ? t`${days} day ago` : t`${days} days ago`;
}

export function ageWords({ageDays, rotateBy: due}: Lifetime, now: number): string {
	return t`at least ${ageDays} ${ageDays === 1 ? t`day` : t`days`} old;
		${now > due ? t`rotation was due by` : t`rotate by`} ${lastDay(due)}`;
}
