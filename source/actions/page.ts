import type {StoredKey} from '../core/key.ts';
import {apiPage} from '../exchange/sites.ts';

/** The exchange's own page for API keys, where a person changes what no API can. */
export function pageOf({site, environment}: Pick<StoredKey, 'site' | 'environment'>): string {
	return apiPage(site, environment);
}
