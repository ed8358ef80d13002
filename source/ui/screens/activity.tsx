import {useMemo, type ReactNode} from 'react';
import {breaksWords, readActivity, type ReadEntry} from '../../actions/activity.ts';
import {detailWords, keysWords, whatWords, whoWords} from '../../core/activity/words.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {hasWords, searchable} from '../../core/text/search.ts';
import {formatMinute} from '../../core/text/time.ts';
import {padToWidth, width as columnsOf} from '../../core/text/width.ts';
import {t} from '../../language/translate.ts';
import type {Row} from '../drawing/rows.tsx';
import type {LayOut} from '../drawing/text-view.tsx';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {FilteredText, useTextFilter} from '../forms/filtered-text.tsx';
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
	const {columns} = useViewport();
	const {activity, keys} = useContent();
	const ownName = keys.find(key => key.id === id)?.name;
	const filter = useTextFilter();
	const {entries, dropped, breaks} = useMemo(() => readActivity({keys: [], activity}), [activity]);
	const about = useMemo(
		() => (id === undefined ? entries : entries.filter(({keys}) => keys?.some(key => key.id === id))).toReversed(),
		[entries, id],
	);
	const {words} = filter;
	const shown = words.length === 0 ? about : about.filter(entry => hasWords(searchable(textOf(entry), []), words));
	useActions(
		'activity',
		{
			filter: about.length > 0 ? filter.edit : {disabled: t`There is nothing to filter.`},
			clear: filter.isSet ? filter.clear : undefined,
		},
		{isActive: !filter.isEditing},
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
	return <FilteredText filter={filter} rows={layOut} />;
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
