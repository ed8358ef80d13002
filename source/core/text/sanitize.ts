import {foldBlanks} from '../name.ts';

/** In pictures, joiners and variation selectors are part of what is seen: 👨‍👩‍👧, ❤️, 1️⃣. */
const pictures =
	/\p{Extended_Pictographic}\u{FE0F}?\p{Emoji_Modifier}?\u{200D}(?=\p{Extended_Pictographic})|\p{Extended_Pictographic}[\u{FE0E}\u{FE0F}]|[\d#*]\u{FE0F}(?=\u{20E3})/u;
/**
 * Controls, bidirectional and invisible characters, blanks other than the space, line and tag separators, lone
 * surrogates: whatever can lie to a reader or steer a terminal.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}]|(?! )\p{Zs}/u;
/** A run of marks is matched in pieces: the engine keeps a place to go back to for each, and has room for so many. */
const mostMatched = 1024;
const tokens = new RegExp(`(${pictures.source})|(\\p{M}{1,${mostMatched}})|${unsafe.source}`, 'gu');

/** More marks on one letter than any script writes reach over the lines above it. */
const mostMarks = 4;

function escapeCharacter(character: string): string {
	return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/**
 * Makes any text from outside safe to show on one line: every control, bidi, zero-width, tag or lone surrogate
 * becomes a visible `\u{…}`, and marks without end are cut off. Everything the program prints that it did not write
 * itself goes through here.
 */
export function sanitize(text: string): string {
	if (/^[ -~]*$/.test(text)) return text;
	let endOfMarks = -1;
	return text.replaceAll(tokens, (match, picture: string | undefined, marks: string | undefined, at: number) => {
		if (picture !== undefined) return picture;
		if (marks === undefined) return escapeCharacter(match);
		// The rest of a run whose beginning was cut off already.
		const isRest = at === endOfMarks;
		endOfMarks = at + marks.length;
		return isRest ? '' : cleanMarks(marks, text.slice(Math.max(0, at - 2), at));
	});
}

/** Combining marks: made visible where they stand on nothing, and cut off beyond the most. */
function cleanMarks(marks: string, before: string): string {
	const all = Array.from(marks);
	const isLone = !/[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(before);
	const shown = all
		.slice(0, mostMarks)
		.map(mark => (isLone || /\p{Default_Ignorable_Code_Point}/u.test(mark) ? escapeCharacter(mark) : mark));
	return `${shown.join('')}${all.length > mostMarks ? '…' : ''}`;
}

/** Whether a text holds anything that `clean` would make visible. */
export function isPrintable(text: string): boolean {
	return sanitize(text) === text;
}

/**
 * Like `clean`, line by line: for descriptions, the only texts of several lines. Blanks of any kind are usual in
 * them, and shown as spaces.
 */
export function sanitizeLines(text: string): string[] {
	return foldBlanks(text)
		.split('\n')
		.map(line => sanitize(line));
}
