import {findingKinds} from './finding-kinds.ts';
import type {Finding} from './findings.ts';
import type {ShownKey} from '../key/operation.ts';
import {t} from '../../language/translate.ts';

export type Score = {
	readonly points: number;
	readonly deductions: readonly {readonly id: Finding['id']; readonly points: number; readonly reason: string}[];
};

/** 0 to 100 with its deductions; null for a revoked key without findings. */
export function scoreOf({status}: Pick<ShownKey, 'status'>, found: readonly Finding[]): Score | null {
	if (status === 'revoked' && found.length === 0) return null;
	const deductions = found
		.filter(({id}) => findingKinds[id].points > 0)
		.map(({id}) => ({id, points: findingKinds[id].points, reason: findingKinds[id].reason()}));
	return {
		points: Math.max(
			0,
			deductions.reduce((rest, {points}) => rest - points, 100),
		),
		deductions,
	};
}

/** Such as `60 of 100: trade from any address −30, never tested −10`. */
export function scoreWords({points, deductions}: Score): string {
	return t`${points} of 100:
		${deductions.length === 0 ? t`nothing found` : deductions.map(one => `${one.reason} −${one.points}`).join(', ')}`;
}
