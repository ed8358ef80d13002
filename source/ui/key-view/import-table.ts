import type {ImportOutcome} from '../../actions/import-draft.ts';
import {exits} from '../../core/exit-status.ts';
import {sanitize} from '../../core/text/sanitize.ts';
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

const widths = {mark: 2, result: 11, site: 13, siteName: 7, least: 10, most: 32} as const;
/** Columns that the site needs beside the rest. */
const leastWithSite = 56;

/** The rows of an import, before it or after; the name is the one in the vault, where the entry gets one. */
export function importTable(outcomes: readonly ImportOutcome[], columns: number) {
	const longest = outcomes.reduce((most, {storedAs = '', name}) => Math.max(most, storedAs.length, name.length), 0);
	const siteWidth = columns < leastWithSite ? 0 : widths.site + 1;
	const mostOfName = Math.floor((columns - siteWidth) / 2) - widths.mark;
	const nameWidth = Math.min(widths.most, Math.max(widths.least, longest), mostOfName);
	const causeWidth = Math.max(4, columns - widths.mark - nameWidth - widths.result - siteWidth - 2);
	const inSite = (text: string) => (siteWidth === 0 ? '' : `${padToWidth(text, widths.site)} `);
	const titles = [padToWidth(t`NAME`, nameWidth), padToWidth(t`RESULT`, widths.result), inSite(t`SITE`) + t`CAUSE`];
	return {
		header: [{text: `  ${titles.join(' ')}`, tone: 'muted'}] as Row,
		row(outcome: ImportOutcome, isSelected: boolean): Row {
			const {name, storedAs = name, site, environment, cause} = outcome;
			const {sign, tone, words} = resultOf(outcome);
			const shown = storedAs === '' ? t`(no name)` : storedAs;
			return [
				isSelected ? {text: `${symbols.selected} `, tone: 'accent'} : '  ',
				{text: padToWidth(truncate(shown, nameWidth), nameWidth), tone: isSelected ? 'selected' : 'plain'},
				' ',
				{text: padToWidth(`${sign} ${words()}`, widths.result), tone},
				` ${inSite(site === undefined ? '' : `${truncate(sanitize(site), widths.siteName)}, ${environment}`)}`,
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
