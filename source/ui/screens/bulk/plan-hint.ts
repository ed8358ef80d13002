import {truncate} from '../../../core/text/width.ts';
import type {Row} from '../../drawing/rows.tsx';
import {progressRow, type Progress} from '../../key-view/progress-row.ts';
import {t} from '../../../language/translate.ts';

export function planHint(progress: Progress | undefined, columns: number): Row {
	return progress
		? progressRow(progress, false, columns)
		: [{text: truncate(t`Enter shows what would change; nothing is saved before that.`, columns), tone: 'muted'}];
}
