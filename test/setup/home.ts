import {sites} from '../../source/exchange/sites.ts';

const own: ReadonlySet<string> = new Set(
	Object.values(sites).flatMap(({hosts}) => hosts.map(host => `https://${host}`)),
);

/**
 * Whether a host may see a credential in a test: one of the exchange, which leads to this machine, or this machine
 * itself.
 */
export function isHome(origin: string): boolean {
	return own.has(origin) || /^https?:\/\/(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)(?::\d+)?$/.test(origin);
}

/** Whether a request carries any part of a credential. */
export function isSigned({headers}: {readonly headers: unknown}): boolean {
	return /ok-access-(?:key|sign|passphrase)/i.test(JSON.stringify(headers));
}
