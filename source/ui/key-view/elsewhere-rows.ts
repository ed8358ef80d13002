import {wrap} from '../drawing/wrap.ts';
import type {Row} from '../drawing/rows.tsx';
import {t} from '../../language/translate.ts';

/** Warns in a form that another program has changed fields that were edited here. */
export function elsewhereRows(fields: readonly string[], columns: number): Row[] {
	if (fields.length === 0) return [];
	return wrap(
		t`Another program has changed this key meanwhile: ${fields.join(', ')}. Enter shows the difference from its
			current state.`,
		columns,
	).map((text): Row => [{text, tone: 'warn'}]);
}
