import type {ImportOutcome} from '../../actions/import-draft.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

const verbs: Readonly<Record<ImportOutcome['what'], Translatable>> = {
	stored: msg`stored`,
	new: msg`would be stored`,
	skipped: msg`skipped`,
	elsewhere: msg`left out`,
	refused: msg`not stored`,
};

/** A line for a person, with the new name where the old one was taken, and before anything is stored what for. */
export function outcomeLine({number, name, storedAs = name, site, environment, ...rest}: ImportOutcome): string {
	const {what, cause, fix} = rest;
	const named = name === '' ? t`(no name)` : name;
	const verb = storedAs === name ? verbs[what]() : t`${verbs[what]()} as ${storedAs}`;
	const purpose = what === 'new' && site !== undefined ? ` (${sanitize(site)}, ${environment})` : '';
	return [`${number}. ${named}: ${verb}${purpose}.`, cause, fix].filter(part => part !== '').join(' ');
}

/** Scripts depend on this shape. */
export function outcomeJson(outcome: ImportOutcome) {
	const {number, name, storedAs = null, site = null, environment = null, what, code, cause, fix} = outcome;
	return {entry: number, name, storedAs, site, environment, outcome: what, code, cause, fix};
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
