import type {Clipboard, ClipboardWay} from '../../source/core/terminal/clipboard.ts';

/** A clipboard that remembers all that is done with it: the texts that were put there, and `cleared`. */
export function fakeClipboard(ways: readonly ClipboardWay[] = ['osc52']) {
	const events: string[] = [];
	const clipboard: Clipboard = {
		ways: () => ways,
		put(text) {
			events.push(text);
			return ways;
		},
		clear() {
			events.push('cleared');
		},
	};
	return {clipboard, events};
}
