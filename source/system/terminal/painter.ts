import type {WriteStream} from 'node:tty';
import {width} from '../../core/text/width.ts';

export type Painter = {
	/** Writes a question where the cursor is, in a row of its own. */
	readonly restart: (question: string) => void;
	/** Writes the question again in its place, with what is typed, and puts the cursor `at` columns into that. */
	readonly show: (question: string, typed: string, at: number) => void;
	/** Goes on below. */
	readonly end: () => void;
};

/** Draws one question and its answer, which may be longer than a row of the terminal. */
export function createPainter(output: WriteStream): Painter {
	/** Rows that the cursor, and the end of what is typed, are below the beginning of the question. */
	let [row, lastRow] = [0, 0];
	const columns = () => output.columns || 80;
	const up = (rows: number) => (rows > 0 ? `\u001B[${rows}A` : '');
	return {
		restart(question) {
			output.write(`\r\u001B[J${question}`);
			row = lastRow = Math.floor(Math.max(0, width(question) - 1) / columns());
		},

		show(question, typed, at) {
			const [start, end] = [width(question) + at, width(question) + width(typed)];
			const first = `${up(row)}\r\u001B[J${question}${typed}`;
			// A full row leaves the cursor on its last column until something more is written.
			const next = end % columns() === 0 ? ' \r' : '';
			[row, lastRow] = [Math.floor(start / columns()), Math.floor(end / columns())];
			const column = start % columns();
			output.write(
				`${first}${next}${start === end ? '' : `${up(lastRow - row)}\r${column > 0 ? `\u001B[${column}C` : ''}`}`,
			);
		},

		end() {
			output.write('\n'.repeat(lastRow - row + 1));
			row = lastRow = 0;
		},
	};
}
