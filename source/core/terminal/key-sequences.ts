import {withFunctionKeys} from './function-keys.ts';

/** Escape as the kitty keyboard protocol writes it: unlike ESC alone, it cannot begin a longer sequence. */
export const escapeKey = '\u001B[27u';

const escape = '\u001B';
/** No key and no answer has a longer sequence. */
const longestSequence = 256;
/** The start of a CSI or SS3 sequence, or of a mouse report of X10 (CSI M and three characters), or ESC alone. */
const unfinished =
	/^\u001B?(?:\u001B\[|\u009B)(?:\[\d*|[0-?]*[ -/]*|M[^\0-\u001F]{0,2})$|^\u001B?(?:\u001BO|\u008F)[\d;]*$|^\u001B$/;
/** Shift and an editing key in rxvt: the last character is part of a longer sequence elsewhere. */
const rxvtKey = /^\u001B\[[235678]\$$/;
const mouseReport = /(?:\u001B\[|\u009B)M[^\0-\u001F]{3}/g;
const loneEscape = /\u001B(?=\u001B(?![[O])|$)/g;
/** After an ESC that came in another piece, these go on with its sequence. */
const continuation = /^(?:[[O^X\\]|\](?:$|[\dlL])|P(?:$|[\d>!+$=])|_(?:$|G))/;
/** The rest of a key whose ESC came too long before it: whole, or its start. */
const lateRest = /^(?:\[[\d;]*[A-Za-z~]|O[A-Za-z])/;
const lateStart = /^\[[\d;]*$/;
/** The rest of a control string; what is typed after Escape does not look like that. */
const lateReply = /^(?:\]\d|P[\d>!+$=]|_G)/;
/** How long after its ESC the rest of a sequence is known as such, ms. */
const lateMs = 1000;

type Held = {
	readonly text: string;
	readonly at: number;
	/** Its ESC came in a piece of its own, so a person may have pressed two keys. */
	readonly isTorn: boolean;
	/** Its ESC was taken for a key already. */
	readonly isLate: boolean;
};

export type KeySequencesOptions = {
	/** How long ESC alone may begin a sequence, ms. */
	readonly escapeMs: number;
	/** How long the start of a sequence may take to go on, ms. */
	readonly sequenceMs: number;
};

export type KeySequences = {
	/** A piece behind what was held back; where `isInString`, an ESC held back may end a control string. */
	readonly join: (piece: string, now: number, isInString: boolean) => string;
	/** Holds a sequence that is not finished back from the end of a text, and returns the rest. */
	readonly hold: (text: string, now: number) => string;
	/** Returns what was held back for too long, as the keys that it stands for. */
	readonly flush: (now: number, isInString: boolean) => string;
	readonly due: number | undefined;
};

/**
 * Joins the sequences of keys that a slow link has torn. ESC and a letter are Escape and a letter, unless they came in
 * one piece, as a terminal sends Alt.
 */
export function createKeySequences({escapeMs, sequenceMs}: KeySequencesOptions): KeySequences {
	let held: Held | undefined;
	let isTorn = false;
	let pressedAt = -Infinity;

	function dueOf({text, at, isTorn}: Held): number {
		return at + (text === escape || isTorn ? escapeMs : sequenceMs);
	}

	function afterEscape(piece: string, now: number): string {
		const isExpected = now - pressedAt < lateMs;
		pressedAt = -Infinity;
		if (!isExpected) return piece;
		if (lateReply.test(piece)) return escape + piece;
		if (lateStart.test(piece)) held = {text: escape + piece, at: now, isTorn: false, isLate: true};
		return lateStart.test(piece) ? '' : piece.replace(lateRest, '');
	}

	return {
		join(piece, now, isInString) {
			if (piece === '') return '';
			isTorn = false;
			if (!held) return afterEscape(piece, now);
			const before = held;
			held = undefined;
			if (before.isLate) {
				pressedAt = now;
				return afterEscape(before.text.slice(1) + piece, now);
			}

			isTorn = before.text === escape;
			const goesOn = isInString || (!isTorn && !before.isTorn) || continuation.test(before.text.slice(1) + piece);
			return goesOn ? before.text + piece : escapeKey + before.text.slice(1) + piece;
		},

		hold(text, now) {
			const end = text.slice(beginningOf(text));
			const isTornHere = isTorn && end.length === 2 && text === end && !/[[O\\]$/.test(end);
			if (end === '' || rxvtKey.test(end) || !(unfinished.test(end) || isTornHere)) return text;
			held = {text: end, at: now, isTorn: isTorn && end.length === 2, isLate: false};
			return text.slice(0, -end.length);
		},

		flush(now, isInString) {
			if (!held || now < dueOf(held)) return '';
			const {text, isTorn, isLate} = held;
			held = undefined;
			if (isLate) return text.slice(1);
			if (text === escape && isInString) return text;
			if (text === escape || isTorn) {
				pressedAt = now;
				return escapeKey + text.slice(1);
			}

			// Alt+[ and Alt+O look like the start of a sequence.
			return text.length === 2 && text.startsWith(escape) ? `\u001B[${text.codePointAt(1)};3u` : '';
		},

		get due() {
			return held && dueOf(held);
		},
	};
}

/** Removes mouse reports, and writes Escape and function keys so that each can be told from all others. */
export function unambiguous(text: string): string {
	const keys = text
		.replaceAll(mouseReport, '')
		.replaceAll('\u009B', '\u001B[')
		.replaceAll('\u008F', '\u001BO')
		.replaceAll(loneEscape, escapeKey);
	return withFunctionKeys(keys);
}

/** Where the last sequence of a text begins, with the ESC of Alt before it; the end where it has none. */
function beginningOf(text: string): number {
	const at = Math.max(...['\u001B', '\u009B', '\u008F'].map(introducer => text.lastIndexOf(introducer)));
	if (at === -1 || text.length - at > longestSequence) return text.length;
	return at > 0 && text.length - at > 1 && text[at - 1] === escape ? at - 1 : at;
}
