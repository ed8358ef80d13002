import {sanitize} from './sanitize.ts';

/** Shows enough of both ends to tell two identifiers apart, never the whole. */
export function mask(identifier: string): string {
	if (identifier === '') return '';
	return identifier.length < 12 ? '••••' : `${sanitize(identifier.slice(0, 4))}••••${sanitize(identifier.slice(-4))}`;
}
