import {isAppError} from '../core/errors.ts';
import {isThrottled} from '../exchange/http/retry.ts';
import {otherHosts, type OtherSite, type SiteName} from '../exchange/sites.ts';
import type {Context} from './context.ts';
import {keyInUse} from './keys.ts';

export type SiteSearchResult = {
	/** The site that knows the key; null when none that could be asked does. */
	readonly site: SiteName | null;
	/** Those that could not be asked. */
	readonly unclear: readonly SiteName[];
};

type AskSitesOptions = {
	readonly signal?: AbortSignal | undefined;
	readonly onSite?: (site: OtherSite, answer: 'asking' | 'knows' | 'does-not-know' | 'unclear') => void;
};

/**
 * Asks the exchange's other sites, one after another, whether they know a key: each is sent a signed call, so a
 * person is to be asked first. Any answer but “no such key” shows that the site knows it. Changes nothing.
 */
export async function askOtherSites(
	context: Context,
	id: string,
	{signal, onSite}: AskSitesOptions = {},
): Promise<SiteSearchResult> {
	const {environment, credential, ...key} = keyInUse(context.vault.read(), id);
	const unclear: SiteName[] = [];
	for (const other of otherHosts(key.site)) {
		signal?.throwIfAborted();
		onSite?.(other, 'asking');
		const answer = await context.exchange
			.call('config', {}, {site: other.site, environment, credential}, {signal, correctClock: false})
			.then(
				() => 'knows' as const,
				(error: unknown) => answerOf(error, signal),
			);
		onSite?.(other, answer);
		if (answer === 'knows') return {site: other.site, unclear};
		if (answer === 'unclear') unclear.push(other.site);
	}

	return {site: null, unclear};
}

/** Refusals that come only after a site has found the key (docs/okx-api.md §6). */
const knowing = new Set(['50100', '50101', '50105', '50110', '50113', '50120', '50124', '50030', '50114', '50035']);

function answerOf(error: unknown, signal: AbortSignal | undefined): 'knows' | 'does-not-know' | 'unclear' {
	signal?.throwIfAborted();
	if (!isAppError(error, 'exchange') || !error.details.failure) throw error;
	const {failure} = error.details;
	if (failure.kind !== 'code' || isThrottled(failure)) return 'unclear';
	if (knowing.has(failure.exchangeCode ?? '')) return 'knows';
	return failure.exchangeCode === '50119' || failure.exchangeCode === '50111' ? 'does-not-know' : 'unclear';
}
