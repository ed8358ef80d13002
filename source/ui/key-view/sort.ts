import type {Duplicates} from '../../core/health/findings.ts';
import type {StoredKey} from '../../core/key.ts';
import {lifetimeOf} from '../../core/health/lifetime.ts';
import {healthOf, type KeyHealth} from './key-words.ts';

const levels: readonly KeyHealth['level'][] = ['bad', 'warn', 'unknown', 'ok', 'revoked'];

/** Lower is riskier; among the bad ones, a key that can take the money away comes first. */
function riskOf(key: StoredKey, now: number, duplicates?: Duplicates): number {
	const {level, word} = healthOf(key, now, duplicates);
	return levels.indexOf(level) - (word === 'withdraw' ? 0.5 : 0);
}

/**
 * The orders that `s` goes through; each puts first what a person asks for by it. The keys come by name, and stay so
 * where an order sees no difference.
 */
export const orders: readonly {
	readonly name: string;
	readonly by: (key: StoredKey, now: number, duplicates?: Duplicates) => number;
}[] = [
	{name: 'name', by: () => 0},
	{name: 'risk', by: riskOf},
	{name: 'last test, oldest first', by: key => key.lastTest?.at ?? 0},
	{name: 'days left', by: (key, now) => lifetimeOf(key, now).idle?.daysLeft ?? Number.MAX_SAFE_INTEGER},
	{name: 'age, newest first', by: key => -key.createdAt},
];

export function sortKeys(
	keys: readonly StoredKey[],
	order: number,
	now: number,
	duplicates?: Duplicates,
): readonly StoredKey[] {
	const {by} = orders[order % orders.length]!;
	// Once for each key: what is risky about one is not cheap to find.
	const ranked = keys.map(key => ({key, rank: by(key, now, duplicates)}));
	return ranked.toSorted((left, right) => left.rank - right.rank).map(({key}) => key);
}
