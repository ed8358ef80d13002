import type {Section} from '../../../actions/incident/report.ts';
import {padToWidth, width} from '../../../core/text/width.ts';
import type {Row} from '../../drawing/rows.tsx';
import {wrap} from '../../drawing/wrap.ts';

const indent = '  ';
const gap = '  ';
/** Of a table, so many columns are kept however narrow the screen is. */
const leastColumns = 3;

/** The sections of a report, one below the other. */
export function sectionRows(sections: readonly Section[], columns: number): readonly Row[] {
	return sections.flatMap((section, index) => [...(index === 0 ? [] : [[]]), ...rowsOf(section, columns)]);
}

function rowsOf({title, text = [], facts = [], table, tasks = []}: Section, columns: number): readonly Row[] {
	const inside = columns - indent.length;
	return [
		...wrap(title, columns).map((line): Row => [{text: line, tone: 'title'}]),
		...text.flatMap(paragraph => wrap(paragraph, inside).map((line): Row => [indent, line])),
		...factRows(facts, inside),
		...(table ? tableRows(table, inside) : []),
		...tasks.flatMap(task =>
			wrap(task, inside - 4).map((line, at): Row => [indent, {text: at === 0 ? '[ ] ' : '    ', tone: 'warn'}, line]),
		),
	];
}

function factRows(facts: NonNullable<Section['facts']>, columns: number): readonly Row[] {
	const label = Math.max(0, ...facts.map(([name]) => width(name)));
	return facts.flatMap(([name, value]) =>
		wrap(value, Math.max(10, columns - label - gap.length)).map((line, at): Row => [
			indent,
			{text: padToWidth(at === 0 ? name : '', label) + gap, tone: 'muted'},
			line,
		]),
	);
}

/** The last columns are left out where they do not fit; the report has them. */
function tableRows({headings, rows}: NonNullable<Section['table']>, columns: number): readonly Row[] {
	const widths = headings.map((heading, at) => Math.max(width(heading), ...rows.map(row => width(row[at] ?? ''))));
	let kept = headings.length;
	const total = (count: number) => widths.slice(0, count).reduce((sum, wide) => sum + wide + gap.length, -gap.length);
	while (kept > leastColumns && total(kept) > columns) kept--;
	const line = (cells: readonly string[]) =>
		indent +
		cells
			.slice(0, kept)
			.map((cell, at) => (at === kept - 1 ? cell : padToWidth(cell, widths[at]!) + gap))
			.join('');
	return [[{text: line(headings), tone: 'muted'}], ...rows.map((row): Row => [line(row)])];
}
