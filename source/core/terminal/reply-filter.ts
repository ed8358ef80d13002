/** What begins a control string after ESC: OSC, DCS, APC, PM and SOS. */
const introducers = ']P_^X';
const escapeCharacter = '\u001B';
/** The same introducers as one C1 character, and ESC, which may begin one. */
const beginnings = /[\u001B\u0090\u0098\u009D-\u009F]/g;
/** What ends a control string or cannot be in one (ECMA-48 §8.3.89): so Ctrl+C, Ctrl+D and Backspace always arrive. */
const ends = /[\0-\u0007\u000E-\u001F\u007F\u0090\u0098\u009C-\u009F]/g;
/** How the answers that terminals give go on after an ESC that came long before them. */
const knownReply = /^(?:\]\d|P[\d>!+$=]|_G)/;
/** What a person may have typed so far after Alt+] and the like, although answers begin so too. */
const doubtful = /^(?:\]\d{1,5}|P(?:\d{1,5}[+$]?|[>!+$]|=\d{0,5})|_G[a-zA-Z]?)$/;
/** How an answer goes on after that. */
const answer = /^(?:\]\d+[;\u0007\u001B\u009C]|P(?:\d*[+$]r|\d+;|[>!]\||=\d+s)|_G(?:[a-zA-Z]=|;))/;
/** How long nothing may follow what is doubtful before it counts as typed, ms. */
const quietMs = 100;
/**
 * From so long after a lone introducer on, ms, what cannot be an answer was typed: Alt+] and the like look the same.
 */
const typedMs = 30;

export type ReplyFilterOptions = {
	/** How long the end of a control string may take from its beginning, ms; later text is a person's again. */
	readonly timeoutMs?: number;
	/** How long an ESC at the end of a piece may be the beginning of a control string, ms. */
	readonly escapeMs?: number;
};

/** Takes what a terminal sends in pieces, and gives what may be acted upon. */
export type TerminalFilter = {
	/** The next piece. `now` is a time in ms that never goes back. */
	readonly feed: (chunk: string, now: number) => string;
	/** What was held back and is due by now, or nothing. */
	readonly flush: (now: number) => string;
	/** When `flush` will give something, in the time of `now`; undefined while nothing is held back. */
	readonly due: number | undefined;
};

/**
 * Takes a terminal's late answers (OSC, DCS, APC, PM and SOS strings, whole or in pieces) out of what a person types.
 * ESC alone, CSI and all other text pass; an ESC at the end of a piece, and a few characters that may be an answer or
 * typed after Alt+], are held back until the next `feed` or `flush`. Keeps nothing else of a string; linear time.
 */
export function createReplyFilter({timeoutMs = 1000, escapeMs = 50}: ReplyFilterOptions = {}): TerminalFilter {
	let isInString = false;
	let beganAt = 0;
	let escapeAt: number | undefined;
	/** What was given up as no beginning of an answer, and may have been one all the same: nothing stands for ESC. */
	let released = {beginning: '', at: -Infinity};
	/** The introducer that ended the last piece, so that nothing of its string has come. */
	let lone: {readonly introducer: string; readonly at: number} | undefined;
	/** An introducer and what has come after it, while that may be an answer or what a person types. */
	let doubt: {readonly text: string; readonly at: number} | undefined;

	function begin(now: number): void {
		isInString = true;
		beganAt = now;
	}

	/** Forgets a string whose end has not come, and the ESC that might have been the first half of it. */
	function expire(now: number): void {
		if (!isInString || now - beganAt < timeoutMs) return;
		isInString = false;
		escapeAt = undefined;
	}

	/** Gives what a person has typed, where it turns out so. */
	function release(): string {
		const typed = doubt?.text.slice(1) ?? '';
		doubt = undefined;
		isInString = false;
		return typed;
	}

	/** Decides by the next piece whether what is doubtful is an answer; gives what was typed. */
	function decide(chunk: string, now: number): string {
		if (!doubt) return '';
		const text = doubt.text + chunk;
		const isLate = now - doubt.at >= quietMs;
		if (!isLate && doubtful.test(text)) {
			doubt = {text, at: now};
			return '';
		}

		// No person types several characters at once, and this program may have been busy meanwhile.
		if (!answer.test(text) || (isLate && chunk.length === 1)) return release();
		doubt = undefined;
		return '';
	}

	/** Whether a piece goes on with what was given up too soon. */
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
					// Anything else but an end is cancelled by what it is, which is read once more.
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

		get due() {
			if (doubt) return doubt.at + quietMs;
			return isInString || escapeAt === undefined ? undefined : escapeAt + escapeMs;
		},
	};
}

/** Where a pattern is found next, or the length of the text. */
function indexOf(text: string, pattern: RegExp, from: number): number {
	pattern.lastIndex = from;
	return pattern.exec(text)?.index ?? text.length;
}
