import type {WireFailure} from '../core/diagnosis.ts';
import {clean} from '../core/text.ts';
import {Secret} from '../core/secret.ts';

/** A proxy that the environment names, and how it is asked. */
export type Proxy = {
	/** `host:port`, to be shown: never with its name and password. */
	readonly place: string;
	/** Node's fetch goes through it only when it is told to. */
	readonly isUsed: boolean;
	readonly protocol: string;
	readonly hostname: string;
	readonly port: number;
	/** What Proxy-Authorization says; undefined where no name and password are given. */
	readonly authorization: Secret | undefined;
};

/** The proxy that the environment names for a URL. */
export type ProxyFor = (url: URL) => Proxy | undefined;

/** What may be told of a proxy. */
export function shownProxy(proxy: Proxy | undefined): WireFailure['proxy'] {
	return proxy && {place: proxy.place, isUsed: proxy.isUsed};
}

type Environment = Readonly<Record<string, string | undefined>>;

const usualPorts: Readonly<Record<string, number>> = {'http:': 80, 'https:': 443, 'socks5:': 1080, 'socks:': 1080};

/**
 * The proxy that the environment names for `url`, by the rules of Node's own fetch: lower-case variables before upper-case
 * ones, HTTP_PROXY for https as well where HTTPS_PROXY names none, and none for what NO_PROXY lists. Where Node is not told
 * to use it, it is named all the same: a person may believe that it is used.
 */
export function proxyFor(url: URL, environment: Environment): Proxy | undefined {
	const plain = environment['http_proxy'] ?? environment['HTTP_PROXY'];
	const safe = environment['https_proxy'] ?? environment['HTTPS_PROXY'];
	const named = url.protocol === 'https:' ? safe || plain : plain;
	const proxy = named ? URL.parse(named) : null;
	const usualPort = usualPorts[proxy?.protocol ?? ''];
	if (!proxy || usualPort === undefined || isExempt(url, environment['no_proxy'] ?? environment['NO_PROXY'] ?? '')) return undefined;
	const port = proxy.port === '' ? usualPort : Number(proxy.port);
	const isUsed = isTold(environment);
	return {
		place: clean(`${proxy.hostname}:${port}`), isUsed, protocol: proxy.protocol, hostname: proxy.hostname.replace(/^\[(.*)\]$/, '$1'), port,
		authorization: isUsed && proxy.username && proxy.password ? new Secret(`Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}`) : undefined,
	};
}

/** Whether Node is told to mind these variables at all. */
function isTold(environment: Environment): boolean {
	return environment['NODE_USE_ENV_PROXY'] === '1' || /(?:^|\s)--use-env-proxy(?:\s|$)/.test(environment['NODE_OPTIONS'] ?? '');
}

/** NO_PROXY: names, each with all names below it and perhaps with a port, or `*` for everything. */
function isExempt(url: URL, list: string): boolean {
	if (list === '*') return true;
	const hostname = url.hostname.toLowerCase();
	const port = url.port === '' ? usualPorts[url.protocol] : Number(url.port);
	return list.split(/[,\s]/).filter(entry => entry !== '').some(entry => {
		const [, name = entry, itsPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
		const exempt = name.replace(/^\*?\./, '').toLowerCase();
		return (itsPort === undefined || Number(itsPort) === 0 || Number(itsPort) === port) && (hostname === exempt || hostname.endsWith(`.${exempt}`));
	});
}

/** What NO_PROXY must say so that calls inside this machine stay inside it: Node would send them, in plain text, to the proxy. Looked at by fetch with each call. */
export function withLoopbackExempt(environment: Environment): string {
	const list = environment['no_proxy'] ?? environment['NO_PROXY'] ?? '';
	return list === '*' ? list : [list, 'localhost', '127.0.0.1', '[::1]'].filter(entry => entry !== '').join(',');
}
