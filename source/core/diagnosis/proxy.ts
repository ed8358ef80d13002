import type {NamedProxy} from '../failures/wire-failure.ts';
import type {WireFailure} from '../failures/wire-failure.ts';
import {msg, t} from '../../language/translate.ts';

type ProxyDiagnosis = {readonly cause: string; readonly fix: string};

const form = msg`http://HOST:PORT or http://NAME:PASSWORD@HOST:PORT`;

const unusable: Readonly<Record<NonNullable<NamedProxy['problem']>, (variable: string) => ProxyDiagnosis>> = {
	value: variable => ({
		cause: t`${variable} names a proxy that cannot be used: its value is not of the form http://HOST:PORT.`,
		fix: t`Write it as ${form()}, without quotes; or unset ${variable}.`,
	}),
	scheme: variable => ({
		cause: t`${variable} names a proxy of a kind that cannot be used: only HTTP proxies can.`,
		fix: t`Write it as ${form()}; or unset ${variable}.`,
	}),
	socks: variable => ({
		cause: t`${variable} names a SOCKS proxy, and only HTTP proxies can be used.`,
		fix: t`Most programs that offer SOCKS offer HTTP as well, often on the same port: set ${
			/all/i.test(variable)
				? t`HTTPS_PROXY=http://HOST:PORT, which counts before ${variable}.`
				: `${variable}=http://HOST:PORT.`
		}`,
	}),
};

export function proxyName({address}: NamedProxy): string {
	return t`the proxy${address === undefined ? '' : ` ${address}`}`;
}

/** Why a proxy refused a call (RFC 9110 §9.3.6, §15.5.8), or why it cannot be used. */
export function proxyWords({host, proxy, httpStatus, message}: WireFailure): ProxyDiagnosis {
	if (proxy?.problem) return unusable[proxy.problem](proxy.variable);
	const who = proxy ? t`The proxy ${proxy.address ?? ''}`.trim() : t`A proxy on the way`;
	const variable = proxy?.variable ?? 'HTTPS_PROXY';
	if (httpStatus === 407) return loginWords(who, variable, proxy?.isLoggedIn === true, message);
	const way = t`name the host in NO_PROXY, if this machine has another way`;
	if (httpStatus === undefined)
		return {
			cause: t`${who} did not let us through to ${host}${message === undefined ? '' : `: ${message}`}.`,
			fix: t`Check ${variable}: it must name an HTTP proxy, with its port; or ${way}.`,
		};
	if (httpStatus >= 500)
		return {
			cause: t`${who} could not reach ${host} itself (HTTP ${httpStatus}).`,
			fix: t`Try again later; if it persists, ask who runs the proxy.`,
		};
	return {
		cause: t`${who} does not let us through to ${host} (HTTP ${httpStatus}).`,
		fix: t`Ask who runs it to allow CONNECT to ${host}; or ${way}.`,
	};
}

/** HTTP 407; `message` lists the login methods that the proxy offers when Basic is not one of them. */
function loginWords(who: string, variable: string, isLoggedIn: boolean, message: string | undefined): ProxyDiagnosis {
	if (message !== undefined) {
		return {
			cause: t`${who} wants a login by ${message} (HTTP 407), and only Basic is supported.`,
			fix: t`Ask who runs it for a proxy that takes Basic, or run a helper on this machine that logs in to it, such as
				cntlm or px.`,
		};
	}

	return isLoggedIn
		? {
				cause: t`${who} does not take the name and password that it was given (HTTP 407).`,
				fix: t`Check them in ${variable}; signs such as @ or : in them are written percent-encoded, as %40 and %3A.`,
			}
		: {
				cause: t`${who} wants a name and a password before it lets us through (HTTP 407).`,
				fix: t`Put them into the variable that names it: ${variable}=http://NAME:PASSWORD@HOST:PORT.`,
			};
}
