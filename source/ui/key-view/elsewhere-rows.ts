import {wrap} from '../drawing/wrap.ts';
import type {Row} from '../drawing/rows.tsx';

/** Says in a form which of the things that were changed here another program has changed too. */
export function elsewhereRows(fields: readonly string[], columns: number): Row[] {
	if (fields.length === 0) return [];
	return wrap(
		`Another program has changed this key meanwhile: ${fields.join(', ')}. The difference that Enter shows is to what is there now.`,
		columns,
	).map((text): Row => [{text, tone: 'warn'}]);
}
