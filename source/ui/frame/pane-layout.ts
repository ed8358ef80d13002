import {standsBeside, top, type ScreenStack} from '../shell/stack.ts';

/** Widths of the terminal from which so many panes stand side by side, in columns. */
const twoPanesFrom = 100;
const threePanesFrom = 160;

/** From this width on, in columns, the list of keys shows the selected key beside it. */
export const listWithKeyFrom = 80;

/** Columns between two panes: a line with a space on either side. */
export const gap = 3;

/** A list this wide shows name, permissions, addresses, test and health. */
const narrowestList = 42;

export type PlacedPane = {
	/** The entry of the stack that is drawn here. */
	readonly id: number;
	readonly left: number;
	readonly width: number;
};

export type PaneLayout = {
	/** The panes in sight, from left to right; a page is a single one. All have the height of the screen. */
	readonly panes: readonly PlacedPane[];
	/** The entry that has the keyboard. */
	readonly keyboard: number;
};

/**
 * Lays out the top of the stack in so many columns, without modals, which lie over all panes. With `isLinear`, for a
 * screen reader, one pane stands alone.
 */
export function layOutPanes(stack: ScreenStack, columns: number, isLinear = false): PaneLayout {
	const shown = shownEntries(stack, isLinear ? 1 : mostPanes(columns));
	const widths = widthsOf(shown, columns);
	const panes = shown.map(({id}, index): PlacedPane => {
		const before = widths.slice(0, index).reduce((sum, width) => sum + width + gap, 0);
		return {id, left: before, width: widths[index]!};
	});
	const last = top(stack);
	const hasFocused = panes.some(({id}) => id === stack.focused);
	return {panes, keyboard: last.place !== 'modal' && hasFocused ? stack.focused : last.id};
}

function mostPanes(columns: number): number {
	return columns >= threePanesFrom ? 3 : columns >= twoPanesFrom ? 2 : 1;
}

function shownEntries({entries}: ScreenStack, most: number): ScreenStack['entries'] {
	const solid = entries.slice(0, entries.findLastIndex(({place}) => place !== 'modal') + 1);
	const list = solid.findLastIndex(entry => !standsBeside(entry));
	const beside = solid.slice(list + 1);
	return most > 1 && beside.length > 0 && solid[list]?.place === 'list'
		? [solid[list], ...beside.slice(1 - most)]
		: solid.slice(-1);
}

function widthsOf(shown: ScreenStack['entries'], columns: number): readonly number[] {
	if (shown.length < 2) return shown.map(() => columns);
	const room = columns - gap * (shown.length - 1);
	const list = listWidth(shown, columns, room);
	if (shown.length === 2) return [list, room - list];
	const middle = Math.floor((room - list) * 0.45);
	return [list, middle, room - list - middle];
}

/** Where nothing else does, a wide list shows the selected key: it is the pane in the middle. */
function listWidth(shown: ScreenStack['entries'], columns: number, room: number): number {
	if (shown.length > 2) return Math.max(narrowestList, Math.floor(room * 0.3));
	if (columns >= threePanesFrom && shown[1]?.place === 'work') return Math.max(listWithKeyFrom, Math.floor(room / 2));
	return Math.min(listWithKeyFrom - 1, Math.max(narrowestList, Math.floor(room * 0.42)));
}
