import type {ReactNode} from 'react';
import {emptyLine, insert, lineView, pasteable, pressKey, type Line} from '../../core/line.ts';
import {clean, fit, graphemes, truncate, width as columnsOf} from '../../core/text.ts';
import {useLayer} from '../keys.tsx';
import {signs} from '../theme.ts';
import {wrap} from '../wrap.ts';
import {Rows, type Row} from './rows.tsx';
import {Followed} from './scroll.tsx';
import {useLook} from './words.tsx';

type Props = {
	readonly label: string;
	readonly line: Line;
	/** Given a function of the newest line, since several keys may come before the next frame. */
	readonly onLine: (change: (line: Line) => Line) => void;
	readonly onRefused?: (reason: string) => void;
	readonly isFocused: boolean;
	readonly width: number;
	/** Shows dots: for every secret. */
	readonly isMasked?: boolean;
	/** The most rows to show; more than one takes line breaks (Alt+Enter). */
	readonly rows?: number;
	/** Spaces and line breaks around a paste are dropped: for what is copied from a web page. */
	readonly trims?: boolean;
	/** Whether a paste of several rows is one line that was only shown in several. */
	readonly joins?: (pasted: string) => boolean;
	/** Said beneath the field while it has the keyboard. */
	readonly hint?: string;
};

export const labelWidth = 15;
const indent = ' '.repeat(labelWidth + 3);

/** One field of a form: a label and a text that is edited by grapheme. */
export function TextField({label, line, onLine, onRefused, isFocused, width, isMasked = false, rows = 1, trims = false, joins, hint}: Props): ReactNode {
	const options = {multiline: rows > 1};
	useLayer({
		rank: 'field',
		takesText: true,
		key(name) {
			if (pressKey(line, name, options) === undefined) return false;
			onLine(before => pressKey(before, name, options) ?? before);
			return true;
		},
		paste(text) {
			const whole = joins?.(text) === true ? text.replaceAll(/\s+/g, ' ') : text;
			const pasted = pasteable(trims ? whole.trim() : whole, options);
			if (pasted === undefined) onRefused?.('This field takes one line, and the paste has several; nothing was pasted.');
			else onLine(before => insert(before, pasted, options));
			return true;
		},
	}, isFocused);

	const look = useLook();
	const room = Math.max(4, width - labelWidth - 3);
	const values = isMasked ? [maskedRow(line, isFocused, room)] : valueRows(line, isFocused, room, rows);
	const shownRows = values.map((value, index): Row => [[
		index === 0 && isFocused ? {text: `${signs.selected} `, tone: 'accent'} : '  ',
		{text: fit(index === 0 ? label : '', labelWidth), tone: isFocused ? 'title' : 'muted'},
		' ',
	], value.flatMap(part => typeof part === 'string' || part.tone !== 'cursor' || look.color ? [part] : [signs.cursor, part.text])].flat() as Row);
	const hints = hint !== undefined && isFocused ? wrap(hint, room).map((text): Row => [indent, {text, tone: 'muted'}]) : [];
	return <Followed isFocused={isFocused}><Rows width={width} rows={[...shownRows, ...hints]} /></Followed>;
}

function maskedRow({text, at}: Line, isFocused: boolean, room: number): Row {
	const {graphemes: all, cursor} = lineView({text, at});
	return rowOf(all.map(() => '•'), isFocused ? cursor : undefined, room);
}

/** The rows around the cursor. A field of one line shows a line break, if one ever got in, as what it is. */
function valueRows(line: Line, isFocused: boolean, room: number, count: number): Row[] {
	const texts = count === 1 ? [line.text] : line.text.split('\n');
	const before = line.text.slice(0, line.at).split('\n');
	const cursorRow = count === 1 ? 0 : before.length - 1;
	const first = Math.max(0, Math.min(cursorRow - count + 1, texts.length - count));
	const shownTexts = texts.slice(first, first + count);
	return shownTexts.map((text, index) => {
		const hasCursor = isFocused && index + first === cursorRow;
		const inRow = count === 1 ? line.at : before.at(-1)!.length;
		const {graphemes: all, cursor} = lineView({text, at: hasCursor ? inRow : 0});
		return rowOf(all.map(grapheme => clean(grapheme)), hasCursor ? cursor : undefined, room);
	});
}

/** Cells of one row, slid sideways so that the cursor is seen; the cursor is the cell it stands on, or a space after the last. */
function rowOf(cells: readonly string[], cursor: number | undefined, room: number): Row {
	if (cursor === undefined) return [truncate(cells.join(''), room)];
	let first = 0;
	// The cursor takes a cell of up to two columns, and without colour a sign of its own.
	while (columnsOf(cells.slice(first, cursor).join('')) > room - 3) first++;
	const left = cells.slice(first, cursor).join('');
	const under = cells[cursor] ?? ' ';
	return [left, {text: under, tone: 'cursor'}, truncate(cells.slice(cursor + 1).join(''), room - columnsOf(left) - columnsOf(under) - 1)];
}

/** How many characters a text has, as a person counts them. */
export function countOf({text}: Line = emptyLine): number {
	return graphemes(text).length;
}
