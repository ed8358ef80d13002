import type {Duplicates} from './health/findings.ts';
import type {ShownKey} from './operation.ts';
import {lifetimeOf} from './health/lifetime.ts';
import {healthWordOf, type HealthLevel} from './health/health-word.ts';

const levels: readonly HealthLevel[] = ['bad', 'warn', 'unknown', 'ok', 'revoked'];

/** Lower is riskier; among the bad ones, a key that can take the money away comes first. */
function riskOf(key: ShownKey, now: number, duplicates?: Duplicates): number {
	const {level, word} = healthWordOf(key, now, duplicates);
	return levels.indexOf(level) - (word === 'withdraw' ? 0.5 : 0);
}

type Order = {
	/** What `list --sort` calls it. */
	readonly field: string;
	/** What a person reads. */
	readonly name: string;
	readonly by: (key: ShownKey, now: number, duplicates?: Duplicates) => number;
};

/**
 * The orders that the list of keys can have; each puts first what a person asks for by it. The keys come by name, and
 * stay so where an order sees no difference.
 */
export const orders: readonly Order[] = [
	{field: 'name', name: 'name', by: () => 0},
	{field: 'risk', name: 'risk', by: riskOf},
	{field: 'last-test', name: 'last test, oldest first', by: key => key.lastTest?.at ?? 0},
	{
		field: 'days-left',
		name: 'days left',
		by: (key, now) => lifetimeOf(key, now).idle?.daysLeft ?? Number.MAX_SAFE_INTEGER,
	},
	{field: 'age', name: 'age, newest first', by: key => -key.createdAt},
];

/** `order` is a place among `orders`. */
export function sortKeys(
	keys: readonly ShownKey[],
	order: number,
	now: number,
	duplicates?: Duplicates,
): readonly ShownKey[] {
	const {by} = orders[order % orders.length]!;
	// Once for each key: what is risky about one is not cheap to find.
	const ranked = keys.map(key => ({key, rank: by(key, now, duplicates)}));
	return ranked.toSorted((left, right) => left.rank - right.rank).map(({key}) => key);
}
