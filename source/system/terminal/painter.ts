import type {WriteStream} from 'node:tty';
import {width} from '../../core/text/width.ts';

export type Painter = {
	readonly restart: (question: string) => void;
	readonly show: (question: string, typed: string, at: number) => void;
	readonly end: () => void;
};

export function createPainter(output: WriteStream): Painter {
	/** Rows of the cursor, and of the end of the typed text, below the start of the question. */
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
			// A full row leaves the cursor on its last column until more is written.
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
