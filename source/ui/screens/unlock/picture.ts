import {emptyLine} from '../../../core/text/editing/line-editor.ts';
import {padToWidth} from '../../../core/text/width.ts';
import {maskedRow} from '../../drawing/line-rows.ts';
import {cutSign, runsOf, type Row} from '../../drawing/runs.ts';
import {symbols, type Appearance} from '../../drawing/theme.ts';
import {fieldRoom, fieldRow} from '../../forms/field-row.ts';
import {crumbsOf, shortenCrumbs} from '../../frame/crumbs.ts';
import {footerHeight} from '../../frame/footer-height.ts';
import {footerItems, footerRows} from '../../frame/footer-rows.ts';
import {createGrid, wholeOf, write, type Grid} from '../../painting/grid.ts';
import {crumb, fieldLabel, otherWayRows, pathRow, titleRow, usualTitle} from './question.ts';

export type PictureOptions = {
	readonly path: string;
	readonly columns: number;
	readonly rows: number;
	readonly look: Appearance;
};

/** The frame that Ink draws of the unlock screen while nothing is typed, in a window that all of it fits in. */
export function unlockPicture({path, columns, rows, look}: PictureOptions): Grid {
	const grid = createGrid(columns, rows);
	const draw = (top: number, all: readonly Row[]) => {
		for (const [index, row] of all.entries()) {
			const place = {left: 0, top: top + index, width: columns, cut: cutSign(look), area: wholeOf(grid)};
			write(grid, runsOf(row, look), place);
		}
	};
	const crumbs = shortenCrumbs(crumbsOf([crumb()]), columns - 2);
	const field = fieldRow(fieldLabel(), maskedRow(emptyLine, true, fieldRoom(columns)), {isFocused: true, ...look});
	draw(0, [
		[{text: padToWidth(crumbs, columns - 2), tone: 'title'}],
		[{text: symbols.rule.repeat(columns), tone: 'muted'}],
		titleRow(usualTitle(), 'title'),
		pathRow(path, columns),
		[],
		field,
		[],
		...otherWayRows(columns),
	]);
	const actions = [
		{scope: 'unlock', action: 'enter'} as const,
		{scope: 'frame', action: 'palette'} as const,
		{scope: 'frame', action: 'quit'} as const,
	];
	const footer = footerHeight(columns);
	draw(rows - footer, footerRows(footerItems(actions, true), columns, footer));
	return grid;
}
