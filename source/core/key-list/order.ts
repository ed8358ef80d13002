import type {Duplicates} from '../health/findings.ts';
import type {ShownKey} from '../key/operation.ts';
import {lifetimeOf} from '../health/lifetime.ts';
import {healthWordOf, type HealthLevel} from '../health/health-word.ts';
import {tagGroupOf} from './list-rows.ts';
import {msg, type Translatable} from '../../language/translate.ts';

const levels: readonly HealthLevel[] = ['bad', 'warn', 'unknown', 'ok', 'revoked'];

/** Lower is riskier; among keys with bad findings, one that can withdraw comes first. */
function riskOf(key: ShownKey, now: number, duplicates?: Duplicates, healthyScore?: number): number {
	const {level, word} = healthWordOf(key, now, duplicates, healthyScore);
	return levels.indexOf(level) - (word === 'withdraw' ? 0.5 : 0);
}

/** No tag begins with it. */
const afterAllTags = '\u{10FFFF}';

type Order = {
	readonly field: string;
	readonly name: Translatable;
	readonly by: (key: ShownKey, now: number, duplicates?: Duplicates, healthyScore?: number) => number | string;
};

/** Keys arrive sorted by name; equal ranks keep that order. */
export const orders: readonly Order[] = [
	{field: 'name', name: msg`name`, by: () => 0},
	{field: 'risk', name: msg`risk`, by: riskOf},
	{field: 'last-test', name: msg`last test, oldest first`, by: key => key.lastTest?.at ?? 0},
	{
		field: 'days-left',
		name: msg`days left`,
		by: (key, now) => lifetimeOf(key, now).idle?.daysLeft ?? Number.MAX_SAFE_INTEGER,
	},
	{field: 'age', name: msg`age, newest first`, by: key => -key.createdAt},
	{
		field: 'tag',
		name: msg`tag`,
		by: key => tagGroupOf(key) || afterAllTags,
	},
];

/** `order` is an index into `orders` and wraps around. */
export function sortKeys(
	keys: readonly ShownKey[],
	order: number,
	now: number,
	duplicates?: Duplicates,
	healthyScore?: number,
): readonly ShownKey[] {
	const {by} = orders[order % orders.length]!;
	// Rank each key once: finding its risks is expensive.
	const ranked = keys.map(key => ({key, rank: by(key, now, duplicates, healthyScore)}));
	return ranked
		.toSorted((left, right) => (left.rank < right.rank ? -1 : Number(left.rank > right.rank)))
		.map(({key}) => key);
}
