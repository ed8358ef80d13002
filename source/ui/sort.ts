import type {StoredKey} from '../core/key.ts';
import {daysLeft} from '../core/rules.ts';
import {healthOf, type Health} from './key-words.ts';

const levels: readonly Health['level'][] = ['bad', 'warn', 'unknown', 'ok', 'revoked'];

/** Lower is riskier; among the bad ones, a key that can take the money away comes first. */
function riskOf(key: StoredKey, now: number): number {
	const {level, word} = healthOf(key, now);
	return levels.indexOf(level) - (word === 'withdraw' ? 0.5 : 0);
}

/** The orders that `s` goes through; each puts first what a person asks for by it. The keys come by name, and stay so where an order sees no difference. */
export const orders = [
	{name: 'name', by: () => 0},
	{name: 'risk', by: riskOf},
	{name: 'last test, oldest first', by: (key: StoredKey) => key.lastTest?.at ?? 0},
	{name: 'days left', by: (key: StoredKey, now: number) => daysLeft(key, now) ?? Number.MAX_SAFE_INTEGER},
	{name: 'age, newest first', by: (key: StoredKey) => -key.createdAt},
] as const;

export function sortKeys(keys: readonly StoredKey[], order: number, now: number): readonly StoredKey[] {
	const {by} = orders[order % orders.length]!;
	return keys.toSorted((left, right) => by(left, now) - by(right, now));
}
