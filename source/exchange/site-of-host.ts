import {siteNames, sites, type SiteName} from './sites.ts';

/**
 * The site of the exchange that a URL lies on, be it the site's API or the pages that a person logs in to; undefined
 * for every other host.
 */
export function siteOfHost(url: URL): SiteName | undefined {
	if (url.protocol !== 'https:' || url.port !== '') return undefined;
	return siteNames.find(name => {
		const hosts: readonly string[] = [new URL(sites[name].web).hostname, ...sites[name].hosts];
		return hosts.includes(url.hostname.replace(/^okx\.com$/, 'www.okx.com'));
	});
}
