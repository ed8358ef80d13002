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
	/** The index of the first visible item. */
	readonly start: number;
	readonly scrollToTop: () => void;
	readonly selectNext: () => void;
	/** Selects an item that the list has now or will have with its next change. */
	readonly selectId: (id: string) => void;
};

/** The selected item of a list with `page` visible rows; sorting and filtering keep the selection. */
export function useListSelection<Item>(
	items: readonly Item[],
	idOf: (item: Item) => string,
	page: number,
	firstId?: string,
	isActive = true,
): ListSelection<Item> {
	const [selectedId, setSelectedId] = useState(firstId);
	const [wantedStart, setStart] = useState(0);
	const at = Math.max(
		0,
		items.findIndex(item => idOf(item) === selectedId),
	);
	const start = windowStart(wantedStart, at, items.length, page);
	const select = (index: number) => {
		const next = Math.max(0, Math.min(items.length - 1, index));
		const item = items[next];
		setSelectedId(item && idOf(item));
		setStart(windowStart(start, next, items.length, page));
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
		selectId: setSelectedId,
	};
}
