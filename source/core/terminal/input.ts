import {createReplyFilter, type TerminalFilter} from './reply-filter.ts';

const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';
/** A single piece of at least this many characters was not typed. */
const burstLength = 500;
const ctrlC = '\u0003';
/** Ctrl+C gives up an open paste after this much silence, ms. */
const stalledMs = 1000;

export type TerminalInputOptions = {
	/** How long the possible start of a longer sequence is held back, ms. */
	readonly escapeMs?: number;
	/** How long to wait for the next piece after a large one, ms. */
	readonly burstMs?: number;
	/** How long pieces of one text are collected at most, ms. */
	readonly longestBurstMs?: number;
	/** Characters of a paste that are kept; the rest is dropped. */
	readonly longestPaste?: number;
};

/**
 * Prepares terminal input for a key parser: drops late terminal answers, and delivers each paste in one piece, so that
 * a long one is parsed only once. Bracketed content is unchanged; time and memory are linear, and `longestPaste` bounds
 * a paste.
 */
export function createTerminalInput({
	escapeMs = 50,
	burstMs = 10,
	longestBurstMs = 500,
	longestPaste = Infinity,
}: TerminalInputOptions = {}): TerminalFilter {
	// This filter already holds back an Escape.
	const replies = createReplyFilter({escapeMs: 0});
	let held = '';
	let heldAt = 0;
	let paste: {readonly pieces: string[]; length: number; tail: string; at: number} | undefined;
	let burst: {readonly pieces: string[]; readonly since: number; at: number} | undefined;

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

	function read(chunk: string, now: number): string {
		// A broken link may lose the end mark, and only a person sends a lone Ctrl+C this late.
		if (paste && chunk === ctrlC && now - paste.at >= stalledMs) paste = undefined;
		if (paste && chunk !== '') paste.at = now;
		let rest = held + chunk;
		held = '';
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
			text += replies.feed(rest.slice(0, start), now) + replies.flush(now);
			// A paste ends an unfinished answer; text that was typed instead of an answer is kept.
			text += replies.feed('\u0018', now).slice(0, -1);
			paste = {pieces: [], length: 0, tail: '', at: now};
			rest = rest.slice(start + pasteStart.length);
		}

		held = beginningAtEndOf(rest);
		if (held !== '') heldAt = now;
		return text + replies.feed(rest.slice(0, rest.length - held.length), now);
	}

	function lateText(now: number): string {
		const typed = replies.flush(now);
		if (held === '' || now - heldAt < escapeMs) return typed;
		const heldEscape = held;
		held = '';
		return typed + replies.feed(heldEscape, now) + replies.flush(now);
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
			const dues = [
				...(held === '' ? [] : [heldAt + escapeMs]),
				...(burst ? [dueOf(burst)] : []),
				...(replies.due === undefined ? [] : [replies.due]),
			];
			return dues.length === 0 ? undefined : Math.min(...dues);
		},
	};

	function dueOf({since, at}: {readonly since: number; readonly at: number}): number {
		return Math.min(at + burstMs, since + longestBurstMs);
	}
}

function beginningAtEndOf(text: string): string {
	const at = text.lastIndexOf('\u001B');
	const end = at === -1 ? '' : text.slice(at);
	return end !== pasteStart && pasteStart.startsWith(end) ? end : '';
}
