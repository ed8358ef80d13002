import {useMemo, useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {shownKeys} from '../../actions/keys.ts';
import {duplicatesIn} from '../../core/health/findings.ts';
import {findKeys} from '../../core/key-list/filter.ts';
import {listRows} from '../../core/key-list/list-rows.ts';
import {noneMarked, withAllToggled, withToggled} from '../../core/key-list/marks.ts';
import {orders, sortKeys} from '../../core/key-list/order.ts';
import {emptyLine, lineOf} from '../../core/text/editing/line-editor.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {truncate} from '../../core/text/width.ts';
import {FilterLine} from '../forms/filter-line.tsx';
import {EmptyVault} from './empty-vault.tsx';
import {Rows, type Row} from '../drawing/rows.tsx';
import {listWithKeyFrom} from '../frame/pane-layout.ts';
import {siteNamed} from '../../exchange/sites.ts';
import {useContent, useFollowing} from '../shell/hooks.ts';
import {useWantedSelection} from '../key-selection.ts';
import {useMarks} from '../marks.ts';
import {useKeyActions} from '../key-view/key-actions.ts';
import {summaryRows} from '../key-view/key-rows.ts';
import {latestTestOf} from '../timing/ages.ts';
import {fullWidth, tableFor} from '../key-view/key-table.ts';
import {useListSelection} from '../key-view/list-selection.ts';
import {shownKeyOf} from '../keyboard/bindings.ts';
import {useActions} from '../keyboard/actions.ts';
import {useAppearance} from '../drawing/styled-text.tsx';
import {useViewport} from '../drawing/viewport.ts';
import {useSettings} from '../shell/settings.ts';
import {useShell} from '../shell/shell.ts';
import {symbols} from '../drawing/theme.ts';
import {t} from '../../language/translate.ts';
import {useNow} from '../timing/use-alarms.ts';

const leastDetail = 30;

/** Milliseconds between two updates of ages and days. */

export function Keys({filter: wanted = ''}: {readonly filter?: string}): ReactNode {
	const {context, push, notify} = useShell();
	const healthyScore = useSettings().get('healthy-score');
	const {columns, rows: height} = useViewport();
	const {isSpoken} = useAppearance();
	const content = useContent();
	const [filterLine, setFilterLine] = useState(() => lineOf(wanted));
	const filter = filterLine.text;
	const [isFiltering, setFiltering] = useState(false);
	const [order, setOrder] = useState(0);

	const all = useMemo(() => shownKeys(content), [content]);
	const now = useNow(useMemo(() => latestTestOf(all), [all]));
	const duplicates = useMemo(() => duplicatesIn(all), [all]);
	const sorted = useMemo(
		() => sortKeys(all, order, now, duplicates, healthyScore),
		[all, order, now, duplicates, healthyScore],
	);
	const {keys, isSimilar} = useMemo(
		() => findKeys(sorted, filter, {now, duplicates, healthyScore, siteNamed}),
		[sorted, filter, now, duplicates, healthyScore],
	);
	const isGrouped = orders[order]!.field === 'tag' && !isSimilar;
	const {rows, rowOf} = useMemo(() => listRows(keys, {isGrouped}), [keys, isGrouped]);
	const page = Math.max(1, height - 2);
	const {selected, start, scrollToTop, selectNext, selectId} = useListSelection(keys, ({id}) => id, page, {
		isHidden: wanted => all.some(({id}) => id === wanted),
		rowOf,
	});
	useWantedSelection(id => {
		selectId(id);
		// The vault may hold the key before this list has been drawn with it.
		const present = shownKeys(context.vault.read());
		const facts = {now: context.clock(), duplicates: duplicatesIn(present), healthyScore, siteNamed};
		if (!findKeys(present, filter, facts).keys.some(key => key.id === id)) setFilterLine(emptyLine);
	});
	useFollowing(selected?.id);
	const {marked, change: changeMarks} = useMarks(sorted);
	const markedIds = useMemo(() => new Set(marked.map(({id}) => id)), [marked]);

	useActions(
		'markedKeys',
		{
			clear() {
				changeMarks(() => noneMarked);
			},
		},
		{isActive: marked.length > 0 && !isFiltering},
	);
	useActions(
		'filteredList',
		{
			clear() {
				setFilterLine(emptyLine);
			},
		},
		{isActive: filter !== '' && marked.length === 0 && !isFiltering},
	);
	useKeyActions(selected, {
		reveal() {
			push({screen: 'key', id: selected!.id, isRevealed: true});
		},
		marked,
		isActive: !isFiltering,
	});
	const testThese = () => {
		push({screen: 'testAll', ids: (marked.length > 0 ? marked : keys).map(({id}) => id)});
	};
	// An empty list has actions of its own on these keys.
	const noneShown = all.length === 0 ? undefined : {disabled: t`No key is shown.`};
	useActions(
		'keyList',
		{
			open: selected
				? () => {
						push({screen: 'key', id: selected.id});
					}
				: noneShown,
			create() {
				push({screen: 'create'});
			},
			testAll:
				marked.length > 0
					? {act: testThese, label: t`test ${marked.length} marked`}
					: keys.length > 1
						? testThese
						: selected
							? {disabled: t`Only one key is shown; ${shownKeyOf('key', 'test')} tests it.`}
							: noneShown,
			health() {
				push({screen: 'health'});
			},
			activity() {
				push({screen: 'activity'});
			},
			adopt() {
				push({screen: 'adopt'});
			},
			settings() {
				push({screen: 'settings'});
			},
			import() {
				push({screen: 'import'});
			},
			filter:
				all.length > 0
					? () => {
							setFiltering(true);
						}
					: undefined,
			sort:
				all.length > 1
					? () => {
							const next = (order + 1) % orders.length;
							setOrder(next);
							scrollToTop();
							notify({text: t`Sorted by ${orders[next]!.name()}.`});
						}
					: all.length === 1
						? {disabled: t`There is only one key.`}
						: undefined,
			mark: selected
				? () => {
						changeMarks(before => withToggled(before, selected.id));
						selectNext();
					}
				: noneShown,
			markAll: selected
				? () => {
						changeMarks(before =>
							withAllToggled(
								before,
								keys.map(({id}) => id),
							),
						);
					}
				: noneShown,
		},
		{isActive: !isFiltering},
	);

	const hasDetail = columns >= listWithKeyFrom;
	const listWidth = hasDetail ? Math.min(fullWidth, columns - leastDetail - 3) : columns;
	const detailWidth = columns - listWidth - 3;
	const table = useMemo(
		() => tableFor(listWidth, {now, duplicates, healthyScore, isSpoken}),
		[listWidth, now, duplicates, healthyScore, isSpoken],
	);
	if (all.length === 0) return <EmptyVault />;
	const shownRows: Row[] = [
		table.header,
		...(keys.length === 0 ? [[{text: `  ${t`No key matches. Esc clears the filter.`}`, tone: 'muted'}] as Row] : []),
		...rows
			.slice(start, start + page)
			.map(({heading, key}): Row =>
				key
					? table.row(key, {isSelected: key === selected, isMarked: markedIds.has(key.id)})
					: [{text: truncate(heading, listWidth), tone: 'title'}],
			),
	];
	const summary = summaryOf({
		all: all.length,
		shown: keys.length,
		by: orders[order]!.name(),
		filter: sanitize(filter),
		isSimilar,
		marked: marked.length,
		hidden: marked.length === 0 ? 0 : marked.length - keys.filter(({id}) => markedIds.has(id)).length,
	});

	return (
		<Box flexDirection="column">
			{isFiltering ? (
				<FilterLine
					line={filterLine}
					onLine={change => {
						setFilterLine(change);
						scrollToTop();
					}}
					width={columns}
					onAccept={() => {
						setFiltering(false);
					}}
					onCancel={() => {
						setFilterLine(emptyLine);
						setFiltering(false);
					}}
				/>
			) : (
				<Rows rows={[[{text: truncate(summary, columns), tone: 'muted'}]]} width={columns} />
			)}
			<Box height={height - 1} overflow="hidden">
				<Rows rows={shownRows} width={listWidth} />
				{hasDetail && (
					<Rows
						rows={Array.from({length: height - 1}, (): Row => [{text: ` ${symbols.side} `, tone: 'muted'}])}
						width={3}
					/>
				)}
				{hasDetail && selected && (
					<Rows
						rows={summaryRows(selected, now, detailWidth, duplicates, height).slice(0, height - 1)}
						width={detailWidth}
					/>
				)}
			</Box>
		</Box>
	);
}

type Summary = {
	readonly all: number;
	readonly shown: number;
	readonly by: string;
	readonly filter: string;
	readonly isSimilar: boolean;
	readonly marked: number;
	/** Marked keys that the filter does not show. */
	readonly hidden: number;
};

function summaryOf({all, shown, by, filter, isSimilar, marked, hidden}: Summary): string {
	const count = shown === all ? (all === 1 ? t`${all} key` : t`${all} keys`) : t`${shown} of ${all} keys`;
	const marks =
		marked === 0
			? count
			: hidden === 0
				? t`${count}, ${marked} marked`
				: t`${count}, ${marked} marked (${hidden} not shown)`;
	if (filter === '') return t`${marks}, by ${by}`;
	return isSimilar ? t`${marks}, similar to: ${filter}` : t`${marks}, by ${by}, filter: ${filter}`;
}
