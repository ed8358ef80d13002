import {useMemo, useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {helpCommand} from '../../core/invocation.ts';
import {emptyLine} from '../../core/text/editing/line-editor.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {folded, hasWords, searchable, similarItems, wordsOf} from '../../core/text/search.ts';
import {padToWidth, truncate, width as columnsOf} from '../../core/text/width.ts';
import {InputLine} from '../forms/input-line.tsx';
import {Rows, type Row} from '../drawing/rows.tsx';
import {windowStart} from '../key-view/list-selection.ts';
import {bindingsOf} from '../keyboard/bindings.ts';
import type {Scope} from '../keyboard/keymap.ts';
import {shownKey} from '../keyboard/key-names.ts';
import {useActions} from '../keyboard/actions.ts';
import {usePress} from '../keyboard/key-layers.tsx';
import type {ReachableAction} from '../keyboard/available-action.ts';
import {destinations} from '../frame/destinations.ts';
import {useShell, type Shell} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {symbols} from '../drawing/theme.ts';
import {wrap} from '../drawing/wrap.ts';
import {t} from '../../language/translate.ts';

/** `run` is called after the palette has closed. */
type PaletteEntry = {
	readonly name: string;
	readonly label: string;
	readonly alias?: string;
	/** What similar words are looked for in: the label and the alias, unless the label is a long sentence. */
	readonly similarTo?: readonly string[];
	readonly key: string;
	readonly disabled?: string | undefined;
	/** The command that does the same. */
	readonly command?: string | undefined;
	readonly isOn?: boolean;
	readonly run: () => void;
};

const leastKeyWidth = 8;

export function Palette({actions}: {readonly actions: readonly ReachableAction[]}): ReactNode {
	const shell = useShell();
	const {columns, rows: height} = useViewport();
	const press = usePress();
	const [line, setLine] = useState(emptyLine);
	const [wanted, setAt] = useState(0);
	const [wantedStart, setStart] = useState(0);
	const all = useMemo(
		() => [...actionEntries(actions, press), ...destinationEntries(actions, shell), ...faultEntries(shell)],
		[actions, press, shell],
	);
	const entries = useMemo(() => matching(all, line.text), [all, line.text]);
	const keyWidth = Math.max(leastKeyWidth, ...all.map(({key}) => columnsOf(key)));
	const at = Math.min(wanted, entries.length - 1);
	const page = Math.max(1, height - 1);
	const start = windowStart(wantedStart, at, entries.length, page);
	const choose = (next: number) => {
		setAt(next);
		setStart(windowStart(start, next, entries.length, page));
	};

	const chosen = entries[at];
	useActions(
		'palette',
		{
			up:
				at > 0
					? () => {
							choose(at - 1);
						}
					: () => {},
			down:
				at < entries.length - 1
					? () => {
							choose(at + 1);
						}
					: () => {},
			run:
				chosen &&
				(chosen.disabled === undefined
					? () => {
							shell.pop();
							chosen.run();
						}
					: {disabled: chosen.disabled}),
			close() {
				shell.pop();
			},
		},
		{rank: 'field'},
	);

	return (
		<Box flexDirection="column">
			<InputLine
				sign=":"
				line={line}
				width={columns}
				onLine={change => {
					setLine(change);
					setAt(0);
					setStart(0);
				}}
			/>
			<Rows
				width={columns}
				rows={
					entries.length === 0
						? wrap(
								t`No action matches. What has no key here is a command: ${helpCommand()} lists all of them.`,
								columns - 2,
							).map((text): Row => ['  ', {text, tone: 'muted'}])
						: entries
								.slice(start, start + page)
								.map((entry, index) => entryRow(entry, start + index === at, {columns, keyWidth}))
				}
			/>
		</Box>
	);
}

/** Those with every word as it is, by their beginnings first, then those that resemble them. */
function matching(entries: readonly PaletteEntry[], typed: string): readonly PaletteEntry[] {
	const words = wordsOf(typed);
	if (words.length === 0) return entries;
	const searched = new Map(
		entries.map(entry => {
			const {label, alias = '', command = '', key, similarTo = [label, alias]} = entry;
			return [entry, searchable(`${label} ${alias} ${command} ${key}`, similarTo)];
		}),
	);
	const begins = ({label, alias = ''}: PaletteEntry) => [label, alias].some(name => folded(name).startsWith(words[0]!));
	const exact = entries
		.filter(entry => hasWords(searched.get(entry)!, words))
		.toSorted((one, other) => Number(begins(other)) - Number(begins(one)));
	return [...exact, ...similarItems(entries, words, entry => searched.get(entry)!)];
}

function entryRow(
	{label, alias = label, key, disabled, command, isOn = false}: PaletteEntry,
	isSelected: boolean,
	{columns, keyWidth}: {readonly columns: number; readonly keyWidth: number},
): Row {
	const room = columns - keyWidth - 3;
	const said = disabled === undefined ? command && `okx-keys ${command}` : `${symbols.warn} ${sanitize(disabled)}`;
	const needed = said === undefined ? 0 : columnsOf(said) + 2;
	// A reason is worth more than the long name.
	const shownName = disabled !== undefined && columnsOf(label) + needed > room ? alias : label;
	const name = truncate(`${isOn ? `${symbols.on} ` : ''}${shownName}`, room);
	const left = room - columnsOf(name) - 2;
	// A reason is worth a part of it; a command is shown whole or not at all.
	const isRoom = said !== undefined && (disabled === undefined ? columnsOf(said) <= left : left >= 10);
	const beside = isRoom ? `  ${truncate(said, left)}` : '';
	return [
		isSelected ? {text: `${symbols.selected} `, tone: 'accent'} : '  ',
		{text: `${padToWidth(key, keyWidth)} `, tone: disabled === undefined ? 'accent' : 'muted'},
		{text: name, tone: disabled !== undefined ? 'muted' : isSelected ? 'selected' : 'plain'},
		{text: beside, tone: 'muted'},
	];
}

/** The actions except those that only move; choosing one presses its key. */
function actionEntries(actions: readonly ReachableAction[], press: (name: string) => void): PaletteEntry[] {
	return actions
		.filter(({available: {scope, action}}) => scope !== 'list' && !(scope === 'frame' && action === 'palette'))
		.map(({available: {scope, action, disabled, label}, key}) => {
			const binding = bindingsOf(scope)[action]!;
			return {
				name: `${scope}.${action}`,
				label: label ?? (binding.about ?? binding.label)(),
				alias: binding.label(),
				key: shownKey(key),
				disabled,
				command: commandIn(scope, action),
				run() {
					press(key);
				},
			};
		});
}

function commandIn(scope: Scope, action: string): string | undefined {
	const command = bindingsOf(scope)[action]?.command;
	return typeof command === 'string' ? command : undefined;
}

/** Destinations, except on the list of keys, which has a key for each of them. */
function destinationEntries(actions: readonly ReachableAction[], {context, push}: Shell): PaletteEntry[] {
	if (!context.vault.isOpen() || actions.some(({available}) => available.scope === 'keyList')) return [];
	return destinations.map(({route, words}): PaletteEntry => ({
		name: route.screen,
		label: words(),
		key: '',
		run() {
			push(route);
		},
	}));
}

function faultEntries({context: {faults}, notify}: Shell): PaletteEntry[] {
	if (!faults) return [];
	const current = faults.current();
	const rehearse = (name: string | undefined, said: string) => () => {
		faults.set(name);
		notify({text: said, tone: 'good'});
	};
	return [
		...(current === undefined
			? []
			: [
					{
						name: 'nothing',
						label: t`Rehearse nothing`,
						key: '',
						run: rehearse(undefined, t`The sandbox works as it should again.`),
					},
				]),
		...faults.all.map(({name, about}): PaletteEntry => ({
			name,
			label: t`Rehearse ${name}: ${about}`,
			similarTo: [name],
			key: '',
			isOn: name === current,
			run: rehearse(name, t`The sandbox now rehearses ${name}: ${about}.`),
		})),
	];
}
