import {isAppError} from '../core/errors.ts';

/** Codes that do not tell whether something was done (docs/okx-api.md §1.6, §6). */
const unclear = new Set(['1', '2', '50004', '50026']);
const unreached = new Set(['dns', 'refused', 'unreachable', 'tls', 'unsendable']);

/** Whether the exchange certainly did nothing of what it was asked to: it said no, or was never reached. */
export function definitelyNotApplied(error: unknown): boolean {
	// What failed before the client asked, failed before the exchange could act.
	if (!isAppError(error, 'exchange')) return isAppError(error);
	const {failure} = error.details;
	if (failure === undefined) return false;
	if (failure.kind === 'code') return !unclear.has(failure.exchangeCode ?? '') && (failure.httpStatus ?? 0) < 500;
	return unreached.has(failure.kind);
}

/** An error's sentence as a part of another one. */
export function failureReason(error: unknown): string {
	return error instanceof Error ? error.message.replace(/\.$/, '') : 'no answer';
}
