import {siteNames, type SiteName} from '../core/settings/site-names.ts';
import {sites} from './sites.ts';

/** Knows the hosts of the API and of the pages; undefined for every other host. */
export function siteOfHost(url: URL): SiteName | undefined {
	if (url.protocol !== 'https:' || url.port !== '') return undefined;
	return siteNames.find(name => {
		const hosts: readonly string[] = [new URL(sites[name].web).hostname, ...sites[name].hosts];
		return hosts.includes(url.hostname.replace(/^okx\.com$/, 'www.okx.com'));
	});
}
