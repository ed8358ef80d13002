import type {ImportOutcome} from '../../actions/import-draft.ts';
import {exits} from '../../core/exit-status.ts';
import {padToWidth, truncate} from '../../core/text/width.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';
import type {Row} from '../drawing/rows.tsx';
import {symbols, type Tone} from '../drawing/theme.ts';

type Words = {readonly sign: string; readonly tone: Tone; readonly words: Translatable};

const results: Readonly<Record<ImportOutcome['what'] | 'renamed' | 'differs', Words>> = {
	new: {sign: symbols.good, tone: 'good', words: msg`new`},
	renamed: {sign: symbols.good, tone: 'good', words: msg`new name`},
	stored: {sign: symbols.good, tone: 'good', words: msg`stored`},
	differs: {sign: symbols.warn, tone: 'warn', words: msg`stored`},
	skipped: {sign: symbols.none, tone: 'muted', words: msg`duplicate`},
	elsewhere: {sign: symbols.none, tone: 'muted', words: msg`left out`},
	refused: {sign: symbols.bad, tone: 'bad', words: msg`refused`},
};

function resultOf({what, name, storedAs = name, code}: ImportOutcome): Words {
	if (what === 'new' && storedAs !== name) return results.renamed;
	return what === 'stored' && code !== exits.ok.status ? results.differs : results[what];
}

const widths = {mark: 2, result: 11, least: 10, most: 32} as const;

/** The rows of an import, before it or after; the name is the one in the vault, where the entry gets one. */
export function importTable(outcomes: readonly ImportOutcome[], columns: number) {
	const longest = outcomes.reduce((most, {storedAs = '', name}) => Math.max(most, storedAs.length, name.length), 0);
	const nameWidth = Math.min(widths.most, Math.max(widths.least, longest), Math.floor(columns / 2) - widths.mark);
	const causeWidth = Math.max(4, columns - widths.mark - nameWidth - widths.result - 2);
	return {
		header: [
			{
				text: `  ${padToWidth(t`NAME`, nameWidth)} ${padToWidth(t`RESULT`, widths.result)} ${t`CAUSE`}`,
				tone: 'muted',
			},
		] as Row,
		row(outcome: ImportOutcome, isSelected: boolean): Row {
			const {name, storedAs = name, cause} = outcome;
			const {sign, tone, words} = resultOf(outcome);
			const shown = storedAs === '' ? t`(no name)` : storedAs;
			return [
				isSelected ? {text: `${symbols.selected} `, tone: 'accent'} : '  ',
				{text: padToWidth(truncate(shown, nameWidth), nameWidth), tone: isSelected ? 'selected' : 'plain'},
				' ',
				{text: padToWidth(`${sign} ${words()}`, widths.result), tone},
				' ',
				{text: truncate(storedAs === name ? cause : t`was ${name}. ${cause}`, causeWidth), tone: 'muted'},
			];
		},
	};
}

/** How many entries have which result, such as “3 new, 1 duplicate”. */
export function importCounts(outcomes: readonly ImportOutcome[]): string {
	const counts = Map.groupBy(outcomes, outcome => resultOf(outcome).words);
	return [...counts].map(([words, some]) => `${some.length} ${words()}`).join(', ');
}
