import {useMemo, useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {keysPrefix, type BindableAction} from '../../../core/settings/settings.ts';
import {emptyLine} from '../../../core/text/editing/line-editor.ts';
import {hasWords, searchable, wordsOf} from '../../../core/text/search.ts';
import {padToWidth, truncate} from '../../../core/text/width.ts';
import {FilterLine} from '../../forms/filter-line.tsx';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {symbols} from '../../drawing/theme.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {useListSelection} from '../../key-view/list-selection.ts';
import {useActions} from '../../keyboard/actions.ts';
import {bindingsOf} from '../../keyboard/bindings.ts';
import {shownKey} from '../../keyboard/key-names.ts';
import {actionNamed} from '../../keyboard/remapping/remapped.ts';
import {keyOfWord, writtenKey} from '../../keyboard/remapping/written-keys.ts';
import {useTask} from '../../shell/hooks.ts';
import {useSettings} from '../../shell/settings.ts';
import {useShell} from '../../shell/shell.ts';
import {KeyRecorder} from './key-recorder.tsx';
import {t} from '../../../language/translate.ts';

const keysWidth = 16;

/** Every action with its keys, which are changed by pressing others. */
export function KeyBindings(): ReactNode {
	const {notify} = useShell();
	const settings = useSettings();
	const {columns, rows: height} = useViewport();
	const task = useTask();
	const [filter, setFilter] = useState(emptyLine);
	const [isFiltering, setFiltering] = useState(false);
	/** Whether the key that is awaited replaces the others. */
	const [awaited, setAwaited] = useState<'only' | 'another'>();
	const actions = useMemo(() => settings.keymap.actions(), [settings]);
	const shown = useMemo(() => matching(actions, filter.text), [actions, filter.text]);
	const page = Math.max(1, height - 2);
	const {selected, start, scrollToTop} = useListSelection(shown, ({name}) => name, page, {isActive: !awaited});
	const changed = settings.keys();

	const save = (action: BindableAction, words: readonly string[] | undefined) => {
		task.run(
			async () => {
				await settings.change(`${keysPrefix}${action.name}`, words?.join(' '));
				notify({text: t`${keysOf(action.name)}: ${action.about}.`, tone: 'good'});
			},
			{finishes: true},
		);
	};
	const record = (key: string) => {
		setAwaited(undefined);
		const word = writtenKey(key);
		if (keyOfWord(word) === undefined)
			notify({text: t`That key cannot be told from others; nothing was changed.`, tone: 'warn'});
		else if (selected)
			save(selected, awaited === 'only' ? [word] : [...(changed[selected.name] ?? selected.usual), word]);
	};
	const isFree = !isFiltering && awaited === undefined && !task.isBusy;
	useActions(
		'keyBindings',
		{
			record: selected && (() => setAwaited('only')),
			add: selected && (() => setAwaited('another')),
			reset:
				selected &&
				(Object.hasOwn(changed, selected.name)
					? () => {
							save(selected, undefined);
						}
					: {disabled: t`It has its usual keys.`}),
			filter() {
				setFiltering(true);
			},
		},
		{isActive: isFree},
	);
	useActions(
		'filteredList',
		{
			clear() {
				setFilter(emptyLine);
			},
		},
		{isActive: isFree && filter.text !== ''},
	);

	const rows =
		shown.length === 0
			? [[{text: `  ${t`No action matches. Esc clears the filter.`}`, tone: 'muted'}] as Row]
			: shown
					.slice(start, start + page)
					.map(action => actionRow(action, action === selected, Object.hasOwn(changed, action.name), columns));
	return (
		<Box flexDirection="column">
			{isFiltering ? (
				<FilterLine
					line={filter}
					width={columns}
					onLine={change => {
						setFilter(change);
						scrollToTop();
					}}
					onAccept={() => {
						setFiltering(false);
					}}
					onCancel={() => {
						setFilter(emptyLine);
						setFiltering(false);
					}}
				/>
			) : awaited !== undefined && selected ? (
				<KeyRecorder
					words={truncate(t`Press the key for “${selected.about}”; Esc leaves it as it is.`, columns)}
					width={columns}
					onKey={record}
					onCancel={() => {
						setAwaited(undefined);
					}}
				/>
			) : (
				<Rows width={columns} rows={[[{text: truncate(summary(shown.length, changed), columns), tone: 'muted'}]]} />
			)}
			<Rows width={columns} rows={rows} />
		</Box>
	);
}

function summary(count: number, changed: Readonly<Record<string, unknown>>): string {
	const own = Object.keys(changed).length;
	return count === 1 ? t`1 action; keys of your own: ${own}` : t`${count} actions; keys of your own: ${own}`;
}

function matching(actions: readonly BindableAction[], filter: string): readonly BindableAction[] {
	const words = wordsOf(filter);
	return words.length === 0
		? actions
		: actions.filter(({name, scope, about}) =>
				hasWords(searchable([name, scope, about, keysOf(name)].join('\n'), []), words),
			);
}

/** The keys that an action has now, as they are shown. */
function keysOf(name: string): string {
	const {scope, action} = actionNamed(name)!;
	const {keys} = bindingsOf(scope)[action]!;
	return keys.map(key => shownKey(key)).join(' ');
}

function actionRow(
	{name, scope, about}: BindableAction,
	isSelected: boolean,
	isChanged: boolean,
	columns: number,
): Row {
	const room = Math.max(8, columns - keysWidth - 5);
	return [
		{text: isSelected ? `${symbols.selected} ` : '  ', tone: 'accent'},
		{text: isChanged ? `${symbols.on} ` : '  ', tone: 'good'},
		{text: padToWidth(truncate(keysOf(name), keysWidth), keysWidth), tone: 'accent'},
		' ',
		{text: truncate(columns < 60 ? about : t`${scope}: ${about}`, room), tone: isSelected ? 'selected' : 'plain'},
	];
}
