import {t} from '../../language/translate.ts';
import {sanitize} from '../text/sanitize.ts';
import type {KeyUse} from './key.ts';

/** Where a key went at one time: to a program, or into a file. */
export function wordsOfUse({by, program}: Pick<KeyUse, 'by' | 'program'>): string {
	if (by === 'copy') return t`${sanitize(program)} (copied)`;
	return by === 'export' ? t`${sanitize(program)} (export)` : sanitize(program);
}
