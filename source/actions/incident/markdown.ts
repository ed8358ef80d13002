import type {IncidentReport, Section} from './report.ts';
import {sectionsOf} from './sections.ts';

/** The report for the exchange's support: without what is left to do, which is about other keys and places here. */
export function reportMarkdown(report: IncidentReport): string {
	return `${sectionsOf(report)
		.filter(({tasks}) => !tasks)
		.map((section, index) =>
			[`${index === 0 ? '#' : '##'} ${escaped(section.title)}`, ...blocksOf(section)].join('\n\n'),
		)
		.join('\n\n')}\n`;
}

function blocksOf({text = [], facts, table}: Section): readonly string[] {
	return [
		...text.map(paragraph => escaped(paragraph)),
		...(facts ? [facts.map(([name, value]) => `- **${escaped(name)}:** ${escaped(value)}`).join('\n')] : []),
		...(table ? [[row(table.headings), row(table.headings.map(() => '---')), ...table.rows.map(row)].join('\n')] : []),
	];
}

function row(cells: readonly string[]): string {
	return `| ${cells.map(cell => (cell === '---' ? cell : escaped(cell))).join(' | ')} |`;
}

/** Texts of the exchange and of the vault must not become markup; links stay what they are. */
function escaped(text: string): string {
	return text.replaceAll(/[\\`*_[\]<>|]/g, character => `\\${character}`);
}
