import {BlockList, isIP} from 'node:net';
import {sanitize} from '../../core/text/sanitize.ts';
import {truncate} from '../../core/text/width.ts';
import {Secret} from '../../core/secret.ts';
import type {NamedProxy} from '../../core/failures/wire-failure.ts';
import {exchangeError} from '../failure.ts';
import {isLoopback} from '../sites.ts';

export type HttpProxy = {
	readonly variable: string;
	/** `host:port` for display, without name and password. */
	readonly address: string;
	readonly protocol: 'http:' | 'https:';
	readonly hostname: string;
	readonly port: number;
	readonly authorization: Secret | undefined;
};

/** Throws AppError `exchange` if the environment names a proxy that cannot be used. */
export type ProxyFor = (url: URL) => HttpProxy | undefined;

type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/** In curl's order. HTTP_PROXY is left out as in curl: in a CGI program it holds a header of the request. */
const variables = {
	'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
	'http:': ['http_proxy', 'all_proxy', 'ALL_PROXY'],
} as const;
/** A host as a URL normalizes it, so that a shell's quotation mark does not match. */
const hostForm = /^(?:[a-z\d._-]+|\[[\da-f:.]+\])$/;
/** A scheme without its slashes would count as a user name; a host called http may have a port. */
const halfScheme = /^(?:https?|socks\d?[ah]?):(?!\/\/|\d+\/?$)/i;
const longestAddress = 80;

export function shownProxy(proxy: HttpProxy | undefined): NamedProxy | undefined {
	return proxy && {address: proxy.address, variable: proxy.variable, ...(proxy.authorization && {isLoggedIn: true})};
}

/**
 * The proxy for `url` by curl's rules: lower-case variables first, an empty one is unset, NO_PROXY and loopback are
 * exempt. Throws AppError `exchange` for an unusable proxy, without its value, which may hold a password.
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
		address: truncate(sanitize(`${proxy.hostname}:${port}`), longestAddress),
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
 * Not parsed as a URL: people write passwords with `#`, `/`, `@` or `%` as they are. The default scheme is http, as in
 * curl.
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

/** RFC 7617; a missing password is empty. */
function basic(userinfo: string): string {
	const [, name = '', word = ''] = /^([^:]*):?(.*)$/s.exec(userinfo) ?? [];
	return `Basic ${Buffer.concat([decoded(name), Buffer.from(':'), decoded(word)]).toString('base64')}`;
}

function decoded(text: string): Buffer {
	const bytes = Buffer.from(text).toString('latin1');
	return Buffer.from(
		bytes.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
		'latin1',
	);
}

/** NO_PROXY lists names (each with its subdomains), addresses and networks, each with an optional port, or `*`. */
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
