import type {Problem} from '../problem.ts';
import {t} from '../../language/translate.ts';
import {parseDuration} from '../text/duration.ts';
import {sanitize} from '../text/sanitize.ts';
import {formatDay} from '../text/time.ts';
import {truncate} from '../text/width.ts';

/** In ms since 1970. */
export type PastTime =
	| {readonly at: number; readonly problem?: never}
	| {readonly problem: Problem; readonly at?: never};

/** Reads a time span before now, such as `7d` or `12h`, or a day, such as `2026-11-01`, from its beginning in UTC. */
export function readPastTime(given: string, now: number): PastTime {
	const text = given.trim().toLowerCase();
	const span = parseDuration(text);
	const at = span === undefined ? startOfDay(text) : now - span;
	const fix = t`Write it as 7d, 12h or 2026-11-01.`;
	if (at === undefined)
		return {problem: {problem: t`${truncate(sanitize(given), 40) || '“”'} is not a day or a time span.`, fix}};
	if (at > now) return {problem: {problem: t`${formatDay(at)} is in the future.`, fix}};
	return {at};
}

function startOfDay(text: string): number | undefined {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
	const at = Date.parse(`${text}T00:00:00Z`);
	// A day such as 2026-02-30 would be one of the next month.
	return Number.isNaN(at) || formatDay(at) !== text ? undefined : at;
}
