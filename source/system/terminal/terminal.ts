import fs from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import {setTimeout as delay} from 'node:timers/promises';
import tty from 'node:tty';
import {emptyLine, pressKey, type LineState} from '../../core/text/editing/line-editor.ts';
import {createReplyFilter} from '../../core/terminal/reply-filter.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {width} from '../../core/text/width.ts';
import {createKeyReader, type Typed} from '../../core/terminal/key-reader.ts';
import {AppError} from '../../core/errors.ts';
import {createPainter} from './painter.ts';
import {catchSignals} from './signals.ts';
import {t} from '../../language/translate.ts';

/** More than any answer; UTF-16 units. */
const mostTyped = 4096;
/** What may wait for the next questions, a key counted as one; UTF-16 units. */
const mostQueued = 4 * mostTyped;
/** A paste has ended after `quiet` without input; the wait for that ends after `within`; ms. */
const usualPaste = {quiet: 50, within: 5000};
/** More than any answer comes in many pieces, and a busy machine reads them late. */
const longPaste = {quiet: 500, within: 20_000};

export type Terminal = {
	/** Throws `aborted` on Ctrl+C and Ctrl+D, and `invalid` for more than 4096 characters. */
	readonly ask: (question: string, isSecret: boolean) => Promise<string>;
	/** Restores the terminal, and drops what was typed without a question. */
	readonly close: () => Promise<void>;
};

type Open = {
	readonly question: string;
	readonly resolve: (answer: string) => void;
	readonly reject: (error: AppError) => void;
	line: LineState;
	isShown: boolean;
};

/**
 * Opens the controlling terminal, whatever standard input and output are, in raw mode without echo until `close`: a
 * secret that is typed early, late or in one paste with others is never shown, and early input answers the next
 * questions. Ctrl+C and SIGTERM abort `stopping` where a command finishes by itself; throws the system's error when
 * there is no terminal.
 */
