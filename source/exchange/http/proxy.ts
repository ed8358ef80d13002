import {BlockList, isIP} from 'node:net';
import {sanitize} from '../../core/text/sanitize.ts';
import {truncate} from '../../core/text/width.ts';
import {Secret} from '../../core/secret.ts';
import type {NamedProxy} from '../../core/wire-failure.ts';
import {exchangeError} from '../failure.ts';
import {isLoopback} from '../sites.ts';

/** A proxy that the environment names, and that calls go through. */
export type HttpProxy = {
	/** The variable that names it. */
	readonly variable: string;
	/** `host:port`, to be shown: never with its name and password. */
	readonly place: string;
	readonly protocol: 'http:' | 'https:';
	readonly hostname: string;
	readonly port: number;
	/** What Proxy-Authorization says; undefined where no name and password are given. */
	readonly authorization: Secret | undefined;
};

/**
 * The proxy that calls to a URL go through, if any. Throws AppError `exchange` where one is named that cannot be
 * used.
 */
export type ProxyFor = (url: URL) => HttpProxy | undefined;

type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * In the order in which curl looks at them. HTTP_PROXY is left out as curl leaves it out: in a CGI program it holds a
 * header of the request.
 */
const variables = {
	'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
	'http:': ['http_proxy', 'all_proxy', 'ALL_PROXY'],
} as const;
/**
 * What is left of a host's name once a URL has made it small and ASCII; a quotation mark that belongs to a shell is
 * no part of it.
 */
const hostForm = /^(?:[a-z\d._-]+|\[[\da-f:.]+\])$/;
/** A scheme whose slashes are missing, which would count as a user name; a host called http may have a port. */
const halfScheme = /^(?:https?|socks\d?[ah]?):(?!\/\/|\d+\/?$)/i;
const longestPlace = 80;

/** What may be told of a proxy. */
export function shownProxy(proxy: HttpProxy | undefined): NamedProxy | undefined {
	return proxy && {place: proxy.place, variable: proxy.variable, ...(proxy.authorization && {isLoggedIn: true})};
}

/**
 * The proxy that the environment names for `url`, by the rules of curl: lower-case variables before upper-case ones,
 * an empty
 * one counts as none, and none for what NO_PROXY lists. Nothing inside this machine ever goes through a proxy. Throws
 * AppError
 * `exchange` for a proxy that cannot be used; the value, which may hold a password, is in no message.
 */
export function proxyFor(url: URL, environment: ProxyEnvironment): HttpProxy | undefined {
	const valueOf = (name: string) => environment[name]?.trim() || undefined;
	const variable = isLoopback(url)
		? undefined
		: variables[url.protocol === 'https:' ? 'https:' : 'http:'].find(name => valueOf(name) !== undefined);
	if (variable === undefined || isExempt(url, valueOf('no_proxy') ?? valueOf('NO_PROXY') ?? '')) return undefined;

	const value = valueOf(variable)!;
	const {scheme, userinfo, authority} = partsOf(value);
	const unusable = (problem: NonNullable<NamedProxy['problem']>) =>
		exchangeError({kind: 'proxy', host: url.host, proxy: {variable, problem}});
	if (halfScheme.test(value)) throw unusable('value');
	if (scheme.startsWith('socks')) throw unusable('socks');
	if (scheme !== 'http' && scheme !== 'https') throw unusable('scheme');
	const proxy = /\s/.test(authority) ? null : URL.parse(`${scheme}://${authority}`);
	if (!proxy || !hostForm.test(proxy.hostname) || proxy.pathname !== '/' || proxy.port === '0') throw unusable('value');
	const port = proxy.port === '' ? (scheme === 'https' ? 443 : 80) : Number(proxy.port);
	return {
		variable,
		place: truncate(sanitize(`${proxy.hostname}:${port}`), longestPlace),
		protocol: `${scheme}:`,
		hostname: bare(proxy.hostname),
		port,
		authorization: userinfo === '' ? undefined : new Secret(basic(userinfo)),
	};
}

function bare(hostname: string): string {
	return hostname.replace(/^\[(.*)\]$/, '$1');
}

/**
 * Whether Node was told to let its own fetch use the proxies of the environment, which it reads by rules of its own.
 */
export function isFetchProxied(environment: ProxyEnvironment, execArgv: readonly string[]): boolean {
	return (
		Boolean(environment['NODE_USE_ENV_PROXY']) ||
		[...execArgv, environment['NODE_OPTIONS'] ?? ''].some(words => /use[-_]env[-_]proxy/.test(words))
	);
}

/**
 * Cut by hand and not by a URL's rules: people write passwords with `#`, `/`, `@` or `%` as they are. Without a
 * scheme it is http, as for curl.
 */
function partsOf(value: string) {
	const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/is.exec(value) ?? [];
	const at = rest.lastIndexOf('@');
	return {
		scheme: scheme.toLowerCase(),
		userinfo: rest.slice(0, Math.max(at, 0)),
		authority: rest.slice(at + 1).replace(/[/?#].*$/s, ''),
	};
}

/** RFC 7617; a name without a password has an empty one. */
function basic(userinfo: string): string {
	const [, name = '', word = ''] = /^([^:]*):?(.*)$/s.exec(userinfo) ?? [];
	return `Basic ${Buffer.concat([decoded(name), Buffer.from(':'), decoded(word)]).toString('base64')}`;
}

/** Percent-encoding undone where there is any: a stray `%` stands for itself. */
function decoded(text: string): Buffer {
	const bytes = Buffer.from(text).toString('latin1');
	return Buffer.from(
		bytes.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
		'latin1',
	);
}

/**
 * NO_PROXY: names, each with all names below it, addresses and networks, each perhaps with a port; or `*` for
 * everything.
 */
function isExempt(url: URL, list: string): boolean {
	const host = bare(url.hostname).toLowerCase().replace(/\.$/, '');
	const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
	return list
		.split(/[,\s]+/)
		.filter(entry => entry !== '')
		.some(entry => {
			// An IPv6 address without brackets has colons but no port.
			const [, bracketed, plain, itsPort] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
			const isItsPort = itsPort === undefined || Number(itsPort) === 0 || Number(itsPort) === port;
			return entry === '*' || (isItsPort && covers(bracketed ?? plain ?? entry, host));
		});
}

function covers(entry: string, host: string): boolean {
	if (isIP(host) !== 0) return coversAddress(entry, host);
	const name = entry
		.toLowerCase()
		.replace(/^\*?\./, '')
		.replace(/\.$/, '');
	return name !== '' && (host === name || host.endsWith(`.${name}`));
}

function coversAddress(entry: string, address: string): boolean {
	const [network = '', length] = entry.split('/');
	const bits = isIP(network) === 6 ? 128 : 32;
	const prefix = length === undefined ? bits : /^\d+$/.test(length) ? Number(length) : -1;
	if (isIP(network) !== isIP(address) || prefix < 0 || prefix > bits) return false;
	const family = bits === 128 ? 'ipv6' : 'ipv4';
	const covered = new BlockList();
	covered.addSubnet(network, prefix, family);
	return covered.check(address, family);
}
