import type {ReactNode} from 'react';
import {truncate, width as widthOf} from '../../core/text/width.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {symbols} from '../drawing/theme.ts';
import {gap, type PaneLayout} from './pane-layout.ts';

type Props = Pick<PaneLayout, 'keyboard'> & {
	readonly panes: ReadonlyArray<PaneLayout['panes'][number] & {readonly title: string}>;
	readonly columns: number;
};

/**
 * The rule under the header. Above several panes it holds their numbers and titles, and is heavy above the one that
 * has the keyboard.
 */
export function PaneRule({panes, keyboard, columns}: Props): ReactNode {
	return <Rows rows={[panes.length < 2 ? plainRule(columns) : titledRule(panes, keyboard)]} width={columns} />;
}

function plainRule(columns: number): Row {
	return [{text: symbols.rule.repeat(columns), tone: 'muted'}];
}

/** The line between two panes stands in the middle of their gap, below a branch of the rule. */
function titledRule(panes: Props['panes'], keyboard: number): Row {
	return panes.flatMap(({id, width, title}, index): Row => {
		const hasKeyboard = id === keyboard;
		const isFirst = index === 0;
		const isLast = index === panes.length - 1;
		const rule = hasKeyboard ? symbols.heavyRule : symbols.rule;
		const mark = hasKeyboard ? symbols.selected : rule;
		const columns = width + (isFirst ? 0 : 1) + (isLast ? 0 : gap - 2);
		const words = truncate(`${index + 1} ${title}`, columns - 5);
		const tone = hasKeyboard ? 'accent' : 'muted';
		return [
			{text: `${rule}${mark} `, tone},
			{text: words, tone: hasKeyboard ? 'title' : 'plain'},
			{text: ` ${rule.repeat(Math.max(0, columns - widthOf(words) - 4))}`, tone},
			...(isLast ? [] : [{text: symbols.branch, tone: 'muted'} as const]),
		];
	});
}

/** The line at the left of a pane, in so many rows. */
export function PaneLine({rows}: {readonly rows: number}): ReactNode {
	return <Rows rows={Array.from({length: rows}, (): Row => [{text: symbols.side, tone: 'muted'}])} width={1} />;
}
