import {width} from '../../core/text/width.ts';
import {bindingsOf} from '../keyboard/bindings.ts';
import {shownKey} from '../keyboard/key-names.ts';
import {reachableActions, type AvailableAction, type ReachableAction} from '../keyboard/available-action.ts';
import type {Row} from '../drawing/runs.ts';

type Item = {readonly key: string; readonly label: string};

/**
 * The keys that work now, most specific first, each key once; Esc stands before those of the frame, whichever screen
 * takes it. While text is typed, letters are left out.
 */
export function footerItems(actions: readonly AvailableAction[], isTyping: boolean): Item[] {
	const items = reachableActions(actions, isTyping).filter(
		({available: {scope, action}}) => bindingsOf(scope)[action]!.footer,
	);
	const isEsc = ({key}: ReachableAction) => key === 'escape';
	const isFrame = ({available}: ReachableAction) => available.scope === 'frame';
	const ofScreen = items.filter(item => !isEsc(item) && !isFrame(item));
	const ofFrame = items.filter(item => !isEsc(item) && isFrame(item));
	const isPalette = ({available: {scope, action}}: ReachableAction) => scope === 'frame' && action === 'palette';
	// More can be done with marked keys than fits here.
	const hasMarks = actions.some(({scope}) => scope === 'markedKeys');
	const palette = hasMarks ? ofFrame.filter(isPalette) : [];
	const all = [
		...ofScreen.slice(0, 1),
		...palette,
		...ofScreen.slice(1),
		...items.filter(isEsc),
		...ofFrame.filter(item => !palette.includes(item)),
	];
	return all.flatMap(({available: {scope, action, disabled, label}, key}) =>
		disabled === undefined ? [{key: shownKey(key), label: label ?? bindingsOf(scope)[action]!.label()}] : [],
	);
}

/** Lays the items out in at most `most` rows. Where not all fit, Esc, help and quit stay: help shows the rest. */
export function footerRows(items: readonly Item[], columns: number, most: number): Row[] {
	const rows = layOut(items, columns);
	const spare = items.slice(0, -2).findLastIndex(({key}) => key !== 'Esc');
	if (rows.length > most && spare !== -1) return footerRows(items.toSpliced(spare, 1), columns, most);
	return rows
		.slice(0, most)
		.map(row =>
			row.flatMap(({key, label}, index): Row => [
				{text: `${index === 0 ? '' : '  '}${key}`, tone: 'accent'},
				` ${label}`,
			]),
		);
}

function layOut(items: readonly Item[], columns: number): Item[][] {
	const rows: Item[][] = [[]];
	let used = 0;
	for (const item of items) {
		const size = width(`${item.key} ${item.label}`);
		if (used > 0 && used + 2 + size > columns) {
			rows.push([]);
			used = 0;
		}

		rows.at(-1)!.push(item);
		used += (used === 0 ? 0 : 2) + size;
	}

	return rows;
}
