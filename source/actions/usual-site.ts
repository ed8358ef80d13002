import {sandboxSite} from '../exchange/sites.ts';
import type {Context} from './context.ts';

/** The site of a key where nothing names one. */
export function usualSite({sandbox, settings}: Pick<Context, 'sandbox' | 'settings'>): string {
	return sandbox ? sandboxSite : settings.get('site');
}
