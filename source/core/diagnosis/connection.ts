import type {Exit} from '../exit-status.ts';
import {suggestedCommand} from '../invocation.ts';
import {exitByStatus, quotedMessage, waitAdvice, type DiagnosisRow} from './row.ts';
import type {WireFailure} from '../failures/wire-failure.ts';
import {proxyName, proxyWords} from './proxy.ts';
import {redirected} from './redirect.ts';
import {tlsFailures, tlsInWords} from './tls.ts';
import {msg, t} from '../../language/translate.ts';

type FailureKind = Exclude<WireFailure['kind'], 'code'>;

function taker({host, proxy}: WireFailure): string {
	return proxy ? proxyName(proxy).replace('the', 'The') : host;
}

/** Such as `The connection to my.okx.com through the proxy …`. */
function through(what: string, {proxy}: WireFailure): string {
	return proxy ? t`${what} through ${proxyName(proxy)}` : what;
}

/** `clause` ends with a web page. */
function beginning(clause: string, {message}: WireFailure): string {
	return message === undefined || message === '' ? clause : t`${clause}, which begins “${message}”`;
}

type Page = {
	readonly exit: Exit;
	readonly cause: (failure: WireFailure) => string;
	readonly fix: (failure: WireFailure) => string;
};

/** Kinds of web page that arrive instead of data; only the HTTP status tells them apart (511: RFC 6585 §6). */
const pages = {
	portal: {
		exit: 'network',
		cause: failure =>
			t`${beginning(
				t`${failure.host} answered with a web page instead of data (HTTP ${failure.httpStatus ?? '?'})`,
				failure,
			)}: most likely the login page of this network.`,
		fix: () => t`Log in to this network with a browser, then test again.`,
	},
	filter: {
		exit: 'network',
		cause: failure =>
			t`${beginning(
				t`Something in front of ${failure.host} refused the call with a web page (HTTP ${failure.httpStatus ?? '?'})`,
				failure,
			)}.`,
		fix: () =>
			t`The exchange may block the country or the provider of this machine: try from another one. A filter of this
				network does this too: ask who runs it.`,
	},
	tooMany: {
		exit: 'rateLimited',
		cause: failure =>
			t`${beginning(t`${failure.host} refused the call with a web page (HTTP 429)`, failure)}: too many calls came from
				this address in a short time.`,
		fix: failure => waitAdvice(failure, t`Wait a minute.`),
	},
	down: {
		exit: 'exchangeDown',
		cause: failure =>
			t`The exchange is down: ${beginning(
				t`${failure.host} answered with a web page (HTTP ${failure.httpStatus ?? '?'})`,
				failure,
			)}.`,
		fix: failure => waitAdvice(failure, t`Try again later.`),
	},
} as const satisfies Readonly<Record<string, Page>>;

function pageOf({httpStatus = 0}: WireFailure): Page {
	if (httpStatus === 429) return pages.tooMany;
	if (httpStatus === 511) return pages.portal;
	if (httpStatus >= 500) return pages.down;
	return httpStatus >= 400 ? pages.filter : pages.portal;
}

function uncodedOf(failure: WireFailure): Page {
	const {host, httpStatus = 0} = failure;
	const said = `(HTTP ${httpStatus})${quotedMessage(failure)}`;
	if (httpStatus >= 500)
		return {
			exit: 'exchangeDown',
			cause: () => t`${host} has an error of its own ${said}`,
			fix: () => waitAdvice(failure, t`Try again later.`),
		};
	if (httpStatus === 429)
		return {
			exit: 'rateLimited',
			cause: () => t`${host} wants fewer calls from this address ${said}`,
			fix: () => waitAdvice(failure, t`Wait a minute.`),
		};
	if (httpStatus === 404)
		return {
			exit: 'exchangeDown',
			cause: () => t`${host} does not know the call ${said}`,
			fix: () => t`Check --site: this may not be the API of the exchange.`,
		};
	return {
		exit: httpStatus === 401 ? 'authentication' : 'unexpected',
		cause: () => t`${host} refused the call without naming a code of the exchange ${said}`,
		fix: () =>
			t`Test again; if it persists, try from another network, for a filter may answer in place of the exchange.`,
	};
}

