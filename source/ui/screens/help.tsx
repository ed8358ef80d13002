import type {ReactNode} from 'react';
import {hasWords, searchable} from '../../core/text/search.ts';
import {padToWidth} from '../../core/text/width.ts';
import {t} from '../../language/translate.ts';
import type {Row} from '../drawing/rows.tsx';
import {FilteredText, useTextFilter} from '../forms/filtered-text.tsx';
import {bindingsOf} from '../keyboard/bindings.ts';
import {shownKey} from '../keyboard/key-names.ts';
import {titles, type Scope} from '../keyboard/keymap.ts';
import {useActions} from '../keyboard/actions.ts';
import {useShell} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';

const keysWidth = 18;

export function Help({scopes}: {readonly scopes: readonly Scope[]}): ReactNode {
	const {pop} = useShell();
	const {columns} = useViewport();
	const filter = useTextFilter();
	useActions(
		'help',
		{
			close() {
				pop();
			},
			filter: filter.edit,
			clear: filter.isSet ? filter.clear : undefined,
		},
		{isActive: !filter.isEditing},
	);
	const {words} = filter;
	const groups = Map.groupBy(scopes, scope => titles[scope]());
	const rows: Row[] = [];
	for (const [title, members] of groups) {
		const found = members.flatMap(scope => bindingRows(scope, {title, words, columns}));
		if (found.length > 0) rows.push([{text: title, tone: 'title'}], ...found, []);
	}

	const shown = rows.length === 0 ? [[{text: t`No key of this screen does that.`, tone: 'muted'}] as Row] : rows;
	return <FilteredText filter={filter} rows={shown.at(-1)?.length === 0 ? shown.slice(0, -1) : shown} />;
}

type Wanted = {readonly title: string; readonly words: readonly string[]; readonly columns: number};

function bindingRows(scope: Scope, {title, words, columns}: Wanted): Row[] {
	const found = Object.values(bindingsOf(scope)).filter(({keys, label, about}) => {
		const texts = [title, ...keys.map(key => shownKey(key)), label(), (about ?? label)()];
		return hasWords(searchable(texts.join(' '), []), words);
	});
	return found.flatMap(({keys, label, about}) =>
		wrap((about ?? label)(), Math.max(12, columns - 2 - keysWidth)).map((text, index): Row => [
			'  ',
			{text: padToWidth(index === 0 ? keys.map(key => shownKey(key)).join(' ') : '', keysWidth), tone: 'accent'},
			text,
		]),
	);
}
