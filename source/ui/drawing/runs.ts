import type {Run} from '../painting/grid.ts';
import {styleOf, withSigns, type Appearance, type Tone} from './theme.ts';

/** One terminal row of sanitized texts, each with a tone; what does not fit is cut off. */
export type Row = readonly Piece[];
export type Piece = string | {readonly text: string; readonly tone: Tone};

const blankRow: readonly Run[] = [{text: ' ', style: styleOf('plain', {color: false})}];

export function runsOf(row: Row, look: Appearance): readonly Run[] {
	if (row.length === 0) return blankRow;
	return row.map(piece => {
		const {text, tone} = typeof piece === 'string' ? {text: piece, tone: 'plain' as const} : piece;
		return {text: withSigns(text, look), style: styleOf(tone, look)};
	});
}

/** Stands where a row was too long. */
export function cutSign(look: Appearance): string {
	return withSigns('…', look);
}
