import type {ShownKey} from '../../../core/key/operation.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {truncate} from '../../../core/text/width.ts';
import type {Row} from '../../drawing/rows.tsx';
import {t} from '../../../language/translate.ts';

/** How many keys there are, and as many of their names as fit. */
export function namesRow(keys: readonly ShownKey[], columns: number): Row {
	const count = keys.length === 1 ? t`${keys.length} key` : t`${keys.length} keys`;
	// More names than cells never fit.
	const names = keys.slice(0, columns).map(({name}) => sanitize(name));
	return [{text: truncate(t`${count}: ${names.join(', ')}`, columns), tone: 'title'}];
}

/** What the keys have now, the most frequent first: `eu (3), night (1)`. */
export function countedRow(label: string, values: readonly string[], columns: number): Row {
	const counts = Map.groupBy(values, value => value);
	const words = [...counts]
		.toSorted(([, one], [, other]) => other.length - one.length)
		.slice(0, columns)
		.map(([value, all]) => t`${sanitize(value)} (${all.length})`);
	return [{text: truncate(`${label}: ${words.length === 0 ? t`none` : words.join(', ')}`, columns), tone: 'muted'}];
}
