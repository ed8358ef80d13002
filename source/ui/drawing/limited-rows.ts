import {truncate} from '../../core/text/width.ts';
import type {Row} from './rows.tsx';
import type {Tone} from './theme.ts';

type Line = {readonly text: string; readonly tone: Tone};

/** The first lines as at most so many rows; the last row is marked where more would follow. */
export function limitedRows(lines: readonly Line[], columns: number, most: number): Row[] {
	return lines
		.slice(0, most)
		.map((line, index): Row => [
			index === most - 1 && lines.length > most ? {...line, text: truncate(`${line.text} …`, columns)} : line,
		]);
}
