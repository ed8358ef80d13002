import {useRef} from 'react';
import {isTyped} from '../../core/text/line-editor.ts';
import {useLayer} from './layers.ts';

/** How long after the last letter of a passphrase one more may come, ms. */
const pauseMs = 1000;

/**
 * Keeps the letters of a passphrase from being shortcuts. Where the vault opens by itself, somebody may be typing one
 * all the same, and some of its letters would revoke a key and say yes. They are swallowed from `since` on, until
 * none has come for a while, or with the Enter after them. `onSwallowed` is told of each.
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
