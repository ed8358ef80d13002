import type {Exit} from '../errors.ts';
import type {ClockService} from './clock-service.ts';
import {rowOfKind} from './connection.ts';
import {rowOfCode} from './okx-codes/codes.ts';
import type {Environment} from '../key.ts';
import type {NamedProxy} from './proxy.ts';
import {clean} from '../text/text.ts';
import type {TlsFailure} from './tls.ts';

export {addressIn} from './row.ts';
export {connectionKinds} from './connection.ts';
export {knownCodes} from './okx-codes/codes.ts';

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

/** What the program can do about it at one key's press or by one command; each is asked about before it is done. */
export type Offer =
	/**
	 * Add the address that the exchange saw to the key's allow-list; `where` once it is known whether that can be
	 * done from here.
	 */
	| {readonly act: 'add-ip'; readonly address: string; readonly where?: 'exchange' | 'declared'}
	/** Store the key as one of the other environment. */
	| {readonly act: 'use-environment'; readonly environment: Environment}
	/** Ask the exchange's other sites whether they know the key: each sees the signed call. */
	| {readonly act: 'try-sites'}
	/** Store the key as one of another site, which was found to know it. */
	| {readonly act: 'use-site'; readonly site: string}
	/** Declare what the exchange says. */
	| {readonly act: 'accept-live'};

export type Diagnosis = {readonly exit: Exit; readonly cause: string; readonly fix: string; readonly offer?: Offer};

/** What was measured beside the failure, or is known of the key and of this machine. */
export type Measured = {
	readonly skewMs?: number | null;
	readonly environment?: Environment;
	/** The allow-list that is declared here. */
	readonly ip?: readonly string[];
	/** Where the key is stored as belonging to. */
	readonly site?: string;
	/** What keeps this machine's clock. */
	readonly clockService?: ClockService;
};

/**
 * Cause, remedy and exit status of a failed call, and what the program can do about it. The exchange's own code is
 * always named, so that it can be looked up.
 */
export function diagnose(failure: WireFailure, measured: Measured = {}): Diagnosis {
	const {kind, exchangeCode = 'none'} = failure;
	const row = kind === 'code' ? rowOfCode(exchangeCode) : rowOfKind(kind);
	const say = <Part extends string>(part: Part | ((failure: WireFailure, measured: Measured) => Part)): Part =>
		typeof part === 'function' ? part(failure, measured) : part;
	const offer = row.offer?.(failure, measured);
	return {
		exit: say(row.exit),
		// The code by itself, so that it reads the same wherever it stands: a mark at its beginning would join what
		// stands before.
		cause: clean(kind === 'code' ? `${say(row.cause)} (${clean(exchangeCode)})` : say(row.cause)),
		fix: clean(say(row.fix)),
		...(offer && {offer}),
	};
}
