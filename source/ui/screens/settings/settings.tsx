import {useEffect, useState, type ReactNode} from 'react';
import {Box} from 'ink';
import type {SettingName} from '../../../core/settings/table.ts';
import {lineOf, type LineState} from '../../../core/text/editing/line-editor.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {padToWidth, truncate, width as columnsOf} from '../../../core/text/width.ts';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {symbols} from '../../drawing/theme.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {shortPath, wrap} from '../../drawing/wrap.ts';
import {useListSelection} from '../../key-view/list-selection.ts';
import {useActions, type Handler} from '../../keyboard/actions.ts';
import {useTask} from '../../shell/hooks.ts';
import {useSettings} from '../../shell/settings.ts';
import {useShell} from '../../shell/shell.ts';
import {changedWords, settingItems, type SettingItem} from './setting-items.ts';
import {ValueLine} from './value-line.tsx';
import {t} from '../../../language/translate.ts';

const valueWidth = 18;
const widestText = 100;
/** The width in columns from which each line says where its value comes from. */
const originsFrom = 60;

export function SettingsScreen(): ReactNode {
	const {context, push, notify} = useShell();
	const settings = useSettings();
	const {columns, rows: height} = useViewport();
	const task = useTask();
	const [line, setLine] = useState<LineState>();
	// Another program may have changed them since the start.
	useEffect(() => {
		settings.reload();
	}, [settings]);

	const items = settingItems(context);
	const abouts = items.map(({about}) => wrap(sanitize(about), Math.min(columns, widestText)));
	const notes = noteRows(settings.problems(), settings.unknown(), columns).slice(0, Math.max(0, height - 5));
	const room = height - notes.length;
	// The same for every line, so that the list stands still.
	const page = Math.max(Math.min(3, room - 1), Math.min(items.length, room - 1 - longestOf(abouts)));
	const isEditing = line !== undefined;
	const {selected, start} = useListSelection(items, ({id}) => id, page, {isActive: !isEditing});
	const item = selected!;

	const save = (name: SettingName, text: string | undefined) => {
		task.run(
			async () => {
				await settings.change(name, text);
				setLine(undefined);
				notify({text: changedWords(settings, name), tone: 'good'});
			},
			{finishes: true},
		);
	};
	const step = (by: number) => {
		if (item.kind !== 'setting' || item.choices === undefined) return undefined;
		const {name, choices, value} = item;
		const next = choices[(choices.indexOf(value) + by + choices.length) % choices.length]!;
		return () => {
			save(name, next);
		};
	};
	const enter = (): Handler => {
		if (item.kind === 'place') return {disabled: t`A place is not changed here.`};
		if (item.kind !== 'setting')
			return {
				label: t`open`,
				act() {
					push({screen: 'keyBindings'});
				},
			};
		const {typed} = item;
		const type = () => {
			setLine(lineOf(typed));
		};
		return {label: t`change`, changes: true, act: step(1) ?? type};
	};
	useActions(
		'settings',
		{
			change: enter(),
			previous: step(-1),
			next: step(1),
			reset:
				item.kind === 'setting'
					? () => {
							save(item.name, undefined);
						}
					: undefined,
		},
		{isActive: !isEditing && !task.isBusy},
	);

	const titleWidth = Math.max(...items.map(({title}) => columnsOf(title))) + 1;
	const shown = items.slice(start, start + page);
	const at = shown.indexOf(item);
	const rows = shown.map(one => itemRow(one, one === item, titleWidth, columns));
	const about = cut(abouts[items.indexOf(item)]!, room - rows.length - 1);
	return (
		<Box flexDirection="column">
			<Rows width={columns} rows={[...notes, ...rows.slice(0, isEditing ? at : undefined)]} />
			{isEditing && item.kind === 'setting' && (
				<ValueLine
					sign={`${symbols.selected} ${padToWidth(item.title, titleWidth - 1)}`}
					line={line}
					width={columns}
					onLine={change => {
						setLine(before => before && change(before));
					}}
					onSave={() => {
						save(item.name, line.text);
					}}
					onCancel={() => {
						setLine(undefined);
					}}
				/>
			)}
			{isEditing && <Rows width={columns} rows={rows.slice(at + 1)} />}
			{about.length > 0 && <Rows width={columns} rows={[[], ...about.map((text): Row => [{text, tone: 'muted'}])]} />}
		</Box>
	);
}

function longestOf(texts: readonly (readonly string[])[]): number {
	return Math.max(...texts.map(({length}) => length));
}

/** At most so many rows; the last one says when there would be more. */
function cut(rows: readonly string[], most: number): readonly string[] {
	if (rows.length <= most) return rows;
	return rows.slice(0, Math.max(0, most)).map((row, index) => (index === most - 1 ? `${row}…` : row));
}

function itemRow(item: SettingItem, isSelected: boolean, titleWidth: number, columns: number): Row {
	const room = Math.max(4, columns - 2 - titleWidth);
	const value = item.kind === 'place' ? shortPath(item.value, room) : truncate(sanitize(item.value), room);
	const isOriginShown = item.from !== '' && columns >= originsFrom;
	return [
		{text: isSelected ? `${symbols.selected} ` : '  ', tone: 'accent'},
		{text: padToWidth(item.title, titleWidth), tone: isSelected ? 'selected' : 'plain'},
		isOriginShown ? padToWidth(value, valueWidth) : value,
		{text: isOriginShown ? ` ${sanitize(item.from)}` : '', tone: 'muted'},
	];
}

/** What is wrong with the file, and what it has that this version does not know. */
function noteRows(
	problems: readonly {readonly problem: string; readonly fix: string}[],
	unknown: readonly string[],
	columns: number,
): Row[] {
	const texts = [
		...problems.map(({problem, fix}) => `${problem} ${fix}`),
		...unknown.map(name => t`The file also has ${truncate(name, 40)}, which this version does not know; it is kept.`),
	];
	return texts
		.flatMap(text => wrap(sanitize(text), Math.min(columns, widestText)))
		.map((text): Row => [{text, tone: 'warn'}]);
}
