import {clean, graphemes, width} from '../core/text.ts';

/** Breaks a text into rows of at most `columns`, between words where it can, never inside a grapheme. An empty text is one empty row. */
export function wrap(text: string, columns: number): string[] {
	const rows: string[] = [];
	for (const paragraph of text.split('\n')) {
		let row = '';
		for (const word of paragraph.split(' ').flatMap(word => chop(word, columns))) {
			if (row !== '' && width(row) + 1 + width(word) > columns) {
				rows.push(row);
				row = word;
			} else {
				row = row === '' ? word : `${row} ${word}`;
			}
		}

		rows.push(row);
	}

	return rows;
}

/** A word in pieces that fit: an address or a secret may be longer than a row. */
export function chop(word: string, columns: number): string[] {
	const room = Math.max(2, columns);
	const pieces: string[] = [];
	let piece = '';
	for (const grapheme of graphemes(word)) {
		if (width(piece + grapheme) > room) {
			pieces.push(piece);
			piece = '';
		}

		piece += grapheme;
	}

	return [...pieces, piece];
}

/** A path in at most so many columns: its end tells one file from another. */
export function shortPath(path: string, columns: number): string {
	const cleaned = clean(path);
	if (width(cleaned) <= columns) return cleaned;
	let end = '';
	for (const grapheme of graphemes(cleaned).toReversed()) {
		if (width(grapheme + end) > columns - 1) break;
		end = grapheme + end;
	}

	return `…${end}`;
}
