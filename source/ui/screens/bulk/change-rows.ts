import type {Change} from '../../../actions/edit-plan.ts';
import {failureWords} from '../../../actions/several.ts';
import type {StatusDifference} from '../../../actions/statuses.ts';
import type {AppError} from '../../../core/errors.ts';
import {fieldWord} from '../../../core/key/field-words.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import type {Row} from '../../drawing/rows.tsx';
import {symbols} from '../../drawing/theme.ts';
import {wrap} from '../../drawing/wrap.ts';
import {msg, t, type Translatable} from '../../../language/translate.ts';

const whereWords: Readonly<Record<Change['where'], Translatable>> = {
	vault: msg`in this vault`,
	exchange: msg`on the exchange, at once`,
	declared: msg`declared in this vault only`,
};

type PlannedKey = {
	readonly name: string;
	/** None for a key that is as wanted already. */
	readonly changes: readonly (Change | StatusDifference)[];
	/** Why it cannot be changed so. */
	readonly error: AppError | undefined;
};

/** What would change of one of several keys. */
export function changeRows({name, changes, error}: PlannedKey, width: number): Row[] {
	const shown = sanitize(name);
	if (error) return textRows(`${symbols.bad} ${failureWords(name, error)}`, width, 'bad');
	if (changes.length === 0) return textRows(`${symbols.none} ${t`${shown}: nothing changes`}`, width, 'muted');
	return [
		[{text: `  ${shown}`, tone: 'plain'}],
		...changes.flatMap(({field, from, to, where}): Row[] => [
			[
				`    ${fieldWord(field)}  `,
				{text: whereWords[where](), tone: where === 'vault' ? 'muted' : where === 'exchange' ? 'warn' : 'accent'},
			],
			...valueRows('-', from, width, 'muted'),
			...valueRows('+', to, width, 'plain'),
		]),
	];
}

function valueRows(sign: string, text: string, width: number, tone: 'muted' | 'plain'): Row[] {
	return wrap(sanitize(text) || t`nothing`, Math.max(8, width - 8)).map((line, index): Row => [
		{text: `      ${index === 0 ? sign : ' '} `, tone: 'muted'},
		{text: line, tone},
	]);
}

export function textRows(text: string, width: number, tone: 'bad' | 'muted' | 'warn'): Row[] {
	return wrap(text, width - 2).map((line, index): Row => [{text: `${index === 0 ? '' : '  '}${line}`, tone}]);
}
