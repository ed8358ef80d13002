import {AppError} from '../core/errors.ts';
import {diagnose} from '../core/diagnosis/diagnose.ts';
import type {Measured} from '../core/diagnosis/types.ts';
import type {WireFailure} from '../core/failures/wire-failure.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {tlsFailures} from '../core/diagnosis/tls.ts';
import type {TlsFailure} from '../core/failures/wire-failure.ts';

/** By Node's error code; every other code of the TLS library is `tls` too. */
const kindByCode: Readonly<Record<string, WireFailure['kind']>> = {
	ENOTFOUND: 'dns',
	EAI_AGAIN: 'dns',
	EAI_FAIL: 'dns',
	EAI_NODATA: 'dns',
	ECONNREFUSED: 'refused',
	ECONNRESET: 'reset',
	ECONNABORTED: 'reset',
	EPIPE: 'reset',
	ENETUNREACH: 'unreachable',
	EHOSTUNREACH: 'unreachable',
	ENETDOWN: 'unreachable',
	EADDRNOTAVAIL: 'unreachable',
	EACCES: 'unreachable',
	EPERM: 'unreachable',
	ETIMEDOUT: 'timeout',
	ERR_TLS_HANDSHAKE_TIMEOUT: 'timeout',
	HPE_HEADER_OVERFLOW: 'too-large',
	EPROTO: 'tls',
};

/** Codes of the name look-up that mean that no server answered. */
const silentDns = new Set(['EAI_AGAIN', 'EAI_FAIL']);

const tlsCodes = new RegExp(
	'^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|' +
		'HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_)',
);

const untrusted = 'authority';
const tlsByCode: Readonly<Record<string, TlsFailure>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: untrusted,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
	UNABLE_TO_GET_ISSUER_CERT: untrusted,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
	INVALID_CA: untrusted,
	CERT_HAS_EXPIRED: 'expired',
	CERT_NOT_YET_VALID: 'not-yet',
	ERR_TLS_CERT_ALTNAME_INVALID: 'name',
	HOSTNAME_MISMATCH: 'name',
	CERT_REVOKED: 'revoked',
	EPROTO: 'protocol',
};

function chainOf(error: unknown, depth = 0): readonly Error[] {
	if (!(error instanceof Error) || depth > 5) return [];
	const inner = [error.cause, ...(error instanceof AggregateError ? (error.errors as unknown[]) : [])];
	return [error, ...inner.flatMap(one => chainOf(one, depth + 1))];
}

function networkCodeOf(error: Error): string | undefined {
	const {code} = error as {code?: unknown};
	return typeof code === 'string' ? code : undefined;
}

/**
 * Classifies an error of a socket, TLS, the name look-up or HTTP. Only its code is kept, since its text and properties
 * may hold headers.
 */
export function connectionFailure(error: unknown, host: string, proxy?: WireFailure['proxy']): WireFailure {
	const failed = {host, ...(proxy && {proxy})};
	if (error instanceof Error && error.name === 'TimeoutError') return {kind: 'timeout', ...failed};
	const chain = chainOf(error);
	const code = chain.map(one => networkCodeOf(one)).find(found => found !== undefined);
	if (code === undefined) return {kind: 'unexpected', ...failed};
	const kind = kindByCode[code] ?? (tlsCodes.test(code) ? 'tls' : /^(?:HPE|Z)_/.test(code) ? 'garbage' : 'unexpected');
	switch (kind) {
		case 'dns':
			return {kind, dns: silentDns.has(code) ? 'no-answer' : 'not-found', ...failed};
		case 'tls':
			return {kind, ...tlsReason(code), ...failed};
		case 'unexpected':
		case 'garbage':
			return {kind, message: sanitize(code), ...failed};
		default:
			return {kind, ...failed};
	}
}

function tlsReason(code: string): Pick<WireFailure, 'tls' | 'message'> {
	const tls = tlsByCode[code] ?? (code.startsWith('ERR_SSL_') ? 'protocol' : undefined);
	return tls ? {tls, message: tlsFailures[tls].words()} : {message: sanitize(code)};
}

/** Every failed call leaves this folder as this error, with the failure itself for the live test. */
export function exchangeError(failure: WireFailure, measured?: Measured): AppError<'exchange'> {
	return new AppError('exchange', {...diagnose(failure, measured), failure});
}
