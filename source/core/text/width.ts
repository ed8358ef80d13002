import stringWidth from 'string-width';

/** Created on first use, because that takes 5 ms. */
let segmenter: Intl.Segmenter | undefined;

export function graphemes(text: string): string[] {
	if (isNarrow(text)) return text.split('');
	return Array.from(
		(segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'})).segment(text),
		({segment}) => segment,
	);
}

/** Letters, digits and signs that are a grapheme of one column each, ours among them. */
const narrow = /^[ -~¡-¬®-ʯ‐-‧•…‹›─-╿▀-▟●○✓✗]*$/;

/** Whether each UTF-16 unit of a text is a grapheme of one column; most texts are such. */
export function isNarrow(text: string): boolean {
	return narrow.test(text);
}

export function width(text: string): number {
	return isNarrow(text) ? text.length : stringWidth(text);
}

/** Cuts a sanitized text to at most `columns` and marks the cut with `…`. Never splits a grapheme. */
export function truncate(text: string, columns: number): string {
	if (width(text) <= columns) return text;
	if (columns <= 0) return '';
	let taken = '';
	let used = 0;
	for (const grapheme of graphemes(text)) {
		const next = width(grapheme);
		if (used + next > columns - 1) break;
		taken += grapheme;
		used += next;
	}

	return `${taken}…`;
}

/** Cuts or pads a sanitized text to exactly `columns`. */
export function padToWidth(text: string, columns: number): string {
	const cut = truncate(text, columns);
	return cut + ' '.repeat(Math.max(0, columns - width(cut)));
}
