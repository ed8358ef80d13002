import {EventEmitter} from 'node:events';
import {frameOf, linesToSay, typedChange, type Frame} from './spoken-lines.ts';
import {t} from '../../language/translate.ts';

/** Below the width from which screens lie side by side, and higher than any list: nothing is cut off or scrolls. */
const size = {columns: 79, rows: 2000};
const pasteModeOn = '\u001B[?2004h';
const pasteModeOff = '\u001B[?2004l';

/**
 * The output for Ink under a screen reader, with Ink in its debug mode, which writes each frame as plain text. Lines
 * are only ever added, and typed letters behind the cursor, because a screen reader reads what is new.
 */
export function spokenStdout(
	target: NodeJS.WriteStream,
	isDumb: boolean,
): {
	readonly stdout: NodeJS.WriteStream;
	/** Says all of the screen again. */
	readonly repeat: () => void;
} {
	let before: Frame | undefined;
	/** The line on which the cursor stands. */
	let last = '';

	/** A change of state brings several frames in one turn; only the last one is on the screen. */
	let waiting: Frame | undefined;

	const sayWaiting = () => {
		if (!waiting) return;
		const frame = waiting;
		waiting = undefined;
		const lines = linesToSay(before, frame);
		before = frame;
		const [first] = lines;
		if (first === undefined) return;
		const change = lines.length === 1 && first.isField ? typedChange(last, first.text) : undefined;
		if (change === undefined) target.write(lines.map(line => `\n${spoken(line)}`).join(''));
		else target.write(change);
		last = lines.at(-1)!.isField ? lines.at(-1)!.text : '';
	};

	const forget = () => {
		before = undefined;
		last = '';
	};
	const repeat = () => {
		waiting ??= before;
		forget();
		sayWaiting();
	};

	const write = (...[data, ...rest]: Parameters<NodeJS.WriteStream['write']>) => {
		const text = String(data);
		if (text === pasteModeOn && !isDumb) target.write(text);
		if (text === pasteModeOff) {
			// The terminal is given back to a shell, which writes to it.
			sayWaiting();
			forget();
			target.write(isDumb ? '\n' : `${text}\n`);
		} else if (text === '') {
			sayWaiting();
		} else if (!text.startsWith('\u001B')) {
			if (!waiting) setImmediate(sayWaiting);
			waiting = frameOf(text);
		}

		const done = rest.findLast(word => typeof word === 'function');
		if (done) target.write('', done);
		return true;
	};
	const stdout = Object.assign(new EventEmitter(), {isTTY: true, writable: true, ...size, write});
	return {stdout: stdout as unknown as NodeJS.WriteStream, repeat};
}

function spoken({text, isSelected, isField}: Frame[number]): string {
	return isSelected && !isField ? t`Selected: ${text}` : text;
}
