import {barCells, progressWords} from '../../core/text/progress.ts';
import {truncate, width} from '../../core/text/width.ts';
import {t} from '../../language/translate.ts';
import type {Row} from '../drawing/rows.tsx';

export type Progress = Parameters<typeof progressWords>[0];

/** A bar, with the words beside it. */
export function progressRow(progress: Progress, isStopping: boolean, columns: number): Row {
	const counted = progressWords(progress);
	const words = isStopping ? t`${counted}, stopping…` : counted;
	const cells = Math.max(0, Math.min(24, columns - width(words) - 3));
	const full = barCells(progress.done, progress.total, cells);
	return [
		{text: '█'.repeat(full), tone: 'accent'},
		{text: '░'.repeat(cells - full), tone: 'muted'},
		truncate(`  ${words}`, columns - cells),
	];
}
