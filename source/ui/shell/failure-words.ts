import {isAppError} from '../../core/errors.ts';
import type {Problem} from '../../core/problem.ts';
import type {StatusMessage} from './shell.ts';
import {t} from '../../language/translate.ts';

/** The message for an error. Only an expected error is quoted: the text of any other may hold secrets. */
export function wordsFor(error: unknown): StatusMessage {
	if (isAppError(error)) return {text: error.message, hint: error.hint, tone: 'bad'};
	const name = error instanceof Error ? error.name : typeof error;
	return {text: t`Something unexpected happened (${name}).`, hint: t`Please report it with what you did.`, tone: 'bad'};
}

export function wordsForProblem({problem, fix}: Problem): StatusMessage {
	return {text: problem, hint: fix, tone: 'bad'};
}
