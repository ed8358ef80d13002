import {createGrid, type Grid} from './grid.ts';
import {shiftBetween, shifted} from './shift.ts';
import {inverse, plain, styleChange, type CellStyle} from './style.ts';

/** From so many bytes on, a terminal that knows how is told to show them all at once. */
const leastSynchronized = 512;
/** From so many bytes on, it is worth looking whether rows have only moved. */
const leastShifted = 200;
const beginSynchronized = '\u001B[?2026h';
const endSynchronized = '\u001B[?2026l';

export type DiffOptions = {
	/** Whether the terminal can insert and delete lines. */
	readonly canMoveLines?: boolean;
};

/**
 * What turns a terminal that shows one grid, in plain style, into one that shows another of the same size; empty where
 * they are the same. The cursor may be anywhere before and after.
 */
export function changesBetween(shown: Grid, next: Grid, {canMoveLines = true}: DiffOptions = {}): string {
	const direct = cellChanges(shown, next);
	const shift = canMoveLines && direct.length >= leastShifted ? shiftBetween(shown, next) : undefined;
	if (!shift) return synchronized(direct);
	const viaShift = shift.sequence + cellChanges(shifted(shown, shift), next);
	return synchronized(viaShift.length < direct.length ? viaShift : direct);
}

/**
 * What another program may have left changed that would bend what is drawn: letters as lines, insertion, a scroll
 * region and places that count from it, a style.
 */
const usualModes = '\u001B(B\u000F\u001B[4l\u001B[?6l\u001B[r\u001B[m';

/** What shows a grid on a terminal, whatever is on it and whatever state another program has left it in. */
export function freshScreen(next: Grid): string {
	const changes = cellChanges(createGrid(next.columns, next.rows), next);
	return `${beginSynchronized}\u001B[?25l${usualModes}\u001B[2J${changes}${endSynchronized}`;
}

function synchronized(bytes: string): string {
	return bytes.length < leastSynchronized ? bytes : `${beginSynchronized}${bytes}${endSynchronized}`;
}

function cellChanges(shown: Grid, next: Grid): string {
	const pen = createPen(next);
	for (let row = 0; row < next.rows; row++) changeRow(shown, next, row, pen);
	return pen.finished();
}

function changeRow(shown: Grid, next: Grid, row: number, pen: Pen): void {
	const {columns, texts, styles} = next;
	const start = row * columns;
	const differs = (column: number) =>
		texts[start + column] !== shown.texts[start + column] || styles[start + column] !== shown.styles[start + column];
	let first = 0;
	while (first < columns && !differs(first)) first++;
	if (first === columns) return;

	// Terminals disagree on the width of some characters: such a row is drawn whole, with each one's end made sure of.
	const mayWrap = hasUnsureWidths(next, start);
	const isUnsure = mayWrap || hasUnsureWidths(shown, start);
	const end = endOfText(next, start);
	if (isUnsure) pen.erase(row, 0);
	if (mayWrap) pen.setWrapping(false);
	for (let column = isUnsure ? 0 : first; column < end; column++) {
		if (texts[start + column] !== '' && (isUnsure || differs(column))) pen.draw(row, column);
	}

	if (mayWrap) pen.setWrapping(true);
	// A space that is written counts as text where a person selects it with the mouse.
	if (isUnsure ? end < columns : endOfText(shown, start) > end) pen.erase(row, isUnsure ? end : Math.max(end, first));
}

/** The first column after which a row has only plain spaces. */
function endOfText({columns, texts, styles}: Grid, start: number): number {
	let end = columns;
	while (end > 0 && texts[start + end - 1] === ' ' && styles[start + end - 1] === plain) end--;
	return end;
}

/** Wide letters of East Asia, on whose width all agree. */
const eastAsian = /^[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]$/;

function isUnsureWidth(text: string, isWide: boolean): boolean {
	return text.length > 1 || (isWide && !eastAsian.test(text));
}

function hasUnsureWidths({columns, texts}: Grid, start: number): boolean {
	for (let cell = start; cell < start + columns; cell++)
		if (isUnsureWidth(texts[cell]!, cell + 1 < start + columns && texts[cell + 1] === '')) return true;
	return false;
}

type Pen = {
	readonly draw: (row: number, column: number) => void;
	/** Erases a row from a column on. */
	readonly erase: (row: number, column: number) => void;
	/** Whether what is wider than the rest of a row goes on in the next one. */
	readonly setWrapping: (wraps: boolean) => void;
	/** All that was written, with the terminal in plain style. */
	readonly finished: () => string;
};

/** The longest gap that is drawn again, where moving over it would cost more. */
const longestGap = 6;

function createPen({columns, texts, styles}: Grid): Pen {
	let written = '';
	let style: CellStyle = plain;
	/** Where the cursor of the terminal is; unknown at first, and after the last column of a row. */
	let cursor: {row: number; column: number} | undefined;

	const setStyle = (wanted: CellStyle) => {
		written += styleChange(style, wanted);
		style = wanted;
	};
	/** A plain space looks the same in every style but inverse. */
	const styleFor = (cell: number) =>
		texts[cell] === ' ' && styles[cell] === plain && (style & inverse) === 0 ? style : styles[cell]!;
	const put = (row: number, column: number) => {
		const cell = row * columns + column;
		const isWide = column + 1 < columns && texts[cell + 1] === '';
		setStyle(styleFor(cell));
		written += texts[cell]!;
		const after = column + (isWide ? 2 : 1);
		cursor = after < columns && !isUnsureWidth(texts[cell]!, isWide) ? {row, column: after} : undefined;
	};
	const moveTo = (row: number, column: number) => {
		const jump = `\u001B[${row + 1};${column + 1}H`;
		if (cursor?.row === row) {
			const gap = column - cursor.column;
			if (gap === 0) return;
			const onward = gap > 0 ? `\u001B[${gap === 1 ? '' : gap}C` : `\u001B[${column + 1}G`;
			if (gap > 0 && gap <= longestGap && costOfGap(row, cursor.column, column) <= onward.length) {
				for (let at = cursor.column; at < column; at++) if (texts[row * columns + at] !== '') put(row, at);
				return;
			}

			written += onward;
		} else if (cursor && row === cursor.row + 1 && column === 0) {
			written += '\r\n';
		} else {
			written += jump;
		}

		cursor = {row, column};
	};
	const costOfGap = (row: number, from: number, to: number) => {
		let cost = 0;
		for (let at = from; at < to; at++) {
			const cell = row * columns + at;
			if (styleFor(cell) !== style || isUnsureWidth(texts[cell]!, false)) return Infinity;
			cost += Buffer.byteLength(texts[cell]!);
		}

		return cost;
	};
	return {
		draw(row, column) {
			moveTo(row, column);
			put(row, column);
		},
		erase(row, column) {
			moveTo(row, column);
			if (style & inverse) setStyle(plain);
			written += '\u001B[K';
		},
		setWrapping(wraps) {
			written += `\u001B[?7${wraps ? 'h' : 'l'}`;
		},
		finished() {
			setStyle(plain);
			return written;
		},
	};
}
