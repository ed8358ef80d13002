import {AppError} from '../core/errors.ts';
import type {Environment} from '../core/key.ts';
import {didYouMean, similar} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';

type Site = {
	/** Where a person logs in. */
	readonly web: string;
	/** The hosts of the API, the one we call first. Only these ever see a credential of the site. */
	readonly hosts: readonly [string, ...string[]];
	/**
	 * What else people call it: ids of ccxt, the sub domains that hummingbot takes, hosts of its pages, of former
	 * times or of other programs.
	 */
	readonly known: readonly string[];
	/** What people may type who know none of these; only for a hint. */
	readonly near: readonly string[];
};

/**
 * The exchange's sites. An account lives on one of them; the others answer its keys with 50119 (docs/okx-api.md §5).
 */
export const sites = {
	global: {
		web: 'https://www.okx.com',
		hosts: ['openapi.okx.com', 'www.okx.com'],
		known: ['okx', 'okx.com', 'www', 'aws.okx.com'],
		near: ['main', 'prod', 'international', 'world'],
	},
	eea: {
		web: 'https://my.okx.com',
		hosts: ['eea.okx.com'],
		known: ['myokx', 'my', 'my.okx.com'],
		near: ['eu', 'europe'],
	},
	us: {
		web: 'https://app.okx.com',
		hosts: ['us.okx.com'],
		known: ['okxus', 'app', 'app.okx.com'],
		near: ['usa', 'america', 'australia', 'au'],
	},
	tr: {web: 'https://tr.okx.com', hosts: ['tr.okx.com'], known: [], near: ['turkey', 'turkiye', 'türkiye']},
} as const satisfies Readonly<Record<string, Site>>;

export type SiteName = keyof typeof sites;

/** For help and completion. */
export const siteNames = Object.keys(sites) as SiteName[];

/** The site of the embedded exchange; where it lies is known once it runs. */
export const sandboxSite = 'sandbox';

function siteOf(name: string): Site | undefined {
	return Object.hasOwn(sites, name) ? sites[name as SiteName] : undefined;
}

/** Every word that means a site. */
function wordsOf(name: SiteName): readonly string[] {
	const {hosts, known}: Site = sites[name];
	return [name, ...hosts, ...known];
}

/** A text that is, or begins with, the name of a host: with or without a scheme, a path, a query. */
function hostIn(text: string): string | undefined {
	const url = /[./]/.test(text) ? URL.parse(/^[a-z]+:\/\//.test(text) ? text : `https://${text}`) : null;
	const isPlain =
		url !== null && /^https?:$/.test(url.protocol) && url.port === '' && url.username === '' && url.password === '';
	return isPlain ? url.hostname.replace(/\.$/, '') : undefined;
}

/**
 * The named site that a person means by its name in any letter case, by one of its hosts, a URL on one of them, or
 * another program's word for it.
 */
export function siteNamed(text: string): SiteName | undefined {
	const word = text.trim().toLowerCase();
	const meant = hostIn(word) ?? word;
	return siteNames.find(name => wordsOf(name).includes(meant));
}

/**
 * As `siteNamed`, also for the sandbox and a loopback URL, which stays as it is. Throws `site-unknown`, with what may
 * have been meant.
 */
export function siteMeant(text: string): string {
	const word = text.trim();
	const site = siteNamed(word) ?? (word.toLowerCase() === sandboxSite ? sandboxSite : loopbackUrl(word) && word);
	if (site !== undefined) return site;
	const lower = word.toLowerCase();
	const near = siteNames.filter(name => (sites[name].near as readonly string[]).includes(lower));
	throw unknownSite(
		text,
		near.length > 0
			? near
			: similar(
					hostIn(lower) ?? lower,
					siteNames.flatMap(name => wordsOf(name)),
				),
	);
}

function unknownSite(site: string, near: readonly string[] = []): AppError<'site-unknown'> {
	return new AppError('site-unknown', {
		site: truncate(sanitize(site.slice(0, 200)), 60),
		known: siteNames.join(', '),
		guess: didYouMean(near),
	});
}

/** What is sent to 127.0.0.0/8, ::1 or localhost stays inside this machine, by http as well as by https. */
export function isLoopback(url: URL): boolean {
	return /^https?:$/.test(url.protocol) && /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/.test(url.hostname);
}

function loopbackUrl(site: string): URL | undefined {
	const url = URL.parse(site);
	const isBare =
		url !== null &&
		url.pathname === '/' &&
		url.search === '' &&
		url.hash === '' &&
		url.username === '' &&
		url.password === '';
	return isBare && isLoopback(url) ? url : undefined;
}

/**
 * Where the API of a site lies: a named site's first host, or a loopback URL as it is. Anything else throws
 * `site-unknown`.
 */
export function siteUrl(site: string): URL {
	const named = siteOf(site);
	const url = named ? new URL(`https://${named.hosts[0]}`) : loopbackUrl(site);
	if (url) return url;
	throw unknownSite(site);
}

export type OtherSite = {readonly site: SiteName; readonly host: string};

/**
 * The other named sites, each with the host that is called first: whom to ask about a key that its own site does not
 * know (50119). None for a loopback site.
 */
export function otherHosts(site: string): readonly OtherSite[] {
	return siteOf(site)
		? siteNames.filter(name => name !== site).map(name => ({site: name, host: sites[name].hosts[0]}))
		: [];
}

/**
 * Whether a credential of a site may travel to `url`; asked for the final URL of every signed call, right before it
 * is sent.
 */
export function maySeeCredentials(site: string, url: URL): boolean {
	if (url.username !== '' || url.password !== '') return false;
	const named = siteOf(site);
	if (named) return url.protocol === 'https:' && url.port === '' && named.hosts.includes(url.hostname);
	if (site === sandboxSite) return isLoopback(url);
	return loopbackUrl(site)?.origin === url.origin;
}

/** Whether a site is, or may be, an embedded exchange: the only kind that has the page as an API. */
export function isSandboxSite(site: string): boolean {
	return site === sandboxSite || loopbackUrl(site) !== undefined;
}

/**
 * The exchange's own page for API keys, where a person changes what no API can (deep links: docs/okx-api.md §4.6); a
 * loopback site has none and is named itself.
 */
export function apiPage({site, environment}: {readonly site: string; readonly environment: Environment}): string {
	const named = siteOf(site);
	return named ? `${named.web}/account/my-api?go-${environment}-trading=1` : sanitize(site);
}
