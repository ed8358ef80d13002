import {dayMs} from '../text/time.ts';
import {limits} from '../limits.ts';
import {bindingOf} from './binding.ts';
import {asLastSeen, type Environment, type PermissionWord, type TestSummary} from '../key/key.ts';
import {isOnExchange, type ShownKey} from '../key/operation.ts';

type Idle = {
	readonly permissions: readonly PermissionWord[];
	readonly ip: readonly string[];
	readonly environment: Environment;
	readonly lastUsedAt: number | null;
	readonly createdAt: number;
	readonly lastTest?: Pick<TestSummary, 'live'> | null;
	readonly status?: ShownKey['status'];
};

/**
 * Whole days until the exchange deletes an idle key without an IP list; null where the rule does not apply (demo,
 * read-only, bound, not in use). A lower bound, because a bot may have used the key since (docs/okx-api.md §4.2).
 */
export function idleDaysLeft(key: Idle, now: number): number | null {
	const {permissions, ip} = asLastSeen(key);
	const isGone = key.status !== undefined && !isOnExchange({status: key.status});
	const bound = ip.length > 0;
	const readOnly = !permissions.some(permission => permission !== 'read');
	if (isGone || bound || readOnly || key.environment === 'demo') return null;
	return Math.max(
		0,
		Math.min(limits.idleDays, Math.ceil(((key.lastUsedAt ?? key.createdAt) + limits.idleDays * dayMs - now) / dayMs)),
	);
}

/** As `idleDaysLeft`, but null unless the key is known to be unbound. */
export function daysLeft(key: Idle & Parameters<typeof bindingOf>[0], now: number): number | null {
	return bindingOf(key) === 'unbound' ? idleDaysLeft(key, now) : null;
}
