import {useState} from 'react';
import {useActions} from '../keyboard/actions.ts';

/**
 * The first visible item, so that `at` is visible. It moves by half a page at the edge, because each move redraws
 * every row.
 */
export function windowStart(start: number, at: number, count: number, height: number): number {
	const last = Math.max(0, count - height);
	const half = Math.floor(height / 2);
	if (at < start) return Math.max(0, Math.min(at, at - half + 1, last));
	if (at >= start + height) return Math.min(last, Math.max(at - height + 1, at - half));
	return Math.min(start, last);
}

type ListSelection<Item> = {
	readonly selected: Item | undefined;
	/** The first visible row; without `rowOf`, the index of the first visible item. */
	readonly start: number;
	readonly scrollToTop: () => void;
	readonly selectNext: () => void;
	/** Selects an item that the list has now or will have with its next change. */
	readonly selectId: (id: string) => void;
};

type Selection = {
	readonly id: string | undefined;
	/** Where it was last seen in the list; absent before that. */
	readonly at?: number;
};

type ListSelectionOptions = {
	/** The item that is selected first. */
	readonly firstId?: string | undefined;
	readonly isActive?: boolean;
	/** Whether an item that is not in the list is only hidden by a filter. */
	readonly isHidden?: (id: string | undefined) => boolean;
	/** The row of each item, where rows of another kind stand above some of them. */
	readonly rowOf?: readonly number[] | undefined;
};

/**
 * The selected item of a list with `page` visible rows; sorting and filtering keep the selection. Where the selected
 * item is gone, and not only hidden by a filter, its neighbour is selected.
 */
export function useListSelection<Item>(
	items: readonly Item[],
	idOf: (item: Item) => string,
	page: number,
	{firstId, isActive = true, isHidden = () => true, rowOf}: ListSelectionOptions = {},
): ListSelection<Item> {
	const [selection, setSelection] = useState<Selection>({id: firstId});
	const [wantedStart, setStart] = useState(0);
	const found = items.findIndex(item => idOf(item) === selection.id);
	const isGone = found === -1 && selection.at !== undefined && !isHidden(selection.id);
	const at = found === -1 ? (isGone ? Math.max(0, Math.min(selection.at, items.length - 1)) : 0) : found;
	const item = items[at];
	if (item && (isGone || (found !== -1 && selection.at !== at))) setSelection({id: idOf(item), at});
	const rowAt = (index: number) => rowOf?.[index] ?? index;
	/** What stands above an item is to be seen with it. */
	const windowAt = (before: number, index: number) => {
		const found = windowStart(before, rowAt(index), rowAt(items.length - 1) + 1, page);
		const above = index === 0 ? 0 : rowAt(index - 1) + 1;
		return page > 1 ? Math.min(found, above) : found;
	};
	const start = windowAt(wantedStart, at);
	const select = (index: number) => {
		const next = Math.max(0, Math.min(items.length - 1, index));
		const chosen = items[next];
		setSelection(chosen ? {id: idOf(chosen), at: next} : {id: undefined});
		setStart(windowAt(start, next));
	};
	useActions(
		'list',
		{
			up() {
				select(at - 1);
			},
			down() {
				select(at + 1);
			},
			pageUp() {
				select(at - page);
			},
			pageDown() {
				select(at + page);
			},
			first() {
				select(0);
			},
			last() {
				select(items.length - 1);
			},
		},
		{isActive: isActive && items.length > 0},
	);
	return {
		selected: items[at],
		start,
		scrollToTop() {
			setStart(0);
		},
		selectNext() {
			select(at + 1);
		},
		selectId(id) {
			setSelection({id});
		},
	};
}
