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
	/** Draws the whole screen anew, whatever the terminal shows by now. */
	readonly redraw: () => void;
};

/** Where nothing is drawn. */
export const noCanvas: Canvas = {attach() {}, hold: () => () => {}, redraw() {}};

export const CanvasContext = createContext(noCanvas);

export const enterScreen = '\u001B[?1049h';
const leaveScreen = '\u001B[?1049l';

type Size = {readonly columns: number; readonly rows: number};

export type CanvasOptions = DiffOptions & {
	readonly size: () => Size;
	readonly write: (bytes: string) => void;
	readonly onDrawn?: (() => void) | undefined;
	/** Of three frames, the last one comes at least so long after the first, ms. */
	readonly paceMs?: number | undefined;
	/** What the terminal shows already, on the screen that is entered first. */
	readonly shown?: Grid | undefined;
	/** How long frames are put off while keys are waiting, ms. */
	readonly longestHoldMs?: number | undefined;
};

/** Draws what Ink has laid out, by writing only the cells that have changed. */
export function createCanvas({
	size,
	write,
	onDrawn,
	paceMs = 16,
	longestHoldMs = 500,
	shown: shownBefore,
	...options
}: CanvasOptions) {
	let root: DOMElement | null = null;
	/** What is on the terminal; undefined where that is not known. */
	let shown = shownBefore;
	let spare: Grid | undefined;
	let isOnScreen = false;
	let holds = 0;
	/** When frames began to be put off, or the last frame since. */
	let heldSince = 0;
	let isDue = false;
	let next: {readonly cancel: () => void} | undefined;
	let drawnAt = [-Infinity, -Infinity];

	const forget = () => {
		shown = undefined;
		spare = undefined;
	};

	const draw = () => {
		next = undefined;
		if (!root || !isOnScreen) return;
		const {columns, rows} = size();
		const before = shown?.columns === columns && shown.rows === rows ? shown : undefined;
		const grid = (before && spare) ?? createGrid(columns, rows);
		paint(root, grid);
		const bytes = before ? changesBetween(before, grid, options) : freshScreen(grid);
		// It may hold a secret that is shown no longer.
		if (before) blank(before, wholeOf(before));
		spare = before;
		shown = grid;
		if (bytes !== '') write(bytes);
		drawnAt = [drawnAt[1]!, performance.now()];
		heldSince = drawnAt[1]!;
		onDrawn?.();
	};

	/** Draws when the present turn is over, which may bring more changes. */
	const schedule = () => {
		if (next) return;
		const now = performance.now();
		if (holds > 0 && now - heldSince < longestHoldMs) {
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

	const redraw = () => {
		forget();
		schedule();
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
		redraw,
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
				if (shown !== shownBefore) forget();
				shownBefore = undefined;
			}
		},
	};
}
