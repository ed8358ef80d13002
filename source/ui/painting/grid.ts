import {graphemes, isNarrow, width} from '../../core/text/width.ts';
import {inverse, plain, type CellStyle} from './style.ts';

/** Text in one style. */
export type Run = {readonly text: string; readonly style: CellStyle};

/** The cells of a screen, row by row. */
export type Grid = {
	readonly columns: number;
	readonly rows: number;
	/** One grapheme each; empty where the wide one to the left goes on. */
	readonly texts: string[];
	readonly styles: Uint8Array;
};

/** A part of a grid in cells; `right` and `bottom` are the first ones outside. */
export type Area = {readonly left: number; readonly top: number; readonly right: number; readonly bottom: number};

export function createGrid(columns: number, rows: number): Grid {
	return {
		columns,
		rows,
		texts: Array.from({length: columns * rows}, () => ' '),
		styles: new Uint8Array(columns * rows),
	};
}

export function wholeOf({columns, rows}: Pick<Grid, 'columns' | 'rows'>): Area {
	return {left: 0, top: 0, right: columns, bottom: rows};
}

export function overlap(one: Area, other: Area): Area {
	return {
		left: Math.max(one.left, other.left),
		top: Math.max(one.top, other.top),
		right: Math.min(one.right, other.right),
		bottom: Math.min(one.bottom, other.bottom),
	};
}

export function blank(grid: Grid, {left, top, right, bottom}: Area): void {
	if (left >= right) return;
	const {columns, texts, styles} = grid;
	for (let row = top; row < bottom; row++) {
		freeOther(grid, row * columns + left, left);
		freeOther(grid, row * columns + right - 1, right - 1);
		texts.fill(' ', row * columns + left, row * columns + right);
		styles.fill(plain, row * columns + left, row * columns + right);
	}
}

// A text from outside is sanitized before it comes here; nothing in it may steer the terminal all the same.
const control = /\p{Control}/u;

type Place = {
	readonly left: number;
	readonly top: number;
	/** What is cut off at this width is marked by `cut`, a sign of one column. */
	readonly width: number;
	readonly cut: string;
	readonly area: Area;
};

/** Writes one row of text into a grid, as far as it lies in an area. */
export function write(grid: Grid, runs: readonly Run[], {left, top, width: room, cut, area}: Place): void {
	if (top < area.top || top >= area.bottom || room <= 0) return;
	const end = left + room;
	let at = left;
	/** Where the last grapheme stands, which makes room for the sign of the cut. */
	let last = left;
	for (const {text, style} of runs) {
		const simple = isNarrow(text);
		for (const part of simple ? text : graphemes(text)) {
			const wide = simple ? 1 : Math.min(2, width(part));
			if (wide === 0) {
				if (at > left) join(grid, last, top, part, area);
				continue;
			}

			if (at + wide > end) {
				if (at === end) at = last;
				put(grid, at, top, cut, 1, style, area);
				for (let column = at + 1; column < end; column++) put(grid, column, top, ' ', 1, plain, area);
				return;
			}

			put(grid, at, top, simple || !control.test(part) ? part : ' ', wide, style, area);
			last = at;
			at += wide;
		}
	}
}

function put(grid: Grid, column: number, row: number, text: string, wide: number, style: CellStyle, area: Area): void {
	const {columns, texts, styles} = grid;
	const isCut = column < area.left || column + wide > area.right;
	for (let offset = 0; offset < wide; offset++) {
		const at = column + offset;
		if (at < area.left || at >= area.right) continue;
		const cell = row * columns + at;
		freeOther(grid, cell, at);
		// Half of a wide character at an edge is a space.
		texts[cell] = isCut ? ' ' : offset === 0 ? text : '';
		// Nothing but inverse shows on a space.
		styles[cell] = texts[cell] === ' ' ? style & inverse : style;
	}
}

/** Makes a space of the other half of a wide character that is about to lose one. */
function freeOther({columns, texts, styles}: Grid, cell: number, column: number): void {
	const other = texts[cell] === '' ? cell - 1 : column + 1 < columns && texts[cell + 1] === '' ? cell + 1 : undefined;
	if (other === undefined) return;
	texts[other] = ' ';
	styles[other]! &= inverse;
}

/** Adds a mark without a width of its own to the grapheme before it. */
function join({columns, texts}: Grid, column: number, row: number, mark: string, area: Area): void {
	if (column < area.left || column >= area.right || control.test(mark)) return;
	texts[row * columns + column] += mark;
}
