import {AppError} from '../core/errors.ts';
import {siteNames, type SiteName} from '../core/settings/site-names.ts';
import type {Environment} from '../core/key/key.ts';
import {didYouMean, similar} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';

type Site = {
	readonly web: string;
	/** Hosts of the API, the preferred one first. Only these ever see a credential of the site. */
	readonly hosts: readonly [string, ...string[]];
	/** Other accepted names: ids of ccxt, subdomains that hummingbot takes, former hosts and hosts of pages. */
	readonly known: readonly string[];
	readonly near: readonly string[];
};

/** An account lives on one site; the others answer its keys with 50119 (docs/okx-api.md §5). */
export const sites = {
	global: {
		web: 'https://www.okx.com',
		hosts: ['openapi.okx.com', 'www.okx.com'],
		known: ['okx', 'okx.com', 'www', 'aws.okx.com', 'okex', 'okex5', 'okex.com', 'www.okex.com', 'aws.okex.com'],
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
} as const satisfies Readonly<Record<SiteName, Site>>;

/** Hosts outside the exchange that the settings allow to see credentials. */
export type AllowedHosts = readonly string[];

export const sandboxSite = 'sandbox';

function siteOf(name: string): Site | undefined {
	return Object.hasOwn(sites, name) ? sites[name as SiteName] : undefined;
}

function wordsOf(name: SiteName): readonly string[] {
	const {hosts, known}: Site = sites[name];
	return [name, ...hosts, ...known];
}

function hostIn(text: string): string | undefined {
	const url = /[./]/.test(text) ? URL.parse(/^[a-z]+:\/\//.test(text) ? text : `https://${text}`) : null;
	const isPlain =
		url !== null && /^https?:$/.test(url.protocol) && url.port === '' && url.username === '' && url.password === '';
	return isPlain ? url.hostname.replace(/\.$/, '') : undefined;
}

/** Accepts a name in any letter case, a host, a URL on one, and other programs' words. */
export function siteNamed(text: string): SiteName | undefined {
	const word = text.trim().toLowerCase();
	const meant = hostIn(word) ?? word;
	return siteNames.find(name => wordsOf(name).includes(meant));
}

/**
 * Like `siteNamed`, and accepts the sandbox, a loopback URL, which stays as it is, and the URL of an allowed host.
 * Throws `site-unknown` with a guess, or `host-not-allowed`.
 */
export function siteMeant(text: string, allowed: AllowedHosts = []): string {
	const word = text.trim();
	const site = siteNamed(word) ?? (word.toLowerCase() === sandboxSite ? sandboxSite : loopbackUrl(word) && word);
	if (site !== undefined) return site;
	const host = hostOfSite(word);
	if (host !== undefined && allowed.includes(host)) return `https://${host}`;
	const near = nearTo(word.toLowerCase());
	// A host that is nearly one of the exchange's may be meant to be taken for it.
	if (host !== undefined && near.length === 0) throw notAllowed(host, allowed);
	throw unknownSite(text, near);
}

function nearTo(word: string): readonly string[] {
	const near = siteNames.filter(name => (sites[name].near as readonly string[]).includes(word));
	if (near.length > 0) return near;
	return similar(
		hostIn(word) ?? word,
		siteNames.flatMap(name => wordsOf(name)),
	);
}

function unknownSite(site: string, near: readonly string[] = []): AppError<'site-unknown'> {
	return new AppError('site-unknown', {
		site: truncate(sanitize(site.slice(0, 200)).trim(), 60) || '“”',
		known: siteNames.join(', '),
		guess: didYouMean(near),
	});
}

/** A call to 127.0.0.0/8, ::1 or localhost stays inside this machine, over http too. */
export function isLoopback(url: URL): boolean {
	return /^https?:$/.test(url.protocol) && /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/.test(url.hostname);
}

function bareUrl(site: string): URL | undefined {
	const url = URL.parse(site);
	const isBare =
		url !== null &&
		url.pathname === '/' &&
		url.search === '' &&
		url.hash === '' &&
		url.username === '' &&
		url.password === '';
	return isBare ? url : undefined;
}

function loopbackUrl(site: string): URL | undefined {
	const url = bareUrl(site);
	return url && isLoopback(url) ? url : undefined;
}

/** The host of an https URL with nothing else in it, which is none of the exchange or of this machine. */
function hostOfSite(site: string): string | undefined {
	const url = bareUrl(site);
	const isName = url?.protocol === 'https:' && url.port === '' && /\.[a-z][a-z\d-]*$/.test(url.hostname);
	return isName && siteNamed(url.hostname) === undefined ? url.hostname : undefined;
}

function notAllowed(host: string, allowed: AllowedHosts): AppError<'host-not-allowed'> {
	return new AppError('host-not-allowed', {host: truncate(sanitize(host), 60), allowed});
}

/**
 * The base URL of a site's API: the preferred host, a loopback URL as it is, or an allowed host. Throws `site-unknown`
 * or `host-not-allowed`.
 */
export function siteUrl(site: string, allowed: AllowedHosts | 'any' = []): URL {
	const named = siteOf(site);
	const url = named ? new URL(`https://${named.hosts[0]}`) : loopbackUrl(site);
	if (url) return url;
	const host = hostOfSite(site);
	if (host !== undefined && (allowed === 'any' || allowed.includes(host))) return new URL(`https://${host}`);
	if (host !== undefined) throw notAllowed(host, allowed === 'any' ? [] : allowed);
	throw unknownSite(site);
}

export type OtherSite = {readonly site: SiteName; readonly host: string};

/**
 * Each other site with its preferred host, to be asked about a key that its own site does not know (50119); none for a
 * loopback site.
 */
export function otherHosts(site: string): readonly OtherSite[] {
	return siteOf(site)
		? siteNames.filter(name => name !== site).map(name => ({site: name, host: sites[name].hosts[0]}))
		: [];
}

/** False for a host that the settings do not allow, or no more. */
export function mayBeCalled(site: string, allowed: AllowedHosts): boolean {
	const host = hostOfSite(site);
	return host === undefined || siteOf(site) !== undefined || allowed.includes(host);
}

/** Asked for the final URL of every signed call, right before it is sent. */
export function maySeeCredentials(site: string, url: URL, allowed: AllowedHosts = []): boolean {
	if (url.username !== '' || url.password !== '') return false;
	const named = siteOf(site);
	if (named) return url.protocol === 'https:' && url.port === '' && named.hosts.includes(url.hostname);
	if (site === sandboxSite) return isLoopback(url);
	const host = hostOfSite(site);
	if (host !== undefined) return allowed.includes(host) && url.origin === `https://${host}`;
	return loopbackUrl(site)?.origin === url.origin;
}

/** Only an embedded exchange has the web page as an API. */
export function isSandboxSite(site: string): boolean {
	return site === sandboxSite || loopbackUrl(site) !== undefined;
}

/** Where the exchange's support is reached (docs/okx-api.md §4.9). */
export const helpPage = 'https://www.okx.com/help';

/** The page for changes that no API allows (deep links: docs/okx-api.md §4.6); a loopback site itself. */
export function apiPage({site, environment}: {readonly site: string; readonly environment: Environment}): string {
	const named = siteOf(site);
	return named ? `${named.web}/account/my-api?go-${environment}-trading=1` : sanitize(site);
}
