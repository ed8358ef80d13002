import {findingKinds} from './finding-kinds.ts';
import {findings, type Duplicates, type Finding} from './findings.ts';
import {statusWord, type ShownKey} from '../key/operation.ts';
import {t} from '../../language/translate.ts';

export type HealthLevel = 'ok' | 'unknown' | 'warn' | 'bad' | 'revoked';

const bySeverity: Readonly<Record<Finding['severity'], HealthLevel>> = {bad: 'bad', warn: 'warn', info: 'unknown'};

export function healthWordOf(
	key: ShownKey,
	now: number,
	duplicates?: Duplicates,
): {readonly level: HealthLevel; readonly word: string} {
	const worst = findings(key, now, duplicates)[0];
	// What is wrong with it can wait: nothing may use it.
	if (key.status === 'frozen') return {level: worst ? bySeverity[worst.severity] : 'warn', word: statusWord(key)};
	if (worst) return {level: bySeverity[worst.severity], word: findingKinds[worst.id].word()};
	return key.status === 'revoked' ? {level: 'revoked', word: t`revoked`} : {level: 'ok', word: t`ok`};
}
