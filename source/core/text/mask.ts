import {clean} from './sanitize.ts';

/** Masks an identifier: enough of both ends to tell two apart, never the whole. */
export function mask(identifier: string): string {
	if (identifier === '') return '';
	return identifier.length < 12 ? '••••' : `${clean(identifier.slice(0, 4))}••••${clean(identifier.slice(-4))}`;
}
