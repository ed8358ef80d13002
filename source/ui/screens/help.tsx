import type {ReactNode} from 'react';
import {fit} from '../../core/text.ts';
import type {Row} from '../components/rows.tsx';
import {TextView} from '../components/text-view.tsx';
import {bindingsOf, shownKey, titles, type Scope} from '../keymap.ts';
import {useActions} from '../keys.tsx';
import {useShell} from '../shell.ts';

/** Every key of the screen below, from the keymap. */
export function Help({scopes}: {readonly scopes: readonly Scope[]}): ReactNode {
	const {pop} = useShell();
	useActions('help', {close() { pop(); }});
	const groups = Map.groupBy(scopes, scope => titles[scope]);
	const rows: Row[] = [];
	for (const [title, members] of groups) {
		rows.push([{text: title, tone: 'title'}], ...members.flatMap(scope => bindingRows(scope)), []);
	}

	return <TextView rows={rows.slice(0, -1)} />;
}

function bindingRows(scope: Scope): Row[] {
	return Object.values(bindingsOf(scope)).map(({keys, label, about}): Row => [
		'  ', {text: fit(keys.map(key => shownKey(key)).join(' '), 18), tone: 'accent'}, about ?? label,
	]);
}
