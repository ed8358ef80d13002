import {padToWidth} from '../../core/text/width.ts';
import type {Row} from '../drawing/runs.ts';
import {symbols} from '../drawing/theme.ts';

export const labelWidth = 15;

/** The columns for the text of a field. */
export function fieldRoom(width: number): number {
	return Math.max(4, width - labelWidth - 3);
}

type FieldLook = {readonly isFocused: boolean; readonly color: boolean};

/** One row of a field; those after the first have no label. */
export function fieldRow(label: string | undefined, value: Row, {isFocused, color}: FieldLook): Row {
	return [
		label !== undefined && isFocused ? {text: `${symbols.selected} `, tone: 'accent'} : '  ',
		{text: padToWidth(label ?? '', labelWidth), tone: isFocused ? 'title' : 'muted'},
		' ',
		...value.flatMap(part =>
			typeof part === 'string' || part.tone !== 'cursor' || color ? [part] : [symbols.cursor, part.text],
		),
	];
}
