import {accountWord} from '../../core/key/account.ts';
import type {Duplicates} from '../../core/health/findings.ts';
import {asLastSeen} from '../../core/key/key.ts';
import type {ShownKey} from '../../core/key/operation.ts';
import {unknownPermissions} from '../../core/key/permission.ts';
import {lifetimeOf} from '../../core/health/lifetime.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {ago} from '../../core/text/time.ts';
import {padToWidth} from '../../core/text/width.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';
import type {Row} from '../drawing/rows.tsx';
import {healthOf, ipCell} from './key-words.ts';
import {symbols, type Tone} from '../drawing/theme.ts';

type Cell = {readonly text: string; readonly tone: Tone};

type Column = {
	readonly title: Translatable;
	readonly width: number;
	/** Columns with a higher rank are dropped first. */
	readonly rank: number;
	readonly cell: (key: ShownKey, now: number, duplicates?: Duplicates, healthyScore?: number) => Cell | readonly Cell[];
};

const plain = (text: string): Cell => ({text, tone: 'plain'});

/** Shows a permission unknown to this program in place of Withdraw. */
function lastPermission(key: ShownKey): Cell {
	if (key.permissions.includes('withdraw')) return {text: 'W', tone: 'bad'};
	return unknownPermissions([...key.permissions, ...asLastSeen(key).permissions]).length > 0
		? {text: '?', tone: 'bad'}
		: plain('-');
}

/**
 * What changes most stands at the end, so that a change redraws little. Only a warning has a colour: each colour
 * change is sent again with every redraw of the row's end.
 */
const usualColumns: readonly Column[] = [
	{title: msg`NAME`, width: 11, rank: 0, cell: ({name}) => plain(sanitize(name))},
	{
		title: msg`RTW`,
		width: 3,
		rank: 0,
		cell: key => [plain(key.permissions.includes('trade') ? 'RT' : 'R-'), lastPermission(key)],
	},
	{title: msg`IPS`, width: 5, rank: 1, cell: key => ipCell(key)},
	{title: msg`ACCOUNT`, width: 10, rank: 4, cell: key => plain(accountWord(key))},
	{title: msg`SITE`, width: 7, rank: 7, cell: ({site}) => plain(sanitize(site))},
	{title: msg`ENV`, width: 4, rank: 6, cell: ({environment}) => plain(environment)},
	{
		title: msg`DAYS`,
		width: 4,
		rank: 3,
		cell(key, now) {
			const {idle} = lifetimeOf(key, now);
			return idle === null
				? plain(symbols.none)
				: {text: `${idle.daysLeft}d${idle.isCertain ? '' : '?'}`, tone: idle.daysLeft <= 3 ? 'warn' : 'plain'};
		},
	},
	{
		title: msg`MS`,
		width: 5,
		rank: 5,
		cell: ({lastTest}) =>
			plain(typeof lastTest?.latencyMs === 'number' ? String(Math.round(lastTest.latencyMs)) : symbols.none),
	},
	{
		title: msg`TEST`,
		width: 5,
		rank: 2,
		cell({lastTest}, now) {
			if (!lastTest) return plain(symbols.none);
			return {
				text: `${lastTest.ok ? symbols.good : symbols.bad} ${ago(lastTest.at, now)}`,
				tone: lastTest.ok ? 'good' : 'bad',
			};
		},
	},
	{
		title: msg`HEALTH`,
		width: 12,
		rank: 0,
		cell(key, now, duplicates, healthyScore) {
			const {sign, word, tone} = healthOf(key, now, duplicates, healthyScore);
			return {text: `${symbols[sign]} ${word}`, tone};
		},
	},
];

const markWidth = 2;
const widestName = 20;

export const fullWidth =
	usualColumns.reduce((sum, {width}) => sum + width + 1, markWidth - 1) + widestName - usualColumns[0]!.width;

type CellOptions = Parameters<Column['cell']> extends [ShownKey, ...infer Rest] ? Rest : never;

/** The key as a sentence for a screen reader, with the titles of the columns before their cells. */
function spokenRow(key: ShownKey, ...rest: CellOptions): string {
	return usualColumns
		.map(({title, cell}, index) => {
			const cells = [cell(key, ...rest)].flat();
			if (cells.length > 1) return key.permissions.join(' and ');
			const {text} = cells[0]!;
			if (index === 0 || text === symbols.none) return index === 0 ? text : '';
			// A sign before a word only repeats it.
			return `${title().toLowerCase()} ${text.replace(/^[^\p{L}\p{N}]+ (?=\p{L})/u, '')}`;
		})
		.filter(text => text !== '')
		.join(', ');
}

type RowState = {readonly isSelected: boolean; readonly isMarked: boolean};

export type Table = {
	readonly header: Row;
	readonly row: (key: ShownKey, is: RowState) => Row;
};

type TableOptions = {
	readonly now: number;
	readonly duplicates?: Duplicates | undefined;
	readonly healthyScore?: number | undefined;
	readonly isSpoken?: boolean | undefined;
};

/** The columns that fit into `width`: the table drops them by rank, and names take the rest. */
export function tableFor(width: number, options: TableOptions): Table {
	const {header, row} = options.isSpoken ? spokenTable(options) : drawnTable(width, options);
	/** Most rows stay as they are while the selection moves. */
	const usual = new WeakMap<ShownKey, Row>();
	return {
		header,
		row(key, is) {
			if (is.isSelected || is.isMarked) return row(key, is);
			const made = usual.get(key) ?? row(key, is);
			usual.set(key, made);
			return made;
		},
	};
}

function spokenTable({now, duplicates, healthyScore}: TableOptions): Table {
	return {
		header: [],
		row: (key, {isSelected, isMarked}) => [
			isSelected ? {text: `${symbols.selected} `, tone: 'accent'} : ' '.repeat(markWidth),
			isMarked ? t`marked` : '',
			isMarked ? ', ' : '',
			spokenRow(key, now, duplicates, healthyScore),
		],
	};
}

function drawnTable(width: number, {now, duplicates, healthyScore}: TableOptions): Table {
	const byRank = usualColumns.toSorted((a, b) => a.rank - b.rank);
	const shown = new Set<Column>();
	let used = markWidth;
	for (const column of byRank) {
		if (shown.size > 0 && used + column.width + 1 > width) break;
		shown.add(column);
		used += column.width + (shown.size === 1 ? 0 : 1);
	}

	const extra = Math.max(0, Math.min(widestName - usualColumns[0]!.width, width - used));
	const laid = usualColumns
		.filter(column => shown.has(column))
		.map(({title, width, cell}, index) => ({title, cell, width: width + (index === 0 ? extra : 0)}));
	return {
		header: [
			' '.repeat(markWidth),
			{text: laid.map(({title, width}) => padToWidth(title(), width)).join(' '), tone: 'muted'},
		],
		row: (key, {isSelected, isMarked}) => [
			isSelected || isMarked
				? {text: `${isSelected ? symbols.selected : ' '}${isMarked ? symbols.marked : ' '}`, tone: 'accent'}
				: ' '.repeat(markWidth),
			...laid.flatMap(({cell, width}, index): Row => {
				const cells = [cell(key, now, duplicates, healthyScore)].flat();
				const gap = index === 0 ? '' : ' ';
				if (cells.length > 1) return [[gap], cells].flat();
				const {text, tone} = cells[0]!;
				return [gap, {text: padToWidth(text, width), tone: index === 0 && isSelected ? 'selected' : tone}];
			}),
		],
	};
}
