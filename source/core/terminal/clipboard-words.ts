import {t} from '../../language/translate.ts';
import {isOfTerminal, type ClipboardWay} from './clipboard.ts';

/** Where a text went. What a terminal does with it cannot be known. */
export function clipboardWords(ways: readonly ClipboardWay[]): string {
	const tool = ways.find(way => !isOfTerminal(way));
	if (tool === undefined) return t`sent to your terminal`;
	return ways.some(way => isOfTerminal(way)) ? t`sent to your terminal and to ${tool}` : t`sent to ${tool}`;
}
