import {createContext} from 'react';
import type {DOMElement} from 'ink';
import {changesBetween, freshScreen, type DiffOptions} from './differ.ts';
import {blank, createGrid, wholeOf, type Grid} from './grid.ts';
import {paint} from './painter.ts';

export type Canvas = {
	/** A ref for the box of Ink that the whole screen is in. */
	readonly attach: (root: DOMElement | null) => void;
	/** Puts frames off until the returned function is called, at most for a while: more keys are waiting. */
	readonly hold: () => () => void;
};

export const CanvasContext = createContext<Canvas>({attach() {}, hold: () => () => {}});

const enterScreen = '\u001B[?1049h';
const leaveScreen = '\u001B[?1049l';

/** The longest that frames are put off, ms. */
const longestHold = 500;
type Size = {readonly columns: number; readonly rows: number};

export type CanvasOptions = DiffOptions & {
	readonly size: () => Size;
	readonly write: (bytes: string) => void;
	readonly onDrawn?: (() => void) | undefined;
	/** Of three frames, the last one comes at least so long after the first, ms. */
	readonly paceMs?: number | undefined;
};

/** Draws what Ink has laid out, by writing only the cells that have changed. */
export function createCanvas({size, write, onDrawn, paceMs = 16, ...options}: CanvasOptions) {
	let root: DOMElement | null = null;
	/** What is on the terminal; undefined where that is not known. */
	let shown: Grid | undefined;
	let spare: Grid | undefined;
	let isOnScreen = false;
	let holds = 0;
	let heldSince = 0;
	let isDue = false;
	let next: {readonly cancel: () => void} | undefined;
	let drawnAt = [-Infinity, -Infinity];

	const forget = () => {
		// It may hold a secret.
		shown = undefined;
		spare = undefined;
	};

	const draw = () => {
		next = undefined;
		if (!root || !isOnScreen) return;
		const {columns, rows} = size();
		const [grid, before] = [spare ?? createGrid(columns, rows), shown];
		const isKnown = before?.columns === columns && before.rows === rows;
		const target = isKnown && grid.columns === columns && grid.rows === rows ? grid : createGrid(columns, rows);
		paint(root, target);
		const bytes = isKnown ? changesBetween(before, target, options) : freshScreen(target);
		shown = target;
		if (before) blank(before, wholeOf(before));
		spare = isKnown ? before : undefined;
		if (bytes !== '') write(bytes);
		drawnAt = [drawnAt[1]!, performance.now()];
		onDrawn?.();
	};

	/** Draws when the present turn is over, which may bring more changes. */
	const schedule = () => {
		if (next) return;
		const now = performance.now();
		if (holds > 0 && now - heldSince < longestHold) {
			isDue = true;
			return;
		}

		isDue = false;
		const left = drawnAt[0]! + paceMs - now;
		if (left > 0) {
			const timer = setTimeout(draw, left);
			next = {
				cancel() {
					clearTimeout(timer);
				},
			};
		} else {
			const turn = setImmediate(draw);
			next = {
				cancel() {
					clearImmediate(turn);
				},
			};
		}
	};

	return {
		attach(element: DOMElement | null) {
			root = element;
		},
		hold() {
			if (holds++ === 0) heldSince = performance.now();
			return () => {
				if (--holds === 0 && isDue) schedule();
			};
		},
		schedule,
		/** Has the next frame begin with a blank screen. */
		forget,
		/** To be told of what Ink itself writes. */
		noticeWritten(bytes: string) {
			if (bytes.includes(leaveScreen)) {
				isOnScreen = false;
				next?.cancel();
				next = undefined;
				forget();
			}

			if (bytes.includes(enterScreen)) {
				isOnScreen = true;
				forget();
			}
		},
	};
}
