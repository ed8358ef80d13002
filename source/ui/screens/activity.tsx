import {useMemo, useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {breaksWords, readActivity, type ReadEntry} from '../../actions/activity.ts';
import {detailWords, keysWords, whatWords, whoWords} from '../../core/activity/words.ts';
import {emptyLine} from '../../core/text/editing/line-editor.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {hasWords, searchable, wordsOf} from '../../core/text/search.ts';
import {formatMinute} from '../../core/text/time.ts';
import {padToWidth, truncate, width as columnsOf} from '../../core/text/width.ts';
import {t} from '../../language/translate.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {TextView, type LayOut} from '../drawing/text-view.tsx';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {FilterLine} from '../forms/filter-line.tsx';
import {useActions} from '../keyboard/actions.ts';
import {useContent} from '../shell/hooks.ts';
import {useShell} from '../shell/shell.ts';

const timeWidth = 18;

export function Activity(): ReactNode {
	return <Record none={t`Nothing is recorded yet.`} />;
}

export function History({id}: {readonly id: string}): ReactNode {
	return <Record id={id} none={t`Nothing is recorded about this key.`} />;
}

/** What is recorded, of one key or of all, the latest first. */
function Record({id, none}: {readonly id?: string; readonly none: string}): ReactNode {
	const {context} = useShell();
	const {columns, rows: height} = useViewport();
	const {activity, keys} = useContent();
	const ownName = keys.find(key => key.id === id)?.name;
	const [line, setLine] = useState(emptyLine);
	const [isFiltering, setFiltering] = useState(false);
	const {entries, dropped, breaks} = useMemo(() => readActivity({keys: [], activity}), [activity]);
	const about = useMemo(
		() => (id === undefined ? entries : entries.filter(({keys}) => keys?.some(key => key.id === id))).toReversed(),
		[entries, id],
	);
	const words = wordsOf(line.text);
	const shown = words.length === 0 ? about : about.filter(entry => hasWords(searchable(textOf(entry), []), words));
	const isFiltered = line.text !== '';
	const showAll = () => {
		setLine(emptyLine);
		setFiltering(false);
	};
	useActions(
		'activity',
		{
			filter:
				about.length > 0
					? () => {
							setFiltering(true);
						}
					: {disabled: t`There is nothing to filter.`},
			clear: isFiltered ? showAll : undefined,
		},
		{isActive: !isFiltering},
	);
	const said = (text: string, tone: 'bad' | 'muted'): Row[] =>
		wrap(text, columns).map((part): Row => [{text: part, tone}]);
	const broken = breaksWords(breaks);
	const head: Row[] = [
		...(broken === undefined ? [] : said(broken, 'bad')),
		...(context.readonly ? said(t`Nothing that is done under --readonly is recorded.`, 'muted') : []),
		...(about.length === 0 ? said(none, 'muted') : []),
		...(about.length > 0 && shown.length === 0 ? said(t`Nothing matches. Esc clears the filter.`, 'muted') : []),
	];
	const end: Row[] =
		dropped === 0
			? []
			: said(
					dropped === 1
						? t`1 older entry made way for newer ones.`
						: t`${dropped} older entries made way for newer ones.`,
					'muted',
				);
	const layOut: LayOut = most => {
		const rows = [...head];
		let next = 0;
		while (next < shown.length && rows.length < most) rows.push(...rowsOf(shown[next++]!, ownName, columns));
		const isWhole = next === shown.length;
		return {rows: isWhole ? [...rows, ...end] : rows, isWhole};
	};
	const hasLine = isFiltering || isFiltered;
	return (
		<Box flexDirection="column">
			{isFiltering ? (
				<FilterLine
					line={line}
					onLine={setLine}
					width={columns}
					onAccept={() => {
						setFiltering(false);
					}}
					onCancel={showAll}
				/>
			) : (
				isFiltered && (
					<Rows
						width={columns}
						rows={[[{text: truncate(t`Filter: ${sanitize(line.text)}`, columns), tone: 'muted'}]]}
					/>
				)
			)}
			<TextView rows={layOut} height={height - (hasLine ? 1 : 0)} />
		</Box>
	);
}

/** Without the key where it is the one that the screen is about, under its present name. */
function doneWords(entry: ReadEntry, ownName: string | undefined): string {
	const {keys = [], count = keys.length} = entry;
	const whose = count === 1 && keys[0]?.name === ownName ? '' : keysWords(entry);
	return [whatWords(entry), whose, detailWords(entry)].filter(part => part !== '').join('  ');
}

function textOf(entry: ReadEntry): string {
	const names = (entry.keys ?? []).map(({name}) => sanitize(name));
	return [formatMinute(entry.at), whatWords(entry), entry.what, ...names, detailWords(entry), whoWords(entry)].join(
		' ',
	);
}

/** Who did it stands behind what was done, or below it where there is no room. */
function rowsOf(entry: ReadEntry, ownName: string | undefined, columns: number): readonly Row[] {
	const room = Math.max(12, columns - timeWidth);
	const done = wrap(doneWords(entry, ownName), room);
	const who = whoWords(entry);
	const isBeside = columnsOf(done.at(-1)!) + 2 + columnsOf(who) <= room;
	return [
		...done.map((text, index): Row => [
			{text: padToWidth(index === 0 ? formatMinute(entry.at) : '', timeWidth), tone: 'muted'},
			text,
			{text: isBeside && index === done.length - 1 ? `  ${who}` : '', tone: 'muted'},
		]),
		...(isBeside ? [] : wrap(who, room).map((text): Row => [' '.repeat(timeWidth), {text, tone: 'muted'}])),
	];
}
