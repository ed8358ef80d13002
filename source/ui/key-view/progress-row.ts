import {barCells, progressWords} from '../../core/text/progress.ts';
import {truncate} from '../../core/text/width.ts';
import type {Row} from '../drawing/rows.tsx';

export type Progress = Parameters<typeof progressWords>[0];

/** A bar, with the words beside it. */
export function progressRow(progress: Progress, isStopping: boolean, columns: number): Row {
	const words = `${progressWords(progress)}${isStopping ? ', stopping…' : ''}`;
	const width = Math.max(0, Math.min(24, columns - words.length - 3));
	const full = barCells(progress.done, progress.total, width);
	return [
		{text: '█'.repeat(full), tone: 'accent'},
		{text: '░'.repeat(width - full), tone: 'muted'},
		truncate(`  ${words}`, columns - width),
	];
}
