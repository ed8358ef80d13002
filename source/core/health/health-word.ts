import {findingKinds} from './finding-kinds.ts';
import {findings, type Duplicates, type Finding} from './findings.ts';
import {statusWord, type ShownKey} from '../key/operation.ts';
import {settings} from '../settings/table.ts';
import {scoreOf} from './score.ts';
import {t} from '../../language/translate.ts';

export type HealthLevel = 'ok' | 'unknown' | 'warn' | 'bad' | 'revoked';

const bySeverity: Readonly<Record<Finding['severity'], HealthLevel>> = {bad: 'bad', warn: 'warn', info: 'unknown'};

/**
 * The level of the worst finding, and its word. A key with fewer points than `healthyScore` is bad, even if none of its
 * findings is bad by itself.
 */
export function healthWordOf(
	key: ShownKey,
	now: number,
	duplicates?: Duplicates,
	healthyScore: number = settings['healthy-score'].usual,
): {readonly level: HealthLevel; readonly word: string} {
	const found = findings(key, now, duplicates);
	const [worst] = found;
	const level = worst && (isBelow(healthyScore, key, found) ? 'bad' : bySeverity[worst.severity]);
	// What is wrong with it can wait: nothing may use it.
	if (key.status === 'frozen') return {level: level ?? 'warn', word: statusWord(key)};
	if (worst) return {level: level!, word: findingKinds[worst.id].word()};
	return key.status === 'revoked' ? {level: 'revoked', word: t`revoked`} : {level: 'ok', word: t`ok`};
}

function isBelow(healthyScore: number, key: ShownKey, found: readonly Finding[]): boolean {
	const score = scoreOf(key, found);
	return score !== null && score.points < healthyScore;
}
