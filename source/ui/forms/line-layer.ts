import {insert, pressKey, type LineOptions, type LineState} from '../../core/text/editing/line-editor.ts';

export function lineLayer(
	line: LineState,
	onLine: (change: (line: LineState) => LineState) => void,
	options: LineOptions,
) {
	return {
		rank: 'field' as const,
		takesText: true,
		key(name: string): boolean {
			if (pressKey(line, name, options) === undefined) return false;
			onLine(before => pressKey(before, name, options) ?? before);
			return true;
		},
		text(typed: string): boolean {
			onLine(before => insert(before, typed, options));
			return true;
		},
	};
}
