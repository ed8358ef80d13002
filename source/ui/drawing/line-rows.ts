import type {LineState} from '../../core/text/editing/line-editor.ts';
import {graphemesBefore, graphemesFrom, stopsOf} from '../../core/text/editing/cursor-stops.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {truncate, width as columnsOf} from '../../core/text/width.ts';
import type {Row} from './rows.tsx';

export function maskedRow({text, cursor}: LineState, isFocused: boolean, room: number): Row {
	const {floor} = stopsOf(text);
	const shown = {text: '•'.repeat(countTo(text, text.length)), cursor: countTo(text, floor(cursor))};
	return rowOf(shown, {from: 0, to: shown.text.length, room, hasCursor: isFocused});
}

/** The rows around the cursor, at most `count`. A field of one line shows a line break as a visible character. */
export function valueRows(line: LineState, isFocused: boolean, room: number, count: number): Row[] {
	const {text, cursor} = line;
	if (count === 1) return [rowOf(line, {from: 0, to: text.length, room, hasCursor: isFocused})];
	const rowFrom = (from: number) => {
		const end = text.indexOf('\n', from);
		return {from, to: end === -1 ? text.length : end};
	};
	const rows = [rowFrom(cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1)];
	while (rows.length < count && rows[0]!.from > 0) {
		const to = rows[0]!.from - 1;
		rows.unshift({from: to === 0 ? 0 : text.lastIndexOf('\n', to - 1) + 1, to});
	}

	const cursorRow = rows.length - 1;
	while (rows.length < count && rows.at(-1)!.to < text.length) rows.push(rowFrom(rows.at(-1)!.to + 1));
	return rows.map(({from, to}, index) => rowOf(line, {from, to, room, hasCursor: isFocused && index === cursorRow}));
}

type VisiblePart = {readonly from: number; readonly to: number; readonly room: number; readonly hasCursor: boolean};

/**
 * One row of a text, scrolled sideways to keep the cursor visible. Only the visible part is measured, however long
 * the text is.
 */
function rowOf({text, cursor}: LineState, {from, to, room, hasCursor}: VisiblePart): Row {
	const cellsFrom = (start: number) => graphemesFrom(text, start, to, room + 1).map(grapheme => sanitize(grapheme));
	if (!hasCursor) return [truncate(cellsFrom(from).join(''), room)];
	const {floor, after} = stopsOf(text);
	const at = Math.max(from, floor(cursor));
	const behind = at < to ? after(at) : to;
	const under = at < to ? sanitize(text.slice(at, behind)) : ' ';
	let left = '';
	// The cursor takes a cell of up to two columns, and without colour a symbol of its own.
	for (const grapheme of graphemesBefore(text, from, at, room).toReversed()) {
		const longer = sanitize(grapheme) + left;
		if (columnsOf(longer) > room - 3) break;
		left = longer;
	}

	return [
		left,
		{text: under, tone: 'cursor'},
		truncate(cellsFrom(behind).join(''), room - columnsOf(left) - columnsOf(under) - 1),
	];
}

function countTo(text: string, to: number): number {
	return graphemesFrom(text, 0, to, to).length;
}
