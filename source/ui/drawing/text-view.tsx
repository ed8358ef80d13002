import {useState, type ReactNode} from 'react';
import {useActions} from '../keyboard/key-layers.tsx';
import {useViewport} from './viewport.ts';
import {Rows, type Row} from './rows.tsx';

/**
 * Rows that may be more than the room: the keys of a list move through them. The last row then says that there is
 * more.
 */
export function TextView({
	rows,
	height,
	width,
}: {
	readonly rows: readonly Row[];
	readonly height?: number;
	readonly width?: number;
}): ReactNode {
	const room = useViewport();
	const visible = Math.max(1, height ?? room.rows);
	const [wanted, setFirst] = useState(0);
	const last = Math.max(0, rows.length - visible + (rows.length > visible ? 1 : 0));
	const first = Math.min(wanted, last);
	const move = (to: number) => () => {
		setFirst(Math.max(0, Math.min(last, to)));
	};
	useActions(
		'list',
		{
			up: move(first - 1),
			down: move(first + 1),
			pageUp: move(first - visible + 1),
			pageDown: move(first + visible - 1),
			first: move(0),
			last: move(last),
		},
		{isActive: last > 0},
	);
	if (last === 0) return <Rows rows={rows} width={width ?? room.columns} />;
	const below = rows.length - first - (visible - 1);
	const more: Row = [{text: below > 0 ? `… ${below} more rows below` : '… end', tone: 'muted'}];
	return <Rows rows={[...rows.slice(first, first + visible - 1), more]} width={width ?? room.columns} />;
}
