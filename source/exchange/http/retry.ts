import type {WireFailure} from '../../core/wire-failure.ts';
import {standardTiming} from '../timing.ts';

/** The longest that we wait because the exchange asks us to; beyond it a person decides; ms. */
const patienceMs = 2000;
/** What such a wait is made longer by; ms. */
const leewayMs = 50;
const longestRetryAfterMs = 86_400_000;

/** Codes that say nothing was looked at because too much was asked at once (docs/okx-api.md §6). */
const tooMany = new Set(['50011', '50040', '50061']);

/** Whether the exchange refused a call for coming too soon. */
export function isThrottled({exchangeCode = '', httpStatus}: WireFailure): boolean {
	return tooMany.has(exchangeCode) || httpStatus === 429;
}

/** Whether the exchange wants to be left alone for longer than anybody waits. */
export function asksToWait({retryAfterMs = 0}: WireFailure): boolean {
	return retryAfterMs > patienceMs;
}

/**
 * For how long nothing more should be sent after such a refusal, ms; undefined when that is longer than anybody
 * waits.
 */
export function backOffAfter({retryAfterMs}: WireFailure, windowMs: number): number | undefined {
	const ms = retryAfterMs ?? windowMs;
	return ms <= patienceMs + leewayMs ? ms + leewayMs : undefined;
}

/** How long to wait before the next attempt, or undefined when there is to be none. */
export function pauseAfter(
	failure: WireFailure,
	tried: number,
	pauses: readonly number[] = standardTiming.pauses,
): number | undefined {
	const {kind, exchangeCode, httpStatus = 0, retryAfterMs} = failure;
	const pause = pauses[tried];
	if (pause === undefined) return undefined;
	if (retryAfterMs !== undefined) return retryAfterMs <= patienceMs ? Math.max(retryAfterMs, pause) : undefined;
	return kind === 'reset' || exchangeCode === '50013' || httpStatus >= 500 || isThrottled(failure) ? pause : undefined;
}

/** Retry-After as seconds or as a date (RFC 9110 §10.2.3). */
export function retryAfter({headers, status}: Response, clock: () => number): {readonly retryAfterMs?: number} {
	const value = headers.get('retry-after');
	if (value === null || (status !== 429 && status < 500)) return {};
	const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock();
	return Number.isNaN(ms) ? {} : {retryAfterMs: Math.min(Math.max(ms, 0), longestRetryAfterMs)};
}
