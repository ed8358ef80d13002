/** Why TLS did not come about. */
export type TlsFailure = 'expired' | 'not-yet' | 'self-signed' | 'authority' | 'name' | 'revoked' | 'protocol';

/** How a call failed, as the client saw it. Texts in it are cleaned. */
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
		| 'web-page'
		| 'empty'
		| 'garbage'
		| 'uncoded'
		| 'too-large'
		| 'unsendable'
		| 'unexpected';
	readonly host: string;
	/** The exchange's code, only for `code`. */
	readonly exchangeCode?: string;
	/** For `proxy`, what the proxy said. */
	readonly httpStatus?: number;
	/**
	 * The exchange's words, a TLS reason, the place of a redirect, the first words of a web page, why nothing could
	 * be sent.
	 */
	readonly message?: string;
	/** What was to be traded, where the exchange refused a call of an order. */
	readonly market?: string;
	/** The site of the exchange that a redirect points to; only for `redirect`. */
	readonly site?: string;
	/** From Retry-After, capped; ms. */
	readonly retryAfterMs?: number;
	/** Why TLS did not come about; only for `tls`, and absent for reasons that we do not know. */
	readonly tls?: TlsFailure;
	/**
	 * What a certificate that was refused says of itself, its days as 2026-01-31; only for `tls`, where it was seen.
	 */
	readonly certificate?: {readonly issuer: string; readonly from: string; readonly until: string};
	/** Whether there is no such name as far as DNS told, or DNS gave no answer; only for `dns`. */
	readonly dns?: 'not-found' | 'no-answer';
	/** The proxy that calls to this host go through, or that the environment names for it and that cannot be used. */
	readonly proxy?: NamedProxy;
};

/**
 * What may be told of a proxy that the environment names: never its name and password, and of one that cannot be used
 * not its value.
 */
export type NamedProxy = {
	/** The variable that names it, such as HTTPS_PROXY. */
	readonly variable: string;
	/** `host:port`; absent where the value could not be read. */
	readonly place?: string;
	/** It was given a name and a password. */
	readonly isLoggedIn?: boolean;
	/** Why it cannot be used at all. */
	readonly problem?: 'value' | 'scheme' | 'socks';
};
