import {listed, t} from '../../language/translate.ts';
import {formatDay} from '../text/time.ts';
import type {Freeze} from './key.ts';

/** Continues a sentence that begins with the key's name. */
export function frozenWords({at, readOnly}: Freeze): string {
	const day = formatDay(at);
	if (!readOnly) return t`has been frozen since ${day}, so nothing may use it`;
	const before = listed(readOnly.before.live);
	return {
		setting: t`has been frozen since ${day}; setting Read only on the exchange was not finished: freeze it so again, or
			thaw it`,
		set: t`has been frozen since ${day}, and may only read on the exchange; thawing it sets ${before} back`,
		lifting: t`has been frozen since ${day}; setting ${before} back on the exchange was not finished: thaw it again`,
	}[readOnly.state];
}
