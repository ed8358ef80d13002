/** Second characters of control strings, after ESC: OSC, DCS, APC, PM and SOS. */
const introducers = ']P_^X';
const escapeCharacter = '\u001B';
/** The same introducers as C1 characters, and ESC, which may begin one. */
const beginnings = /[\u001B\u0090\u0098\u009D-\u009F]/g;
/** Ends a control string or cannot be part of one (ECMA-48 §8.3.89), so Ctrl+C, Ctrl+D and Backspace always arrive. */
const ends = /[\0-\u0007\u000E-\u001F\u007F\u0090\u0098\u009C-\u009F]/g;
/** The rest of an answer whose ESC came long before it. */
const knownReply = /^(?:\]\d|P[\d>!+$=]|_G)/;
/** Could be the start of an answer, or text typed after Alt+] and similar keys. */
const doubtful = /^(?:\]\d{1,5}|P(?:\d{1,5}[+$]?|[>!+$]|=\d{0,5})|_G[a-zA-Z]?)$/;
/** A doubtful text that goes on like this is an answer. */
const answer = /^(?:\]\d+[;\u0007\u001B\u009C]|P(?:\d*[+$]r|\d+;|[>!]\||=\d+s)|_G(?:[a-zA-Z]=|;))/;
/** Doubtful text counts as typed after this much silence, ms. */
const usualQuietMs = 100;
/**
 * Text this long after a lone introducer, ms, was typed unless it can be an answer: Alt+] sends the same characters.
 */
const usualTypedMs = 30;

export type ReplyFilterOptions = {
	/** How long a control string may take to end, ms; later text counts as typed. */
	readonly timeoutMs?: number;
	/** How long an ESC at the end of a piece may begin a control string, ms. */
	readonly escapeMs?: number;
	/** The longest pause between two pieces of a control string where the connection is slower than usual, ms. */
	readonly pauseMs?: number;
};

export type TerminalFilter = {
	/** `now` is a time in ms that never goes back. */
	readonly feed: (chunk: string, now: number) => string;
	readonly flush: (now: number) => string;
	/** When `flush` will return something, on the clock of `now`; undefined while nothing is held back. */
	readonly due: number | undefined;
};

export type ReplyFilter = TerminalFilter & {
	/** Whether a control string has begun whose end has not come. */
	readonly isInString: (now: number) => boolean;
};

/**
 * Removes a terminal's late answers (OSC, DCS, APC, PM and SOS strings, whole or in pieces) from typed input, in linear
 * time. An ESC at the end of a piece and a possible start of an answer are held back until the next `feed` or `flush`;
 * other text passes.
 */
export function createReplyFilter({
	pauseMs = 0,
	timeoutMs = Math.max(1000, pauseMs),
	escapeMs = 50,
}: ReplyFilterOptions = {}): ReplyFilter {
	const isSlow = pauseMs > usualQuietMs;
	const quietMs = isSlow ? pauseMs : usualQuietMs;
	const typedMs = isSlow ? pauseMs : usualTypedMs;
	let isInString = false;
	let beganAt = 0;
	let escapeAt: number | undefined;
	/**
	 * Text that was released as typed but may still turn out to begin an answer; an empty `beginning` stands for ESC.
	 */
	let released = {beginning: '', at: -Infinity};
	/** An introducer at the end of the last piece, whose string has not begun to arrive. */
	let lone: {readonly introducer: string; readonly at: number} | undefined;
	/** An introducer and the text after it, while they may be an answer or typed text. */
	let doubt: {readonly text: string; readonly at: number} | undefined;

	function begin(now: number): void {
		isInString = true;
		beganAt = now;
	}

	/** Forgets a string whose end is overdue, and an ESC that may be half of that end. */
	function expire(now: number): void {
		if (!isInString || now - beganAt < timeoutMs) return;
		isInString = false;
		escapeAt = undefined;
	}

	function release(): string {
		const typed = doubt?.text.slice(1) ?? '';
		doubt = undefined;
		isInString = false;
		return typed;
	}

	function decide(chunk: string, now: number): string {
		if (!doubt) return '';
		const text = doubt.text + chunk;
		const isLate = now - doubt.at >= quietMs;
		if (!isLate && doubtful.test(text)) {
			doubt = {text, at: now};
			return '';
		}

		// A person types one character at a time; several at once are an answer that this busy program reads late.
		if (!answer.test(text) || (isLate && chunk.length === 1)) return release();
		doubt = undefined;
		return '';
	}

	function goesOn(chunk: string, now: number): boolean {
		const {beginning, at} = released;
		if (now - at >= timeoutMs) return false;
		return beginning === '' ? knownReply.test(chunk) : chunk.length > 1 && answer.test(beginning + chunk);
	}

	return {
		feed(chunk, now) {
			if (chunk === '') return '';
			const typed = decide(chunk, now);
			expire(now);
			if (goesOn(chunk, now)) begin(now);
			released = {beginning: '', at: -Infinity};
			if (lone && isInString && now - lone.at >= typedMs) {
				const text = lone.introducer + chunk;
				if (doubtful.test(text)) doubt = {text, at: now};
				else if (!knownReply.test(text)) isInString = false;
			}

			lone = undefined;
			const rest = escapeAt === undefined ? chunk : escapeCharacter + chunk;
			const heldAt = escapeAt ?? now;
			escapeAt = undefined;
			let text = typed;
			let at = 0;
			while (at < rest.length) {
				const next = indexOf(rest, isInString ? ends : beginnings, at);
				if (!isInString) text += rest.slice(at, next);
				if (next === rest.length) break;
				const [character, following] = [rest[next]!, rest[next + 1]];
				at = next + 1;
				if (character === escapeCharacter && following === undefined) {
					escapeAt = now;
				} else if (isInString) {
					isInString = false;
					if (character === escapeCharacter && following === '\\') at++;
					// Any other character cancels the string and is read again.
					else if (character !== '\u0007' && character !== '\u009C') at = next;
				} else if (character !== escapeCharacter) {
					begin(now);
				} else if (introducers.includes(following!)) {
					begin(next === 0 ? heldAt : now);
					at++;
					if (at === rest.length) lone = {introducer: following!, at: now};
				} else {
					text += escapeCharacter;
				}
			}

			return text;
		},

		flush(now) {
			if (doubt) {
				if (now - doubt.at < quietMs) return '';
				released = {beginning: doubt.text, at: now};
				return release();
			}

			expire(now);
			if (isInString || escapeAt === undefined || now - escapeAt < escapeMs) return '';
			escapeAt = undefined;
			released = {beginning: '', at: now};
			return escapeCharacter;
		},

		isInString(now) {
			expire(now);
			return isInString;
		},

		get due() {
			if (doubt) return doubt.at + quietMs;
			return isInString || escapeAt === undefined ? undefined : escapeAt + escapeMs;
		},
	};
}

function indexOf(text: string, pattern: RegExp, from: number): number {
	pattern.lastIndex = from;
	return pattern.exec(text)?.index ?? text.length;
}
