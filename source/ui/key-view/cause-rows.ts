import {sanitize} from '../../core/text/sanitize.ts';
import type {Row} from '../drawing/rows.tsx';
import {limitedRows} from '../drawing/limited-rows.ts';
import {wrap} from '../drawing/wrap.ts';

/** Cause and fix of what is selected in a list above, in at most so many rows; a blank one first if there is room. */
export function causeRows(
	outcome: {readonly cause: string; readonly fix: string} | undefined,
	columns: number,
	rows: number,
): Row[] {
	if (!outcome || outcome.cause === '') return [];
	const width = Math.min(columns, 100);
	const lines = [
		...wrap(sanitize(outcome.cause), width).map(text => ({text, tone: 'bad' as const})),
		...wrap(sanitize(outcome.fix), width).map(text => ({text, tone: 'plain' as const})),
	];
	const room = rows > 2 ? rows - 1 : rows;
	const shown = limitedRows(lines, columns, room);
	return rows > 2 ? [[], ...shown] : shown;
}
