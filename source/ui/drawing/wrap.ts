import {beginningOf} from '../../core/text/editing/cursor-stops.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {graphemes, truncate, width} from '../../core/text/width.ts';
import {t} from '../../language/translate.ts';

/**
 * Breaks a text into rows of at most `columns`, between words where possible, never inside a grapheme. An empty text
 * gives one empty row.
 */
export function wrap(text: string, columns: number): string[] {
	const rows: string[] = [];
	for (const paragraph of text.split('\n')) {
		let row = '';
		let used = 0;
		for (const word of paragraph.split(' ').flatMap(word => chop(word, columns))) {
			const wide = width(word);
			if (row !== '' && used + 1 + wide > columns) {
				rows.push(row);
				row = word;
				used = wide;
			} else {
				used = row === '' ? wide : used + 1 + wide;
				row = row === '' ? word : `${row} ${word}`;
			}
		}

		rows.push(row);
	}

	return rows;
}

const mostLines = 500;

/**
 * An untrusted text in at most `most` rows; the last one says when there is more. Only as much of the text as fills
 * them is read.
 */
export function wrapLines(text: string, columns: number, most = mostLines): string[] {
	const rows: string[] = [];
	const longest = (most + 1) * (columns + 1) * 2;
	for (let from = 0; from <= text.length && rows.length <= most;) {
		const end = text.indexOf('\n', from);
		const to = end === -1 ? text.length : end;
		rows.push(...wrap(sanitize(beginningOf(text.slice(from, Math.min(to, from + 2 * longest)), longest)), columns));
		from = to + 1;
	}

	return rows.length <= most
		? rows
		: [...rows.slice(0, most - 1), truncate(t`… and more: the command show prints all of it`, columns)];
}

/**
 * Lays `wrapLines` out step by step: returns at least `most` rows where there are as many. Each further call doubles
 * the rows laid out, so that scrolling stays cheap.
 */
export function wrapLinesAsNeeded(text: string, columns: number): (most: number) => readonly string[] {
	let rows: readonly string[] = [];
	let laid = 0;
	return most => {
		if (most > laid && laid < mostLines) {
			laid = Math.min(mostLines, Math.max(most, 2 * laid));
			const isCut = laid < mostLines;
			rows = wrapLines(text, columns, isCut ? laid + 1 : mostLines).slice(0, isCut ? laid : mostLines);
			if (rows.length < laid) laid = mostLines;
		}

		return rows;
	};
}

export function chop(word: string, columns: number): string[] {
	const room = Math.max(2, columns);
	const pieces: string[] = [];
	let piece = '';
	let used = 0;
	for (const grapheme of graphemes(word)) {
		const wide = width(grapheme);
		if (used + wide > room) {
			pieces.push(piece);
			piece = '';
			used = 0;
		}

		piece += grapheme;
		used += wide;
	}

	return [...pieces, piece];
}

/** A path cut at its start to fit, because its end tells one file from another. */
export function shortPath(path: string, columns: number): string {
	const cleaned = sanitize(path);
	if (width(cleaned) <= columns) return cleaned;
	let end = '';
	for (const grapheme of graphemes(cleaned).toReversed()) {
		if (width(grapheme + end) > columns - 1) break;
		end = grapheme + end;
	}

	return `…${end}`;
}
