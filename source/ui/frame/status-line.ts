import {sanitize} from '../../core/text/sanitize.ts';
import type {StatusMessage} from '../shell/shell.ts';
import {symbols} from '../drawing/theme.ts';
import {limitedRows} from '../drawing/limited-rows.ts';
import {wrap} from '../drawing/wrap.ts';
import type {Row} from '../drawing/rows.tsx';

/** A message as at most so many rows: what happened, then what to do. Never empty, so that the screen does not jump. */
export function statusRows(message: StatusMessage | undefined, columns: number, most: number): Row[] {
	if (!message) return [[]];
	const {text, hint, tone = 'plain'} = message;
	const sign =
		tone === 'bad'
			? `${symbols.bad} `
			: tone === 'good'
				? `${symbols.good} `
				: tone === 'warn'
					? `${symbols.warn} `
					: '';
	const lines = [
		...wrap(`${sign}${sanitize(text)}`, columns).map(text => ({text, tone})),
		...(hint === undefined ? [] : wrap(sanitize(hint), columns).map(text => ({text, tone: 'muted' as const}))),
	];
	return limitedRows(lines, columns, most);
}
