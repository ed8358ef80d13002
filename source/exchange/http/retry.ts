import type {WireFailure} from '../../core/failures/wire-failure.ts';
import {standardTiming} from '../timing.ts';

/** The longest wait that the exchange may ask for, ms; beyond it a person decides. */
const longestWaitMs = 2000;
const leewayMs = 50;
const longestRetryAfterMs = 86_400_000;

/** Refused as too many calls, before anything was looked at (docs/okx-api.md §6). */
const tooMany = new Set(['50011', '50040', '50061']);

export function isThrottled({exchangeCode = '', httpStatus}: WireFailure): boolean {
	return tooMany.has(exchangeCode) || httpStatus === 429;
}

/** Whether the wait that the exchange asks for is too long to be waited out. */
export function asksToWait({retryAfterMs = 0}: WireFailure): boolean {
	return retryAfterMs > longestWaitMs;
}

/** ms until the next call may be sent; undefined if that is too long to be waited out. */
export function backOffAfter({retryAfterMs}: WireFailure, windowMs: number): number | undefined {
	const ms = retryAfterMs ?? windowMs;
	return ms <= longestWaitMs + leewayMs ? ms + leewayMs : undefined;
}

/** ms before the next attempt; undefined if there is to be none. */
export function pauseAfter(
	failure: WireFailure,
	tried: number,
	pauses: readonly number[] = standardTiming.pauses,
): number | undefined {
	const {kind, exchangeCode, httpStatus = 0, retryAfterMs} = failure;
	const pause = pauses[tried];
	if (pause === undefined) return undefined;
	if (retryAfterMs !== undefined) return retryAfterMs <= longestWaitMs ? Math.max(retryAfterMs, pause) : undefined;
	return kind === 'reset' || exchangeCode === '50013' || httpStatus >= 500 || isThrottled(failure) ? pause : undefined;
}

/** Retry-After as seconds or as a date (RFC 9110 §10.2.3). */
export function retryAfter({headers, status}: Response, clock: () => number): {readonly retryAfterMs?: number} {
	const value = headers.get('retry-after');
	if (value === null || (status !== 429 && status < 500)) return {};
	const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock();
	return Number.isNaN(ms) ? {} : {retryAfterMs: Math.min(Math.max(ms, 0), longestRetryAfterMs)};
}
