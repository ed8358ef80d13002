import {useState, type ReactNode} from 'react';
import {useActions} from '../keyboard/actions.ts';
import {useViewport} from './viewport.ts';
import {Rows, type Row} from './rows.tsx';
import {t} from '../../language/translate.ts';

/** The first rows of a text, at least `most` of them where there are as many; `isWhole` says whether that is all. */
export type LayOut = (most: number) => {readonly rows: readonly Row[]; readonly isWhole: boolean};

/**
 * Scrollable rows; the last one says when there are more. Expensive rows are given as a function, which lays out no
 * more than is seen.
 */
export function TextView({
	rows,
	height,
	width,
}: {
	readonly rows: readonly Row[] | LayOut;
	readonly height?: number;
	readonly width?: number;
}): ReactNode {
	const room = useViewport();
	const visible = Math.max(1, height ?? room.rows);
	const [wanted, setFirst] = useState(0);
	const {rows: laid, isWhole} = typeof rows === 'function' ? rows(wanted + visible + 1) : {rows, isWhole: true};
	const last = Math.max(0, laid.length - visible + (laid.length > visible ? 1 : 0));
	const first = Math.min(wanted, last);
	const move = (to: number) => () => {
		setFirst(Math.max(0, to));
	};
	useActions(
		'list',
		{
			up: move(first - 1),
			down: move(first + 1),
			pageUp: move(first - visible + 1),
			pageDown: move(first + visible - 1),
			first: move(0),
			last: move(Infinity),
		},
		{isActive: last > 0},
	);
	if (last === 0) return <Rows rows={laid} width={width ?? room.columns} />;
	const below = laid.length - first - (visible - 1);
	const count = isWhole ? t`${below} more` : t`more`;
	const more: Row = [{text: below > 0 ? t`… ${count} rows below` : t`… end`, tone: 'muted'}];
	return <Rows rows={[...laid.slice(first, first + visible - 1), more]} width={width ?? room.columns} />;
}
