import ipaddr from 'ipaddr.js';
import type {Exit} from '../exit-status.ts';
import type {Measured, RemedyOffer} from './types.ts';
import type {WireFailure} from '../wire-failure.ts';
import {canonicalIp} from '../ip/address.ts';
import {formatDuration} from '../text/duration.ts';

type Said<Part> = Part | ((failure: WireFailure, measured: Measured) => Part);

/** What one kind of failure means: a row of the tables of exchange-codes.ts and connection-failures.ts. */
export type DiagnosisRow = {
	readonly exit: Said<Exit>;
	readonly cause: Said<string>;
	readonly fix: Said<string>;
	readonly offer?: (failure: WireFailure, measured: Measured) => RemedyOffer | undefined;
};
export type DiagnosisRows = Readonly<Record<string, DiagnosisRow>>;

/** One row for several codes that mean the same to a person. */
export function shared(codes: string, row: DiagnosisRow): DiagnosisRows {
	return Object.fromEntries(codes.split(' ').map(code => [code, row]));
}

/** Whether the key is of one of the exchange's named sites: only those have others beside them. */
export function hasOtherSites({site}: Measured): boolean {
	return site !== undefined && site !== 'sandbox' && !site.includes('://');
}

/** Who is in trouble when an answer has no code that we know: the HTTP status is all there is to go by. */
export function exitByStatus({httpStatus = 0}: WireFailure, otherwise: Exit): Exit {
	if (httpStatus === 429) return 'rateLimited';
	return httpStatus >= 500 ? 'exchangeDown' : otherwise;
}

/** A span of time in words: `45 s`, `1 h`, `2 m 5 s`. */
export function durationInWords(ms: number): string {
	return formatDuration(ms).replaceAll(/(\d)([dhms])/g, '$1 $2');
}

/** When to come back: as the exchange has asked, or else in its usual way. */
export function waitAsked({retryAfterMs = 0}: WireFailure, otherwise: string): string {
	return retryAfterMs > 0
		? `Wait ${durationInWords(retryAfterMs)}: that long the exchange wants to be left alone.`
		: otherwise;
}

/** What the exchange said in its own words, for the rows where they help; quoted, since they are not ours. */
export function inItsWords({message}: WireFailure): string {
	return message === undefined || message === '' ? '.' : `: “${message}”.`;
}

/**
 * The first IP address that a message of the exchange names: 50110 tells which one it saw, and may name the API key
 * or a part of it as well (docs/okx-api.md §4.3). `::` is no address that anybody calls from.
 */
export function addressIn(message = ''): string | undefined {
	const words = message.match(/(?<![\p{L}\p{N}])[\da-f:.]+(?![\p{L}\p{N}])/giu) ?? [];
	const candidates = words.map(word =>
		word
			.replace(/^:(?!:)|(?<!:):$/, '')
			.replace(/\.+$/, '')
			.replace(/^((?:\d+\.){3}\d+):\d+$/, '$1'),
	);
	const address = candidates.find(
		word => ipaddr.IPv4.isValidFourPartDecimal(word) || (ipaddr.IPv6.isValid(word) && word !== '::'),
	);
	return address === undefined ? undefined : canonicalIp(address);
}
