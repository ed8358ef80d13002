import {isPlain, isTerminal} from './descriptors.ts';
import {writeNow} from './write-now.ts';

export type Output = {
	/** Made at the first call, for Node takes 5 ms to load it. The listener of `onError` hears of its errors. */
	readonly stream: () => NodeJS.WriteStream;
	readonly hasStream: () => boolean;
	/** Writes at once to a file, a pipe or a socket, and through the stream to a terminal. */
	readonly write: (text: string) => void;
	readonly isTerminal: () => boolean;
	/** The width in columns; undefined where this is no terminal. */
	readonly columns: () => number | undefined;
	/** Has one listener hear of each error; without one, none matters. */
	readonly onError: (listener: (error: NodeJS.ErrnoException) => void) => void;
};

function outputTo(descriptor: 1 | 2): Output {
	const make = () => (descriptor === 1 ? process.stdout : process.stderr);
	let listener = (_error: NodeJS.ErrnoException): void => {};
	let made: NodeJS.WriteStream | undefined;
	let isDirect: boolean | undefined;
	const stream = () => {
		made ??= make().on('error', (error: NodeJS.ErrnoException) => {
			listener(error);
		});
		return made;
	};
	// The stream remembers it of a terminal that is lost meanwhile.
	const isOnTerminal = () => made?.isTTY ?? isTerminal(descriptor);
	return {
		stream,
		hasStream: () => made !== undefined,
		write(text) {
			isDirect ??= isPlain(descriptor);
			// One order of all that is written: once there is a stream, it may have something left to write.
			if (!isDirect || made !== undefined) stream().write(text);
			else {
				// The stream can wait where this cannot, and says what is wrong.
				const {rest} = writeNow(descriptor, Buffer.from(text));
				if (rest.length > 0) stream().write(rest);
			}
		},
		isTerminal: isOnTerminal,
		columns: () => (isOnTerminal() ? stream().columns : undefined),
		onError(given) {
			listener = given;
		},
	};
}

/** Standard output and standard error of this process: whatever writes to them does it here. */
export const standardOutput = outputTo(1);
export const standardError = outputTo(2);
