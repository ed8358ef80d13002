import type {ReactNode} from 'react';
import {render, type Instance} from 'ink';
import {CanvasContext, noCanvas} from '../painting/canvas.ts';
import {spokenStdout} from './spoken-stdout.ts';

export type SpokenOptions = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** Whether the terminal knows no control sequences. */
	readonly isDumb: boolean;
};

/** Runs the program for a screen reader: in its debug mode, Ink writes each frame as plain text. */
export function renderSpoken(node: ReactNode, {stdin, stdout, isDumb}: SpokenOptions): Instance {
	const {stdout: spoken, repeat} = spokenStdout(stdout, isDumb);
	return render(<CanvasContext value={{...noCanvas, redraw: repeat}}>{node}</CanvasContext>, {
		stdin,
		stdout: spoken,
		isScreenReaderEnabled: true,
		debug: true,
		// Ink draws nothing by default when CI is set in the environment.
		interactive: true,
		// Ctrl+C is a binding of the keymap, so that critical work is finished first.
		exitOnCtrlC: false,
		kittyKeyboard: {mode: 'disabled'},
	});
}
