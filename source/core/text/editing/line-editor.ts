import {beginningOf, stopsOf, type CursorStops} from './cursor-stops.ts';
import {graphemes} from '../width.ts';

/**
 * `cursor` is in UTF-16 units and may lie inside a grapheme, so that typing in pieces equals typing at once. Moving and
 * deleting work on whole graphemes.
 */
export type LineState = {readonly text: string; readonly cursor: number};

export type LineOptions = {
	readonly multiline?: boolean;
	/** Longest text, in UTF-16 units. */
	readonly most?: number;
};

export const emptyLine: LineState = {text: '', cursor: 0};

export function lineOf(text: string): LineState {
	return {text, cursor: text.length};
}

const untypeable = /[\p{Cs}\0-\x09\x0B-\x1F\x7F-\x9F]/gu;

export function insert(
	{text, cursor}: LineState,
	chunk: string,
	{multiline = false, most = Infinity}: LineOptions = {},
): LineState {
	const typeable = multiline ? chunk.replaceAll(untypeable, '') : chunk.replaceAll(untypeable, '').replaceAll('\n', '');
	const typed = beginningOf(typeable, Math.max(0, most - text.length));
	return {text: text.slice(0, cursor) + typed + text.slice(cursor), cursor: cursor + typed.length};
}

/**
 * Drops line breaks around a paste and keeps those inside if several lines are allowed. Otherwise a paste of several
 * lines is undefined, because joining them would make up a value.
 */
export function normalizePaste(text: string, {multiline = false}: LineOptions = {}): string | undefined {
	const pasted = text.replaceAll(/\r\n?/g, '\n').replaceAll(/^\n+|\n+$/g, '');
	return multiline || !pasted.includes('\n') ? pasted : undefined;
}

type LineEdit = (line: LineState, stops: CursorStops) => LineState;

const edits: Readonly<Record<string, LineEdit>> = {
	left: ({text, cursor}, {before}) => ({text, cursor: before(cursor)}),
	right: ({text, cursor}, {after}) => ({text, cursor: after(cursor)}),
	home: line => ({...line, cursor: rowStart(line)}),
	end: line => ({...line, cursor: rowEnd(line)}),
	wordLeft: (line, stops) => ({...line, cursor: wordStart(line, stops)}),
	wordRight: (line, stops) => ({...line, cursor: wordEnd(line, stops)}),
	backspace: ({text, cursor}, {before, ceil}) => cut(text, before(cursor), ceil(cursor)),
	delete: ({text, cursor}, {floor, after}) => cut(text, floor(cursor), after(cursor)),
	cutToStart: (line, {ceil}) => cut(line.text, rowStart(line), ceil(line.cursor)),
	cutToEnd: (line, {floor}) => cut(line.text, floor(line.cursor), rowEnd(line)),
	cutWordLeft: (line, stops) => cut(line.text, wordStart(line, stops), stops.ceil(line.cursor)),
	cutWordRight: (line, stops) => cut(line.text, stops.floor(line.cursor), wordEnd(line, stops)),
};

/** Editing keys of a shell, by the names in ui/keyboard/key-names.ts. */
const editKeys: Readonly<Record<string, string>> = {
	left: 'left',
	'ctrl+b': 'left',
	right: 'right',
	'ctrl+f': 'right',
	home: 'home',
	'ctrl+a': 'home',
	end: 'end',
	'ctrl+e': 'end',
	'meta+b': 'wordLeft',
	'ctrl+left': 'wordLeft',
	'meta+left': 'wordLeft',
	'meta+f': 'wordRight',
	'ctrl+right': 'wordRight',
	'meta+right': 'wordRight',
	backspace: 'backspace',
	'ctrl+h': 'backspace',
	delete: 'delete',
	'ctrl+d': 'delete',
	'ctrl+u': 'cutToStart',
	'ctrl+k': 'cutToEnd',
	'ctrl+w': 'cutWordLeft',
	'meta+backspace': 'cutWordLeft',
	'meta+d': 'cutWordRight',
	'meta+delete': 'cutWordRight',
};

/** Undefined when the key does not edit. A key named by a single grapheme is typed. */
export function pressKey(line: LineState, name: string, options: LineOptions = {}): LineState | undefined {
	const edit = editKeys[name];
	if (edit !== undefined) return edits[edit]!(line, stopsOf(line.text));
	if (options.multiline) {
		if (name === 'meta+return' || name === 'shift+return') return insert(line, '\n', options);
		if (name === 'up' || name === 'down') return changeRow(line, name);
	}

	return isTyped(name) ? insert(line, name, options) : undefined;
}

/** A typed character is a name of one grapheme; all other keys have longer names. */
export function isTyped(name: string): boolean {
	return graphemes(name).length === 1;
}

function cut(text: string, from: number, to: number): LineState {
	return {text: text.slice(0, from) + text.slice(to), cursor: from};
}

function rowStart({text, cursor}: LineState): number {
	return cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1;
}

function rowEnd({text, cursor}: LineState): number {
	const end = text.indexOf('\n', cursor);
	return end === -1 ? text.length : end;
}

function wordStart({text, cursor}: LineState, {before}: CursorStops): number {
	const isSpace = (from: number) => /\s/.test(text[from]!);
	let start = cursor;
	while (start > 0 && isSpace(before(start))) start = before(start);
	while (start > 0 && !isSpace(before(start))) start = before(start);
	return start;
}

function wordEnd({text, cursor}: LineState, {floor, after}: CursorStops): number {
	const isSpace = (from: number) => /\s/.test(text[from]!);
	let end = floor(cursor);
	while (end < text.length && isSpace(end)) end = after(end);
	while (end < text.length && !isSpace(end)) end = after(end);
	return end;
}

/** Columns beyond this are counted in UTF-16 units, because counting graphemes in a long row is slow. */
const longestColumn = 1024;

/** Keeps the column; undefined on the first or last row, so that the key can leave the field. */
function changeRow(line: LineState, direction: 'up' | 'down'): LineState | undefined {
	const start = rowStart(line);
	const end = rowEnd(line);
	if (direction === 'up' ? start === 0 : end === line.text.length) return undefined;
	const target = direction === 'up' ? rowStart({text: line.text, cursor: start - 1}) : end + 1;
	const length = rowEnd({text: line.text, cursor: target}) - target;
	const units = line.cursor - start;
	const column = units <= longestColumn ? graphemes(line.text.slice(start, line.cursor)).length : units;
	const row = line.text.slice(target, target + Math.min(length, 4 * longestColumn));
	const inRow = units <= longestColumn ? graphemes(row).slice(0, column).join('').length : Math.min(column, length);
	return {text: line.text, cursor: stopsOf(line.text).floor(target + inRow)};
}