export function openTerminal(stopping: () => AbortSignal | undefined): Terminal {
	const output = new tty.WriteStream(fs.openSync('/dev/tty', fs.constants.O_WRONLY | fs.constants.O_NOCTTY));
	const painter = createPainter(output);
	const decoder = new StringDecoder();
	const filter = createReplyFilter();
	const reader = createKeyReader();
	let queue: Typed[] = [];
	let queued = 0;
	let isOverfull = false;
	let paste = usualPaste;
	let open: Open | undefined;
	let input: tty.ReadStream | undefined;
	let readAt = -Infinity;
	let hasEnded = false;
	let flushing: NodeJS.Timeout | undefined;

	function settle(end: (open: Open) => void): void {
		if (!open) return;
		const settled = open;
		open = undefined;
		if (signals.isOurs()) painter.end();
		input?.unref();
		end(settled);
	}

	function abort(): void {
		drop();
		settle(({reject}) => {
			reject(new AppError('aborted'));
		});
	}

	function drop(): void {
		queue = [];
		queued = 0;
		isOverfull = false;
	}

	function interrupts(key: string): boolean {
		if (key === 'ctrl+c' && open) abort();
		else if (key === 'ctrl+c') signals.raise('SIGINT');
		else if (key === 'ctrl+\\') signals.raise('SIGQUIT');
		else if (key === 'ctrl+z') signals.suspend();
		else return false;
		return true;
	}

	function receive(text: string): void {
		for (const typed of reader.feed(text)) {
			// A line that ended before the job is suspended is an answer already.
			if ('key' in typed && typed.key === 'ctrl+z') answer();
			if ('key' in typed && interrupts(typed.key)) {
				drop();
				continue;
			}

			queued += lengthOf([typed]);
			isOverfull ||= queued > mostQueued;
			if (!isOverfull) queue.push(typed);
		}

		answer();
	}

	function answer(): void {
		if (!open) return;
		const end = queue.findIndex(typed => 'key' in typed && typed.key === 'return');
		const row = end === -1 ? queue : queue.slice(0, end);
		queue = end === -1 ? [] : queue.slice(end + 1);
		queued = lengthOf(queue);
		for (const typed of row) {
			if ('key' in typed && typed.key === 'ctrl+d' && open.line.text === '') return abort();
			open.line = lineAfter(open.line, typed);
			if (open.line.text.length > mostTyped) return tooMuch();
		}

		if (open.isShown && row.length > 0)
			painter.show(open.question, sanitize(open.line.text), width(sanitize(open.line.text.slice(0, open.line.cursor))));
		if (end !== -1)
			settle(({resolve, line}) => {
				resolve(line.text);
			});
		else if (isOverfull) tooMuch();
	}

	function tooMuch(): void {
		paste = longPaste;
		drop();
		settle(({reject}) => {
			reject(
				new AppError('invalid', {
					problem: t`What was typed or pasted is longer than 4096 characters, more than any answer.`,
					fix: t`Was it meant for another window?`,
				}),
			);
		});
	}

	function flush(): void {
		clearTimeout(flushing);
		const {due} = filter;
		if (due === undefined) return;
		flushing = setTimeout(() => {
			receive(filter.flush(performance.now()));
			flush();
		}, due - performance.now());
	}

	function lost(): void {
		hasEnded = true;
		abort();
	}

	function openInput(): tty.ReadStream {
		const stream = new tty.ReadStream(fs.openSync('/dev/tty', fs.constants.O_RDWR | fs.constants.O_NOCTTY));
		stream.on('data', (bytes: Buffer) => {
			readAt = performance.now();
			receive(filter.feed(decoder.write(bytes), readAt));
			bytes.fill(0);
			flush();
		});
		stream.on('end', lost).on('error', lost);
		stream.setRawMode(true);
		if (!open) stream.unref();
		return stream;
	}

	output.on('error', () => {});
	const signals = catchSignals({
		stopping,
		take() {
			// The old stream does not know what was done to the terminal while the job was stopped.
			input?.destroy();
			input = undefined;
			try {
				input = openInput();
			} catch {
				lost();
			}

			// The person cannot know how much of a hidden answer had arrived.
			if (open) Object.assign(open, {line: emptyLine});
			if (open) painter.restart(open.question);
		},
		giveBack() {
			if (open) painter.end();
			// A stream that stays open would read what is typed for the shell.
			input?.destroy();
			input = undefined;
		},
	});

	return {
		async ask(question, isSecret) {
			if (hasEnded) throw new AppError('aborted');
			const {promise, resolve, reject} = Promise.withResolvers<string>();
			// Early input may be anything, such as the second line of a pasted secret.
			open = {question, resolve, reject, line: emptyLine, isShown: !isSecret && queue.length === 0};
			input?.ref();
			const stop = stopping();
			stop?.addEventListener('abort', abort, {once: true});
			try {
				if (signals.isOurs()) painter.restart(question);
				if (stop?.aborted) abort();
				answer();
				return await promise;
			} finally {
				stop?.removeEventListener('abort', abort);
			}
		},

		async close() {
			// The shell would take the rest of a paste, show it, run it and keep it.
			const {quiet, within} = paste;
			const end = performance.now() + within;
			input?.ref();
			while (signals.isOurs()) {
				await delay(Math.max(0, Math.min(quiet, readAt + quiet - performance.now())));
				const now = performance.now();
				if (hasEnded || now - readAt >= quiet || now > end) break;
			}

			await signals.close();
			input?.unref();
			clearTimeout(flushing);
			output.destroy();
		},
	};
}

function lengthOf(queue: readonly Typed[]): number {
	return queue.reduce((length, typed) => length + ('text' in typed ? typed.text.length : 1), 0);
}

function lineAfter(line: LineState, typed: Typed): LineState {
	if ('key' in typed) return pressKey(line, typed.key) ?? line;
	const {text, cursor} = line;
	return {text: text.slice(0, cursor) + typed.text + text.slice(cursor), cursor: cursor + typed.text.length};
}
