import type {Finding} from './findings.ts';
import type {StoredKey} from './key.ts';

export type Score = {readonly points: number; readonly deductions: readonly {readonly id: Finding['id']; readonly points: number; readonly reason: string}[]};

/** What each finding takes off, of 100, and its name where there is room for a few words only. */
const prices: Readonly<Record<Finding['id'], {readonly points: number; readonly reason: string}>> = {
	unfinished: {points: 50, reason: 'creation was cut off'},
	alive: {points: 60, reason: 'works though revoked'},
	withdraw: {points: 30, reason: 'can withdraw'},
	open: {points: 30, reason: 'trade from any address'},
	alarm: {points: 40, reason: 'may do more than is declared'},
	failing: {points: 30, reason: 'last test failed'},
	drift: {points: 15, reason: 'differs from the exchange'},
	expiring: {points: 15, reason: 'deleted soon if unused'},
	kyc: {points: 10, reason: 'KYC level below 2'},
	duplicate: {points: 10, reason: 'stored twice'},
	old: {points: 10, reason: 'due for rotation'},
	untested: {points: 10, reason: 'never tested'},
};

/** 0 to 100 with what was taken off; null for a revoked key, of which nothing is to be said. */
export function scoreOf({status}: Pick<StoredKey, 'status'>, found: readonly Finding[]): Score | null {
	if (status === 'revoked' && found.length === 0) return null;
	const deductions = found.map(({id}) => ({id, ...prices[id]}));
	return {points: Math.max(0, deductions.reduce((rest, {points}) => rest - points, 100)), deductions};
}

/** Never the number without its reasons: `60 of 100: trade from any address −30, never tested −10`. */
export function scoreWords({points, deductions}: Score): string {
	return `${points} of 100${deductions.length === 0 ? ': nothing found' : `: ${deductions.map(one => `${one.reason} −${one.points}`).join(', ')}`}`;
}
