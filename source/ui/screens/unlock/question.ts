import {shortPath, wrap} from '../../drawing/wrap.ts';
import type {Row} from '../../drawing/runs.ts';
import type {Tone} from '../../drawing/theme.ts';
import {msg, t} from '../../../language/translate.ts';

/** What the breadcrumb calls the screen. */
export const crumb = msg`Unlock`;
export const usualTitle = msg`Unlock your vault`;
export const fieldLabel = msg`Passphrase`;

export function titleRow(title: string, tone: Tone): Row {
	return [{text: title, tone}];
}

export function pathRow(path: string, columns: number): Row {
	return [{text: shortPath(path, columns), tone: 'muted'}];
}

export function paragraph(text: string, tone: Tone, columns: number): Row[] {
	return text === '' ? [] : wrap(text, Math.min(columns, 90)).map(row => [{text: row, tone}]);
}

export function otherWayRows(columns: number): Row[] {
	return paragraph(t`Forgotten? Type or paste the recovery key instead.`, 'muted', columns);
}
