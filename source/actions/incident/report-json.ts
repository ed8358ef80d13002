import {formatTime} from '../../core/text/time.ts';
import {isObject} from '../../core/is-object.ts';
import type {IncidentReport} from './report.ts';

const times: ReadonlySet<string> = new Set(['at', 'begunAt', 'deletedAt', 'since', 'from']);

/** The report for programs; times are such as `2026-01-31T12:34:56.789Z`, since people at the exchange read it too. */
export function reportJson(report: IncidentReport): unknown {
	return withTimes(report);
}

function withTimes(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(item => withTimes(item));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [
			name,
			times.has(name) && typeof member === 'number' ? formatTime(member) : withTimes(member),
		]),
	);
}
