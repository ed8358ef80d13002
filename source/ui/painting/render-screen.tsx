import type {ReactNode} from 'react';
import {render, type Instance} from 'ink';
import {CanvasContext, createCanvas, enterScreen, type CanvasOptions} from './canvas.ts';

export type ScreenOptions = Omit<CanvasOptions, 'size' | 'write'> & {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
};

export type Screen = {
	readonly app: Instance;
	/** Draws the whole screen anew, whatever the terminal shows by now. */
	readonly redraw: () => void;
};

/** Runs a full screen of Ink's, which keeps the keyboard and the layout, and has a canvas draw it. */
export function renderScreen(node: ReactNode, {stdin, stdout, ...options}: ScreenOptions): Screen {
	const canvas = createCanvas({
		size: () => ({columns: stdout.columns, rows: stdout.rows}),
		write(bytes) {
			stdout.write(bytes);
		},
		...options,
	});
	let isEntered = options.shown !== undefined;
	const write = (...words: Parameters<NodeJS.WriteStream['write']>) => {
		// Ink's own frame.
		if (words.length === 1 && words[0] === '') return true;
		const bytes = String(words[0]);
		canvas.noticeWritten(bytes);
		// A terminal that shows the screen already could lose it or forget where the cursor was before.
		if (bytes === enterScreen && isEntered) {
			isEntered = false;
			return true;
		}

		return stdout.write(...words);
	};
	const app = render(<CanvasContext value={canvas}>{node}</CanvasContext>, {
		stdin,
		stdout: new Proxy(stdout, {
			get: (target, name): unknown => (name === 'write' ? write : Reflect.get(target, name)),
		}),
		onRender: canvas.schedule,
		// Ink draws nothing by default when CI is set in the environment.
		interactive: true,
		alternateScreen: true,
		// The screen is taken out of the flow of Ink's layout, so that its own frame is empty; in this mode it is written
		// as it is.
		debug: true,
		// Ctrl+C is a binding of the keymap, so that critical work is finished first.
		exitOnCtrlC: false,
		kittyKeyboard: {mode: 'auto'},
	});
	return {app, redraw: canvas.redraw};
}
