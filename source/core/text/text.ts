import stringWidth from 'string-width';
import {foldBlanks} from '../name.ts';

/** In pictures, joiners and variation selectors are part of what is seen: 👨‍👩‍👧, ❤️, 1️⃣. */
const pictures =
	/\p{Extended_Pictographic}\u{FE0F}?\p{Emoji_Modifier}?\u{200D}(?=\p{Extended_Pictographic})|\p{Extended_Pictographic}[\u{FE0E}\u{FE0F}]|[\d#*]\u{FE0F}(?=\u{20E3})/u;
/**
 * Controls, bidirectional and invisible characters, blanks other than the space, line and tag separators, lone
 * surrogates: whatever can lie to a reader or steer a terminal.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}]|(?! )\p{Zs}/u;
const tokens = new RegExp(`(${pictures.source})|(\\p{M}+)|${unsafe.source}`, 'gu');

/** More marks on one letter than any script writes reach over the lines above it. */
const mostMarks = 4;

function escape(character: string): string {
	return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/**
 * Makes any text from outside safe to show on one line: every control, bidi, zero-width, tag or lone surrogate
 * becomes a visible `\u{…}`, and marks without end are cut off. Everything the program prints that it did not write
 * itself goes through here.
 */
export function clean(text: string): string {
	if (/^[ -~]*$/.test(text)) return text;
	return text.replaceAll(tokens, (match, picture: string | undefined, marks: string | undefined, at: number) => {
		if (picture !== undefined) return picture;
		return marks === undefined ? escape(match) : cleanMarks(marks, text.slice(Math.max(0, at - 2), at));
	});
}

/** Combining marks: made visible where they stand on nothing, and cut off beyond the most. */
function cleanMarks(marks: string, before: string): string {
	const all = Array.from(marks);
	const isLone = !/[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(before);
	const shown = all
		.slice(0, mostMarks)
		.map(mark => (isLone || /\p{Default_Ignorable_Code_Point}/u.test(mark) ? escape(mark) : mark));
	return `${shown.join('')}${all.length > mostMarks ? '…' : ''}`;
}

/** Whether a text holds anything that `clean` would make visible. */
export function isClean(text: string): boolean {
	return clean(text) === text;
}

/** A path as a person can hand it to a shell, where it is no option and nothing in it is expanded. */
export function quoted(path: string): string {
	return shellWord(path.startsWith('-') ? `./${path}` : path);
}

/**
 * A text as one word of a shell's line, nothing in it expanded. What `clean` would make visible is written as bytes in
 * `$'…'`, which bash, zsh and ksh read as the text itself.
 */
export function shellWord(text: string): string {
	if (/^[\w./+@-][\w./+@:,=-]*$/.test(text)) return text;
	if (isClean(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
	return `$'${text.replaceAll(/['\\]/g, String.raw`\$&`).replaceAll(/[^]/gu, character => (isClean(character) ? character : bytesOf(character)))}'`;
}

/** `\xe2\x80\xae`: a character in UTF-8, as `$'…'` of a shell reads it. */
function bytesOf(character: string): string {
	return Array.from(new TextEncoder().encode(character), byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

/**
 * Like `clean`, line by line: for descriptions, the only texts of several lines. Blanks of any kind are usual in
 * them, and shown as spaces.
 */
export function cleanLines(text: string): string[] {
	return foldBlanks(text)
		.split('\n')
		.map(line => clean(line));
}

/** Made when it is first needed: that takes 5 ms. */
let segmenter: Intl.Segmenter | undefined;

/** What a person counts as characters. */
export function graphemes(text: string): string[] {
	return Array.from(
		(segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'})).segment(text),
		({segment}) => segment,
	);
}

/** Terminal columns that a text takes. */
export function width(text: string): number {
	return stringWidth(text);
}

/** Cuts a cleaned text to at most `columns`, with `…` where something is missing. Never splits a grapheme. */
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

/** Cuts or pads a cleaned text to exactly `columns`. */
export function fit(text: string, columns: number): string {
	const cut = truncate(text, columns);
	return cut + ' '.repeat(Math.max(0, columns - width(cut)));
}

const spans = [
	[86_400_000, 'd'],
	[3_600_000, 'h'],
	[60_000, 'm'],
	[1000, 's'],
] as const;

/** How long ago, in one unit: `now`, `5m`, `3h`, `12d`. A time in the future reads as `now`: clocks jump. */
export function ago(then: number, now: number): string {
	const passed = now - then;
	for (const [span, unit] of spans) {
		if (passed >= span && !(unit === 's' && passed < 5000)) return `${Math.floor(passed / span)}${unit}`;
	}

	return 'now';
}

/** Masks an identifier: enough of both ends to tell two apart, never the whole. */
export function mask(identifier: string): string {
	if (identifier === '') return '';
	return identifier.length < 12 ? '••••' : `${clean(identifier.slice(0, 4))}••••${clean(identifier.slice(-4))}`;
}
