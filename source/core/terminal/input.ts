import {createKeySequences, unambiguous} from './key-sequences.ts';
import {createReplyFilter, type TerminalFilter} from './reply-filter.ts';

const escape = '\u001B';
const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';
/** A single piece of at least this many characters was not typed. */
const burstLength = 500;
const ctrlC = '\u0003';
/** A person types after this much silence within a paste, not the terminal: Ctrl+C gives the paste up, ms. */
const stalledMs = 1000;
/** A paste without its end is given up after this long, ms. */
const lostMs = 5000;
/** How long the rest of a paste that was given up may still come, ms. */
const restMs = 30_000;

export type TerminalInputOptions = {
	/** How long ESC alone may begin a longer sequence, ms. */
	readonly escapeMs?: number | undefined;
	/** How long the start of a longer sequence may take to go on, ms. */
	readonly sequenceMs?: number;
	/** How long to wait for the next piece after a large one, ms. */
	readonly burstMs?: number;
	/** How long pieces of one text are collected at most, ms. */
	readonly longestBurstMs?: number;
	/** Characters of a paste that are kept; the rest is dropped. */
	readonly longestPaste?: number;
	/** Called when a paste is given up because its end has not come. */
	readonly onPasteLost?: () => void;
};

/**
 * Prepares terminal input for a key parser: drops late terminal answers, joins torn sequences of keys, and delivers
 * each paste in one piece, so that a long one is parsed only once. Bracketed content is unchanged; time and memory are
 * linear, and `longestPaste` bounds a paste.
 */
export function createTerminalInput({
	escapeMs = 50,
	sequenceMs = Math.max(500, escapeMs),
	burstMs = 10,
	longestBurstMs = 500,
	longestPaste = Infinity,
	onPasteLost = () => {},
}: TerminalInputOptions = {}): TerminalFilter {
	// The sequences of keys already hold back an Escape.
	const replies = createReplyFilter({escapeMs: 0, pauseMs: escapeMs});
	const sequences = createKeySequences({escapeMs, sequenceMs});
	let paste: {readonly pieces: string[]; length: number; tail: string; at: number} | undefined;
	let burst: {readonly pieces: string[]; readonly since: number; at: number} | undefined;
	let lostAt = -Infinity;

	function addToPaste(open: NonNullable<typeof paste>, text: string): void {
		const taken = text.slice(0, longestPaste - open.length);
		if (taken !== '') open.pieces.push(taken);
		open.length += taken.length;
	}

	function pasteOn(open: NonNullable<typeof paste>, text: string): string | undefined {
		const whole = open.tail + text;
		const end = whole.indexOf(pasteEnd);
		// The end mark may be split at any character.
		const kept = end === -1 ? Math.max(0, whole.length - pasteEnd.length + 1) : end;
		addToPaste(open, whole.slice(0, kept));
		open.tail = whole.slice(kept);
		return end === -1 ? undefined : whole.slice(end + pasteEnd.length);
	}

	function losePaste(now: number): void {
		paste = undefined;
		lostAt = now;
		onPasteLost();
	}

	/** Without the rest of a lost paste. A person types one character, or a key, at a time. */
	function withoutRest(chunk: string, now: number): string {
		if (now - lostAt >= restMs) return chunk;
		const end = chunk.indexOf(pasteEnd);
		if (end !== -1) lostAt = -Infinity;
		if (end !== -1) return chunk.slice(end + pasteEnd.length);
		return chunk.startsWith(escape) || Array.from(chunk.slice(0, 3)).length < 2 ? chunk : '';
	}

	function read(chunk: string, now: number): string {
		// A broken link may lose the end mark, and only a person sends a lone Ctrl+C this late.
		if (paste && chunk === ctrlC && now - paste.at >= stalledMs) losePaste(now);
		// What a person types after the loss must not keep the paste open.
		if (paste && (chunk.length > 1 || now - paste.at < stalledMs)) paste.at = now;
		let rest = paste ? chunk : sequences.join(withoutRest(chunk, now), now, replies.isInString(now));
		let text = '';
		for (;;) {
			if (paste) {
				const after = pasteOn(paste, rest);
				if (after === undefined) return text;
				text += pasteStart + paste.pieces.join('') + pasteEnd;
				paste = undefined;
				rest = after;
			}

			const start = rest.indexOf(pasteStart);
			if (start === -1) break;
			text += typedIn(rest.slice(0, start), now);
			// A paste ends an unfinished answer; text that was typed instead of an answer is kept.
			text += replies.feed('\u0018', now).slice(0, -1);
			paste = {pieces: [], length: 0, tail: '', at: now};
			rest = rest.slice(start + pasteStart.length);
		}

		return text + typedIn(sequences.hold(rest, now), now);
	}

	function typedIn(text: string, now: number): string {
		return unambiguous(replies.feed(text, now) + replies.flush(now));
	}

	function lateText(now: number): string {
		if (paste && now - paste.at >= lostMs) losePaste(now);
		const typed = unambiguous(replies.flush(now));
		return typed + typedIn(sequences.flush(now, replies.isInString(now)), now);
	}

	return {
		feed(chunk, now) {
			const text = read(chunk, now);
			if (!burst && text.length < burstLength) return text;
			burst ??= {pieces: [], since: now, at: now};
			burst.at = now;
			burst.pieces.push(text);
			return '';
		},

		flush(now) {
			let text = '';
			if (burst && now >= dueOf(burst)) {
				text = burst.pieces.join('');
				burst = undefined;
			}

			const late = lateText(now);
			if (!burst) return text + late;
			if (late !== '') burst.pieces.push(late);
			return text;
		},

		get due() {
			const dues = [sequences.due, replies.due, burst && dueOf(burst), paste && paste.at + lostMs].filter(
				due => due !== undefined,
			);
			return dues.length === 0 ? undefined : Math.min(...dues);
		},
	};

	function dueOf({at, since}: {readonly since: number; readonly at: number}): number {
		return Math.min(at + burstMs, since + longestBurstMs);
	}
}
