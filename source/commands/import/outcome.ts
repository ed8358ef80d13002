import type {ImportOutcome} from '../../actions/import-draft.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

const verbs: Readonly<Record<ImportOutcome['what'], Translatable>> = {
	stored: msg`stored`,
	new: msg`would be stored`,
	skipped: msg`skipped`,
	elsewhere: msg`left out`,
	refused: msg`not stored`,
};

/** A line for a person, with the new name where the old one was taken. */
export function outcomeLine({number, name, storedAs = name, what, cause, fix}: ImportOutcome): string {
	const verb = verbs[what]();
	const named = name === '' ? t`(no name)` : name;
	const first = storedAs === name ? `${number}. ${named}: ${verb}.` : t`${number}. ${named}: ${verb} as ${storedAs}.`;
	return [first, cause, fix].filter(part => part !== '').join(' ');
}

/** Scripts depend on this shape. */
export function outcomeJson({number, name, storedAs, what, code, cause, fix}: ImportOutcome) {
	return {entry: number, name, storedAs: storedAs ?? null, outcome: what, code, cause, fix};
}

export function summary(outcomes: readonly ImportOutcome[], isDryRun: boolean): string {
	const count = (wanted: ImportOutcome['what']) => outcomes.filter(({what}) => what === wanted).length;
	const elsewhere = count('elsewhere');
	const parts = [
		isDryRun
			? t`${count('new')} of ${outcomes.length} would be stored`
			: t`${count('stored')} of ${outcomes.length} stored`,
		t`${count('skipped')} here already`,
		...(elsewhere > 0 ? [t`${elsewhere} left out`] : []),
		t`${count('refused')} refused`,
	];
	return `${parts.join(', ')}.`;
}
