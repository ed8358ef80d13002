import type {ReactNode} from 'react';
import {padToWidth} from '../../core/text/width.ts';
import type {Row} from '../drawing/rows.tsx';
import {TextView} from '../drawing/text-view.tsx';
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
	useActions('help', {
		close() {
			pop();
		},
	});
	const groups = Map.groupBy(scopes, scope => titles[scope]());
	const rows: Row[] = [];
	for (const [title, members] of groups) {
		rows.push([{text: title, tone: 'title'}], ...members.flatMap(scope => bindingRows(scope, columns)), []);
	}

	return <TextView rows={rows.slice(0, -1)} />;
}

function bindingRows(scope: Scope, columns: number): Row[] {
	return Object.values(bindingsOf(scope)).flatMap(({keys, label, about}) =>
		wrap((about ?? label)(), Math.max(12, columns - 2 - keysWidth)).map((text, index): Row => [
			'  ',
			{text: padToWidth(index === 0 ? keys.map(key => shownKey(key)).join(' ') : '', keysWidth), tone: 'accent'},
			text,
		]),
	);
}
