import {isAppError} from '../core/errors.ts';
import {t} from '../language/translate.ts';

/** Codes that leave open whether something was done (docs/okx-api.md §1.6, §6). */
const unclear = new Set(['1', '2', '50004', '50026']);
const unreached = new Set(['dns', 'refused', 'unreachable', 'tls', 'unsendable']);

export function definitelyNotApplied(error: unknown): boolean {
	// An error from before the call proves that the exchange did nothing.
	if (!isAppError(error, 'exchange')) return isAppError(error);
	const {failure} = error.details;
	if (failure === undefined) return false;
	if (failure.kind === 'code') return !unclear.has(failure.exchangeCode ?? '') && (failure.httpStatus ?? 0) < 500;
	return unreached.has(failure.kind);
}

export function failureReason(error: unknown): string {
	return error instanceof Error ? error.message.replace(/\.$/, '') : t`no answer`;
}
