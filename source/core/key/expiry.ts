import {formatDuration, parseDuration} from '../text/duration.ts';
import {sanitize} from '../text/sanitize.ts';
import {dayMs, formatDay} from '../text/time.ts';
import {truncate} from '../text/width.ts';
import type {Problem} from '../problem.ts';
import {t} from '../../language/translate.ts';

/** In ms since 1970; null for a key without an expiry date of its own. */
export type Expiry =
	| {readonly expiresAt: number | null; readonly problem?: never}
	| {readonly problem: Problem; readonly expiresAt?: never};

const mostDays = 3650;

/** Reads `30d`, `12h`, `2027-01-31` (the end of that day, UTC) or `never`. */
export function readExpiry(given: string, now: number): Expiry {
	const text = given.trim().toLowerCase();
	if (text === 'never') return {expiresAt: null};
	const span = parseDuration(text);
	const expiresAt = span === undefined ? endOfDay(text) : now + span;
	const fix = t`Write it as 30d, 2027-01-31 or never.`;
	if (expiresAt === undefined)
		return {problem: {problem: t`${truncate(sanitize(given), 40) || '“”'} is not a date or a time span.`, fix}};
	if (expiresAt <= now) return {problem: {problem: t`The expiry date ${formatDay(expiresAt)} is in the past.`, fix}};
	if (expiresAt > now + mostDays * dayMs)
		return {problem: {problem: t`The expiry date is more than ${mostDays} days away.`, fix}};
	return {expiresAt};
}

function endOfDay(text: string): number | undefined {
	const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
	if (year === undefined || month === undefined || day === undefined) return undefined;
	const at = Date.UTC(year, month - 1, day + 1) - 1;
	// A day such as 2027-02-30 would be one of the next month.
	return formatDay(at) === text ? at : undefined;
}

/** As `readExpiry` takes it; empty for never. */
export function expiryText(expiresAt: number | null | undefined): string {
	return typeof expiresAt === 'number' ? formatDay(expiresAt) : '';
}

/** Such as `2027-01-31, in 12d 3h`. */
export function expiryWords(expiresAt: number | null | undefined, now: number): string {
	if (typeof expiresAt !== 'number') return t`never`;
	const day = formatDay(expiresAt);
	return expiresAt > now
		? t`${day}, in ${formatDuration(expiresAt - now)}`
		: t`${day}, ${formatDuration(now - expiresAt)} ago`;
}
