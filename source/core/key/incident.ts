import {t} from '../../language/translate.ts';
import type {StoredKey} from './key.ts';

/** Continues a sentence that begins with the key's name; undefined once the exchange no longer has the key. */
export function openIncidentWords({status, incident}: Pick<StoredKey, 'status' | 'incident'>): string | undefined {
	if (!incident || incident.step === 'done' || status === 'revoked') return undefined;
	return incident.step === 'read-only'
		? t`may be leaked: it may only read on the exchange now, and is to be deleted there; repeat the incident to go on`
		: t`may be leaked, and may still work on the exchange: repeat the incident to go on`;
}
