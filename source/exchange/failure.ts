import {AppError} from '../errors.ts';
import {diagnose, type Measured, type WireFailure} from '../core/diagnosis.ts';
import {clean} from '../core/text.ts';

/** What Node calls the ways in which a connection fails; every code from the TLS library that is not here is `tls` as well. */
const kindByCode: Readonly<Record<string, WireFailure['kind']>> = {
	ENOTFOUND: 'dns',
	EAI_AGAIN: 'dns',
	EAI_FAIL: 'dns',
	EAI_NODATA: 'dns',
	ECONNREFUSED: 'refused',
	ECONNRESET: 'reset',
	ECONNABORTED: 'reset',
	EPIPE: 'reset',
	UND_ERR_SOCKET: 'reset',
	ENETUNREACH: 'unreachable',
	EHOSTUNREACH: 'unreachable',
	ENETDOWN: 'unreachable',
	EADDRNOTAVAIL: 'unreachable',
	EACCES: 'unreachable',
	EPERM: 'unreachable',
	ETIMEDOUT: 'timeout',
	UND_ERR_CONNECT_TIMEOUT: 'timeout',
	UND_ERR_HEADERS_TIMEOUT: 'timeout',
	UND_ERR_BODY_TIMEOUT: 'timeout',
	UND_ERR_HEADERS_OVERFLOW: 'too-large',
	EPROTO: 'tls',
};

const tlsCodes = /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_)/;

const tlsReasons: Readonly<Record<string, string>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody but itself',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that this machine does not trust',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority that this machine does not trust',
	UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority that this machine does not trust',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that this machine does not trust',
	CERT_HAS_EXPIRED: 'its certificate has expired',
	CERT_NOT_YET_VALID: 'its certificate is not valid yet',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
	HOSTNAME_MISMATCH: 'its certificate is for another name',
	CERT_REVOKED: 'its certificate was revoked',
	EPROTO: 'it does not speak TLS as it should',
};

/** The first code in an error, its causes and, where several addresses were tried, their errors. */
function codeOf(error: unknown, depth = 0): string | undefined {
	if (!(error instanceof Error) || depth > 5) return undefined;
	const {code} = error as {code?: unknown};
	// fetch's own error for an answer that is not HTTP leaves the code out at times.
	if (error.name === 'HTTPParserError') return 'HPE_INVALID';
	const inner = [error.cause, ...error instanceof AggregateError ? error.errors as unknown[] : []];
	return typeof code === 'string' ? code : inner.map(one => codeOf(one, depth + 1)).find(found => found !== undefined);
}

/** What an error of a socket, of TLS, of the name look-up or of fetch means. Only its code is taken over: its text and properties may hold headers. */
export function connectionFailure(error: unknown, host: string): WireFailure {
	if (error instanceof Error && error.name === 'TimeoutError') return {kind: 'timeout', host};
	const code = codeOf(error);
	if (code === undefined) return {kind: 'unexpected', host};
	const kind = kindByCode[code] ?? (tlsCodes.test(code) ? 'tls' : /^(?:HPE|Z)_/.test(code) ? 'garbage' : 'unexpected');
	if (kind === 'tls') return {kind, host, message: tlsReasons[code] ?? clean(code)};
	return kind === 'unexpected' || kind === 'garbage' ? {kind, host, message: clean(code)} : {kind, host};
}

/** The one shape in which a failed call leaves this folder: said in words, with the failure itself for the live test. */
export function exchangeError(failure: WireFailure, measured?: Measured): AppError<'exchange'> {
	return new AppError('exchange', {...diagnose(failure, measured), failure});
}
