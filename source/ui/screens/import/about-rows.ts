import type {ImportOutcome} from '../../../actions/import-draft.ts';
import type {ImportPreview} from '../../../actions/import-file.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {truncate} from '../../../core/text/width.ts';
import {t} from '../../../language/translate.ts';
import type {Row} from '../../drawing/rows.tsx';
import {wrap} from '../../drawing/wrap.ts';
import {yesOrNo} from '../../keyboard/bindings.ts';
import {importCounts} from '../../key-view/import-table.ts';

type ImportState = {
	readonly preview: ImportPreview;
	readonly outcomes: readonly ImportOutcome[];
	readonly isDone: boolean;
	readonly isGone: boolean;
	/** Whether the file is about to be overwritten. */
	readonly isAsking: boolean;
	/** Sentences about other copies. */
	readonly copies: readonly string[];
};

/** What stands above the list: the counts, and what there is to say of the file. */
export function aboutRows(state: ImportState, width: number): readonly Row[] {
	const counts: Row = [{text: truncate(importCounts(state.outcomes), width), tone: 'title'}];
	const {tone, words} = wordsAbout(state);
	return [counts, ...words.flatMap(one => wrap(one, width)).map((text): Row => [{text, tone}])];
}

function wordsAbout({preview, isDone, isGone, isAsking, copies}: ImportState): {
	readonly tone: 'warn' | 'muted';
	readonly words: readonly string[];
} {
	const file = sanitize(preview.file);
	if (isAsking) {
		const question = preview.isConfiguration
			? t`Overwrite and delete ${file}? A program that reads it will miss it.`
			: t`Overwrite and delete ${file}?`;
		return {tone: 'warn', words: [question, yesOrNo()]};
	}

	if (!isDone) {
		const hasNew = preview.outcomes.some(({what}) => what === 'new');
		return {
			tone: 'muted',
			words: [t`${file}: ${preview.about}`, ...(hasNew ? [] : [t`There is nothing in it to import.`])],
		};
	}

	const inClear = t`${file} holds secrets in clear: once its keys are here, delete it.`;
	return {tone: 'warn', words: [...(isGone || preview.isEncrypted ? [] : [inClear]), ...copies]};
}
