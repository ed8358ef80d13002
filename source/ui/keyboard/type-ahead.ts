import {useRef} from 'react';
import {isTyped} from '../../core/text/editing/line-editor.ts';
import {useLayer} from './layers.ts';

/** Milliseconds after the last letter of a passphrase in which one more may follow. */
const pauseMs = 1000;

/**
 * Keeps letters of a passphrase from acting as shortcuts, such as revoking a key, when the vault opened by itself
 * during typing. They are swallowed from `since` on, until a pause or Enter; `onSwallowed` is called for each.
 */
export function useTypeAhead(since: number, now: () => number, onSwallowed: () => void): void {
	const last = useRef(-Infinity);
	const end = useRef(-Infinity);
	const isExpected = () => end.current < since && now() < Math.max(since, last.current) + pauseMs;
	const swallow = () => {
		last.current = now();
		onSwallowed();
		return true;
	};
	useLayer({
		rank: 'field',
		key(name) {
			if (!isExpected()) return false;
			if (isTyped(name)) return swallow();
			if (name !== 'return' || last.current < since) return false;
			end.current = since;
			return true;
		},
		paste: () => isExpected() && swallow(),
	});
}