const kinds: Readonly<Record<FailureKind, DiagnosisRow>> = {
	dns: {
		exit: 'network',
		cause(failure) {
			const name = failure.proxy ? t`of ${proxyName(failure.proxy)}` : failure.host;
			return failure.dns === 'no-answer'
				? t`The name ${name} could not be looked up: DNS gave no answer.`
				: t`The name ${name} could not be found.`;
		},
		fix({host, dns, proxy}) {
			if (proxy) return t`Check ${proxy.variable}, and the DNS of this machine.`;
			return dns === 'no-answer'
				? t`Check the network of this machine, and the DNS servers in /etc/resolv.conf.`
				: t`Check the network of this machine. If that works, its DNS does not know the name or hides it: compare
					getent hosts ${host.replace(/:\d+$/, '')} with another network.`;
		},
	},
	refused: {
		exit: 'network',
		cause: failure => t`${taker(failure)} refused the connection.`,
		fix: ({proxy}) =>
			proxy
				? t`Check ${proxy.variable}: nothing listens there.`
				: t`A firewall may be in the way, or nothing listens there.`,
	},
	reset: {
		exit: 'network',
		cause: failure => t`${through(t`The connection to ${failure.host}`, failure)} was cut off.`,
		fix: msg`Try again; if it persists, a firewall or a filter is in the way.`,
	},
	unreachable: {
		exit: 'network',
		cause: ({host, proxy}) => t`This machine has no route to ${proxy ? proxyName(proxy) : host}.`,
		fix: msg`Check the network and its routes: ip route.`,
	},
	timeout: {
		exit: 'network',
		cause: failure => t`${through(t`${failure.host} did not answer in time`, failure)}.`,
		fix: msg`Try again; if it persists, a firewall may swallow the packets.`,
	},
	tls: {
		exit: 'network',
		cause: failure =>
			t`${through(t`The connection to ${failure.host}`, failure)} is not safe: ${tlsInWords(failure)}. Nothing was
				sent.`,
		fix: ({tls}) =>
			tls
				? tlsFailures[tls].fix()
				: t`Something may answer in its place (a proxy, the login page of this network), or the clock of this machine
					is wrong.`,
	},
	proxy: {exit: 'network', cause: failure => proxyWords(failure).cause, fix: failure => proxyWords(failure).fix},
	redirect: redirected,
	'not-allowed': {
		exit: 'wrongSite',
		cause: ({host}) => t`${host} is no host of the exchange, and your settings do not allow it to see credentials.`,
		fix: () =>
			t`If you trust it with them, add it to the allowed hosts, which ${suggestedCommand('settings', 'allowed-hosts')}
				shows.`,
	},
	'web-page': {
		exit: failure => pageOf(failure).exit,
		cause: failure => pageOf(failure).cause(failure),
		fix: failure => pageOf(failure).fix(failure),
	},
	empty: {
		exit: failure => exitByStatus(failure, 'exchangeDown'),
		cause: ({host, httpStatus}) => t`${host} answered with nothing at all (HTTP ${httpStatus ?? '?'}).`,
		fix: failure =>
			waitAdvice(
				failure,
				(failure.httpStatus ?? 0) >= 500
					? t`Try again later.`
					: t`Try again later; if it persists, something in between swallows the answers.`,
			),
	},
	garbage: {
		exit: failure => exitByStatus(failure, 'exchangeDown'),
		cause: ({host, message}) =>
			t`${host} answered with something that is not an answer of the
				exchange${message === undefined ? '' : `: ${message}`}.`,
		fix: failure => waitAdvice(failure, t`Try again later; if it persists, something in between changes the answers.`),
	},
	uncoded: {
		exit: failure => uncodedOf(failure).exit,
		cause: failure => uncodedOf(failure).cause(failure),
		fix: failure => uncodedOf(failure).fix(failure),
	},
	'too-large': {
		exit: 'exchangeDown',
		cause: ({host}) => t`${host} answered with far more than the exchange ever sends; it was cut off after 1 MiB.`,
		fix: msg`Something in between may change the answers; try from another network.`,
	},
	unsendable: {
		exit: 'authentication',
		cause: ({message}) => t`The key cannot be sent: ${message ?? t`it does not fit into a header`}. Nothing was sent.`,
		fix: msg`Store it again exactly as the exchange shows it; a passphrase has only letters, digits and signs of
			ASCII.`,
	},
	unexpected: {
		exit: 'network',
		cause: ({host, message}) => t`The call to ${host} failed${message === undefined ? '' : ` (${message})`}.`,
		fix: msg`Try again.`,
	},
};

export const connectionKinds = Object.keys(kinds) as readonly FailureKind[];

export function rowOfKind(kind: FailureKind): DiagnosisRow {
	return kinds[kind];
}
