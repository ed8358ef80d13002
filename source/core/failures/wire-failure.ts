export type TlsFailure = 'expired' | 'not-yet' | 'self-signed' | 'authority' | 'name' | 'revoked' | 'protocol';

/** How a call failed. All texts are sanitized. */
export type WireFailure = {
	readonly kind:
		| 'code'
		| 'dns'
		| 'refused'
		| 'reset'
		| 'unreachable'
		| 'timeout'
		| 'tls'
		| 'proxy'
		| 'redirect'
		| 'not-allowed'
		| 'web-page'
		| 'empty'
		| 'garbage'
		| 'uncoded'
		| 'too-large'
		| 'unsendable'
		| 'unexpected';
	readonly host: string;
	readonly exchangeCode?: string;
	/** For `proxy`, the status of the proxy. */
	readonly httpStatus?: number;
	/**
	 * The exchange's words, a TLS reason, the target of a redirect, the start of a web page, or why nothing could be
	 * sent.
	 */
	readonly message?: string;
	readonly market?: string;
	/** The exchange's site that a redirect points to; only for `redirect`. */
	readonly site?: string;
	/** From Retry-After, capped; ms. */
	readonly retryAfterMs?: number;
	/** Only for `tls`; absent for unknown reasons. */
	readonly tls?: TlsFailure;
	/** Claims of the refused certificate, days as 2026-01-31; only for `tls`, if it was seen. */
	readonly certificate?: {readonly issuer: string; readonly from: string; readonly until: string};
	/** Only for `dns`: the name does not exist, or DNS did not answer. */
	readonly dns?: 'not-found' | 'no-answer';
	/** The proxy for this host, even if it cannot be used. */
	readonly proxy?: NamedProxy;
};

/** Safe to show: never a name or password, and no value of a proxy that cannot be used. */
export type NamedProxy = {
	readonly variable: string;
	/** `host:port`; absent if the value could not be read. */
	readonly address?: string;
	readonly isLoggedIn?: boolean;
	readonly problem?: 'value' | 'scheme' | 'socks';
};
