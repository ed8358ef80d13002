import {inEnglish, recorded, say, type Message} from '../../language/translate.ts';
import {isObject} from '../is-object.ts';
import type {TestSummary} from './key.ts';

export type StoredCause = Pick<TestSummary, 'cause' | 'said'>;

/** Enough for any cause with what the exchange said, in UTF-16 units of JSON. */
const mostStored = 4000;

/** A cause for the vault: in English, whatever language it was shown in, with what says it again in another. */
export function storedCause(render: () => string): StoredCause {
	const {text, message} = inEnglish(() => recorded(render));
	const isWorthIt = message !== undefined && message.values.length > 0 && JSON.stringify(message).length <= mostStored;
	return {cause: text, ...(isWorthIt && {said: message})};
}

/** The cause in the language that was chosen; in English where an earlier version stored it, or another program. */
export function causeOf({cause, said = {id: cause, values: []}}: StoredCause): string {
	// The English text decides what was said: it is what other programs read.
	return isMessage(said) && inEnglish(() => say(said)) === cause ? say(said) : cause;
}

/** What a vault holds was written by any program. */
function isMessage(value: unknown, depth = 0): value is Message {
	return (
		isObject(value) &&
		typeof value['id'] === 'string' &&
		Array.isArray(value['values']) &&
		depth < 10 &&
		value['values'].every(part => typeof part === 'string' || typeof part === 'number' || isMessage(part, depth + 1))
	);
}
