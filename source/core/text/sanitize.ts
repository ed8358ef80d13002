import {foldBlanks} from './name.ts';

/** Long runs of marks are matched in pieces, because the regular expression engine has limited room to backtrack. */
const mostMatched = 1024;

/** Made for the first text that is not ASCII, because that takes longer than most texts. */
let tokens: RegExp | undefined;

/** More marks than any script puts on one letter would cover the lines above it. */
const mostMarks = 4;

function escapeCharacter(character: string): string {
	return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/**
 * Makes untrusted text safe to show on one line: unsafe characters become a visible `\u{…}`, and excess marks are cut
 * off. All text that the program prints but did not write goes through here.
 */
export function sanitize(text: string): string {
	if (/^[ -~]*$/.test(text)) return text;
	tokens ??= makeTokens();
	let endOfMarks = -1;
	return text.replaceAll(tokens, (match, picture: string | undefined, marks: string | undefined, at: number) => {
		if (picture !== undefined) return picture;
		if (marks === undefined) return escapeCharacter(match);
		const isRest = at === endOfMarks;
		endOfMarks = at + marks.length;
		return isRest ? '' : cleanMarks(marks, text.slice(Math.max(0, at - 2), at));
	});
}

function makeTokens(): RegExp {
	/** Joiners and variation selectors are visible parts of pictures: 👨‍👩‍👧, ❤️, 1️⃣. */
	const pictures = [
		/\p{Extended_Pictographic}\u{FE0F}?\p{Emoji_Modifier}?\u{200D}(?=\p{Extended_Pictographic})/u,
		/\p{Extended_Pictographic}[\u{FE0E}\u{FE0F}]/u,
		/[\d#*]\u{FE0F}(?=\u{20E3})/u,
	]
		.map(({source}) => source)
		.join('|');
	/**
	 * Characters that can mislead a reader or control a terminal: controls, bidirectional and invisible characters,
	 * unusual blanks, line separators, tags and lone surrogates.
	 */
	const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}]|(?! )\p{Zs}/u;
	return new RegExp(`(${pictures})|(\\p{M}{1,${mostMatched}})|${unsafe.source}`, 'gu');
}

function cleanMarks(marks: string, before: string): string {
	const all = Array.from(marks);
	const isLone = !/[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(before);
	const shown = all
		.slice(0, mostMarks)
		.map(mark => (isLone || /\p{Default_Ignorable_Code_Point}/u.test(mark) ? escapeCharacter(mark) : mark));
	return `${shown.join('')}${all.length > mostMarks ? '…' : ''}`;
}

export function isPrintable(text: string): boolean {
	return sanitize(text) === text;
}

/** Like `sanitize`, line by line, for descriptions; any blank is shown as a space. */
export function sanitizeLines(text: string): string[] {
	return foldBlanks(text)
		.split('\n')
		.map(line => sanitize(line));
}
