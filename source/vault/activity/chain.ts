import {hash} from 'node:crypto';

/**
 * Lines, each with its SHA-256 before it, which covers the line before. `anchor` stands for what came before the first
 * one, and `head` is the hash of the last.
 */
export type Chain = {
	/** Of all lines ever, also those that were dropped. */
	readonly count: number;
	readonly anchor: string;
	readonly head: string;
	readonly lines: readonly string[];
};

export type ChainLine = {
	readonly text: string;
	/** False where the line was altered, or another one was before it. */
	readonly follows: boolean;
};

export function newChain(name: string): Chain {
	const anchor = hash('sha256', `okx-keys/v1 activity ${name}`, 'base64url');
	return {count: 0, anchor, head: anchor, lines: []};
}

/** Keeps the last `most` lines; the hash of the last one that is dropped becomes the anchor. */
export function appended({count, anchor, head, lines}: Chain, text: string, most: number): Chain {
	const line = lineOf(head, text);
	const all = [...lines, line];
	const dropped = all.slice(0, Math.max(0, all.length - most));
	return {
		count: count + 1,
		anchor: dropped.length === 0 ? anchor : hashOf(dropped.at(-1)!),
		head: hashOf(line),
		lines: all.slice(dropped.length),
	};
}

export function withLastReplaced({count, anchor, lines}: Chain, text: string): Chain {
	const before = lines.slice(0, -1);
	const line = lineOf(before.length === 0 ? anchor : hashOf(before.at(-1)!), text);
	return {count, anchor, head: hashOf(line), lines: [...before, line]};
}

/** Checks every line. `endsAtHead` is false where lines were cut off at the end. */
export function checkedLines({anchor, head, lines}: Chain): {
	readonly lines: readonly ChainLine[];
	readonly endsAtHead: boolean;
} {
	let previous = anchor;
	const checked = lines.map((line): ChainLine => {
		const text = textOf(line);
		const follows = line === lineOf(previous, text);
		previous = hashOf(line);
		return {text, follows};
	});
	return {lines: checked, endsAtHead: previous === head};
}

/** Whether the last line is what was written; costs one hash, whatever the length. */
export function isEndWhole({anchor, head, lines}: Chain): boolean {
	const last = lines.at(-1);
	if (last === undefined) return head === anchor;
	const before = lines.at(-2);
	return last === lineOf(before === undefined ? anchor : hashOf(before), textOf(last)) && hashOf(last) === head;
}

export function lastText({lines}: Chain): string | undefined {
	const last = lines.at(-1);
	return last === undefined ? undefined : textOf(last);
}

function lineOf(previous: string, text: string): string {
	return `${hash('sha256', `${previous}\n${text}`, 'base64url')} ${text}`;
}

function hashOf(line: string): string {
	return line.slice(0, line.indexOf(' '));
}

function textOf(line: string): string {
	return line.slice(line.indexOf(' ') + 1);
}
