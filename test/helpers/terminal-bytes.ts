import {width} from '../../source/core/text/width.ts';

/** What the full screen writes by itself: modes of the screen, places of the cursor, erasing, and tones. */
const own = [
	// The alternate screen, the cursor, pastes in brackets, synchronized frames, and the kitty keyboard.
	String.raw`\?(?:1049|25|2004|2026|7)[hl]`,
	String.raw`\?u`,
	String.raw`>\d+u`,
	String.raw`<u`,
	// Insertion, the origin, and the region that scrolls, as they are at first.
	'4l',
	String.raw`\?6l`,
	'r',
	// The cursor, what is erased from it on, and lines that are deleted or inserted there.
	String.raw`\d*[ABCDEFGJKLM]`,
	String.raw`(?:\d+;\d+)?H`,
	// Bold, dim and inverse, and the eight colours of every terminal.
	String.raw`(?:(?:0|1|2|7|22|27|3[0-7]|39)(?:;(?:0|1|2|7|22|27|3[0-7]|39))*)?m`,
];
const ownSequence = new RegExp(`\\u001B(?:\\(B\\u000F|\\[(?:${own.join('|')}))`, 'g');
/** What could steer a terminal or mislead a reader; joiners and selectors of pictures are left to `sanitize`. */
const foreign = new RegExp(
	[
		String.raw`[\0-\t\v\f\x0E-\x1F\x7F-\x9F\xAD\u061C\u180E\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u206F]`,
		String.raw`[\u2800\u3164\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]`,
		String.raw`\p{Cs}`,
	].join('|'),
	'gu',
);

/** All in what was written that is neither text nor a sequence of the program's own, with what follows it. */
export function foreignBytes(written: string): string[] {
	const text = written.replaceAll(ownSequence, '');
	return Array.from(text.matchAll(foreign), ({index}) => JSON.stringify(text.slice(index, index + 20)));
}

const endOfRow = /\r?\n|\u001B\[[\d;]*[A-J]/;

/** The rows that were written too wide, by the program's own rule. */
export function wideRows(written: string, columns: number): string[] {
	return written
		.split(endOfRow)
		.map(row => row.replaceAll(ownSequence, ''))
		.filter(row => width(row) > columns);
}

/** All that is foreign in the output of a command, which writes text alone. */
export function foreignText(written: string): string[] {
	return Array.from(written.replaceAll('\r', '\0').matchAll(foreign), ({index}) =>
		JSON.stringify(written.slice(index, index + 20)),
	);
}
