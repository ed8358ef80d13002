import {isAppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {isThrottled} from '../exchange/http/retry.ts';
import type {SiteName} from '../core/settings/site-names.ts';
import {otherHosts, type OtherSite} from '../exchange/sites.ts';
import type {Context} from './context.ts';
import {keyInUse} from './keys.ts';
import type {TestResult} from './test-result.ts';
import {t} from '../language/translate.ts';

export type SiteSearchResult = {
	readonly site: SiteName | null;
	readonly unclear: readonly SiteName[];
};

type AskSitesOptions = {
	readonly signal?: AbortSignal | undefined;
	readonly onSite?: (site: OtherSite, answer: 'asking' | 'knows' | 'does-not-know' | 'unclear') => void;
};

/**
 * Asks the exchange's other sites, one after another, whether they know a key, and changes nothing. Each gets a
 * signed call, so the person must agree first.
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

export function siteSearchWords({site, unclear}: SiteSearchResult): string {
	if (site !== null) return t`The site ${site} of the exchange knows this key.`;
	return unclear.length === 0
		? t`No other site of the exchange knows it either: it was deleted, has expired or is mistyped.`
		: t`No other site that answered knows it; could not be asked: ${unclear.join(', ')}.`;
}

/**
 * Adds the site found for each key that its own site does not know; `keys` are those that gave `results`. Each
 * other site gets a signed call, so the person must agree first.
 */
export async function withSitesFound(
	context: Context,
	keys: readonly StoredKey[],
	results: readonly TestResult[],
	{signal, onKey}: {readonly signal: AbortSignal; readonly onKey: (name: string) => void},
): Promise<readonly TestResult[]> {
	const all: TestResult[] = [];
	for (const [index, result] of results.entries()) {
		if (result.offer?.act !== 'try-sites') {
			all.push(result);
			continue;
		}

		onKey(result.name);
		const found = await askOtherSites(context, keys[index]!.id, {signal});
		all.push({
			...result,
			offer: found.site === null ? null : {act: 'use-site', site: found.site},
			fix: siteSearchWords(found),
		});
	}

	return all;
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
