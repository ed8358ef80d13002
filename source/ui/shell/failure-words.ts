import {isAppError} from '../../core/errors.ts';
import type {Problem} from '../../core/problem.ts';
import type {Message} from './shell.ts';

/** The message for an error. Only an expected error is quoted: the text of any other may hold secrets. */
export function wordsFor(error: unknown): Message {
	if (isAppError(error)) return {text: error.message, hint: error.hint, tone: 'bad'};
	const name = error instanceof Error ? error.name : typeof error;
	return {text: `Something unexpected happened (${name}).`, hint: 'Please report it with what you did.', tone: 'bad'};
}

export function wordsForProblem({problem, fix}: Problem): Message {
	return {text: problem, hint: fix, tone: 'bad'};
}
