import {EventEmitter} from 'node:events';
import {createTerminalInput} from '../../core/terminal/input.ts';

/** In UTF-16 units; no vault holds more. */
export const longestPaste = 16 * 1024 * 1024;

/** The event of a paste whose end never came. */
export const pasteLost = 'pasteLost';

export type TerminalStdinOptions = {
	/** Called before what has come is acted upon. */
	readonly onInput?: () => void;
	/** Called once when the terminal is gone. */
	readonly onLost?: () => void;
	/** False while another program has the terminal. */
	readonly isOurs?: () => boolean;
	/** How long ESC alone may begin the sequence of a key, ms. */
	readonly escapeMs?: number | undefined;
	/** Whether raw mode was set a moment ago, so that it is not left for another moment in which keys are echoed. */
	readonly isRaw?: boolean;
};

/** The terminal's input for Ink, without its answers or partial pastes, and with the sequences of keys whole. */
export function terminalStdin(
	source: NodeJS.ReadStream,
	{
		onInput = () => {},
		onLost = () => {},
		isOurs = () => true,
		escapeMs,
		isRaw: isKnownRaw = false,
	}: TerminalStdinOptions = {},
): NodeJS.ReadStream {
	const input = createTerminalInput({
		longestPaste,
		escapeMs,
		onPasteLost() {
			stdin.emit(pasteLost);
		},
	});
	const ready: string[] = [];
	let timer: NodeJS.Timeout | undefined;

	const pass = (text: string) => {
		if (text !== '') ready.push(text);
		clearTimeout(timer);
		const {due} = input;
		timer =
			due === undefined
				? undefined
				: setTimeout(
						() => {
							pass(input.flush(performance.now()));
						},
						Math.max(0, due - performance.now()),
					);
		if (text !== '') stdin.emit('readable');
	};
	const onReadable = () => {
		onInput();
		let text = '';
		for (let chunk = source.read() as string | null; chunk !== null; chunk = source.read() as string | null)
			text += input.feed(chunk, performance.now());
		pass(text);
	};
	let isLost = false;
	const lose = () => {
		if (isLost) return;
		isLost = true;
		onLost();
	};

	// Chunks must not split a character.
	source.setEncoding('utf8');
	const stdin = Object.assign(new EventEmitter(), {
		isTTY: source.isTTY,
		read: () => ready.shift() ?? null,
		setEncoding(encoding: BufferEncoding) {
			source.setEncoding(encoding);
		},
		setRawMode(isRaw: boolean) {
			if (!isOurs()) return;
			// A shell may have reset raw mode without the stream's knowledge.
			if (isRaw && !isKnownRaw) source.setRawMode(false);
			isKnownRaw = false;
			source.setRawMode(isRaw);
		},
		ref() {
			source.ref();
		},
		unref() {
			source.unref();
		},
	});
	// Ink stops listening while another program has the terminal.
	stdin.on('newListener', name => {
		if (name === 'readable' && stdin.listenerCount('readable') === 0) source.on('readable', onReadable);
	});
	stdin.on('removeListener', name => {
		if (name === 'readable' && stdin.listenerCount('readable') === 0) source.off('readable', onReadable);
	});
	source.on('error', lose);
	source.on('end', lose);
	source.on('close', lose);
	return stdin as unknown as NodeJS.ReadStream;
}
