import {AppError} from '../errors.ts';
import type {Environment} from '../core/key.ts';
import {clean, truncate} from '../core/text.ts';

type Site = {
	/** Where a person logs in. */
	readonly web: string;
	/** The hosts of the API, the one we call first. Only these ever see a credential of the site. */
	readonly hosts: readonly [string, ...string[]];
};

/** The exchange's sites. An account lives on one of them; the others answer its keys with 50119 (okx/api.md §5). */
export const sites = {
	global: {web: 'https://www.okx.com', hosts: ['openapi.okx.com', 'www.okx.com']},
	eea: {web: 'https://my.okx.com', hosts: ['eea.okx.com']},
	us: {web: 'https://app.okx.com', hosts: ['us.okx.com']},
	tr: {web: 'https://tr.okx.com', hosts: ['tr.okx.com']},
} as const satisfies Readonly<Record<string, Site>>;

export type SiteName = keyof typeof sites;

/** For help and completion. */
export const siteNames = Object.keys(sites) as SiteName[];

/** The site of the embedded exchange; where it lies is known once it runs. */
export const sandboxSite = 'sandbox';

function siteNamed(name: string): Site | undefined {
	return Object.hasOwn(sites, name) ? sites[name as SiteName] : undefined;
}

/** What is sent to 127.0.0.0/8, ::1 or localhost stays inside this machine, by http as well as by https. */
export function isLoopback(url: URL): boolean {
	return /^https?:$/.test(url.protocol) && /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/.test(url.hostname);
}

function loopbackUrl(site: string): URL | undefined {
	const url = URL.parse(site);
	const isBare = url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
	return isBare && isLoopback(url) ? url : undefined;
}

/** Where the API of a site lies: a named site's first host, or a loopback URL as it is. Anything else throws `site-unknown`. */
export function siteUrl(site: string): URL {
	const named = siteNamed(site);
	const url = named ? new URL(`https://${named.hosts[0]}`) : loopbackUrl(site);
	if (url) return url;
	throw new AppError('site-unknown', {site: truncate(clean(site.slice(0, 200)), 60), known: siteNames.join(', ')});
}

/** The other named sites, each with the host that is called first: whom to ask about a key that its own site does not know (50119). None for a loopback site. */
export function otherHosts(site: string): readonly {readonly site: SiteName; readonly host: string}[] {
	return siteNamed(site) ? siteNames.filter(name => name !== site).map(name => ({site: name, host: sites[name].hosts[0]})) : [];
}

/** Whether a credential of a site may travel to `url`; asked for the final URL of every signed call, right before it is sent. */
export function maySeeCredentials(site: string, url: URL): boolean {
	if (url.username !== '' || url.password !== '') return false;
	const named = siteNamed(site);
	if (named) return url.protocol === 'https:' && url.port === '' && named.hosts.includes(url.hostname);
	if (site === sandboxSite) return isLoopback(url);
	return loopbackUrl(site)?.origin === url.origin;
}

/** Whether a site is, or may be, an embedded exchange: the only kind that has the page as an API. */
export function isSandboxSite(site: string): boolean {
	return site === sandboxSite || loopbackUrl(site) !== undefined;
}

/** The exchange's own page for API keys (deep links: okx/api.md §4.6); a loopback site has none and is named itself. */
export function apiPage(site: string, environment: Environment): string {
	const named = siteNamed(site);
	return named ? `${named.web}/account/my-api?go-${environment}-trading=1` : clean(site);
}
