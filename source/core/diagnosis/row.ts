import ipaddr from 'ipaddr.js';
import type {Exit} from '../exit-status.ts';
import type {Measured, RemedyOffer} from './types.ts';
import type {WireFailure} from '../failures/wire-failure.ts';
import {canonicalIp} from '../ip/address.ts';
import {formatDuration} from '../text/duration.ts';
import {t} from '../../language/translate.ts';

type Said<Part> = Part | ((failure: WireFailure, measured: Measured) => Part);

export type DiagnosisRow = {
	readonly exit: Said<Exit>;
	readonly cause: (failure: WireFailure, measured: Measured) => string;
	readonly fix: (failure: WireFailure, measured: Measured) => string;
	readonly offer?: (failure: WireFailure, measured: Measured) => RemedyOffer | undefined;
};
export type DiagnosisRows = Readonly<Record<string, DiagnosisRow>>;

export function shared(codes: string, row: DiagnosisRow): DiagnosisRows {
	return Object.fromEntries(codes.split(' ').map(code => [code, row]));
}

export function hasOtherSites({site}: Measured): boolean {
	return site !== undefined && site !== 'sandbox' && !site.includes('://');
}

export function exitByStatus({httpStatus = 0}: WireFailure, otherwise: Exit): Exit {
	if (httpStatus === 429) return 'rateLimited';
	return httpStatus >= 500 ? 'exchangeDown' : otherwise;
}

/** Such as `45 s`, `1 h` or `2 m 5 s`. */
export function durationInWords(ms: number): string {
	return formatDuration(ms).replaceAll(/(\d)([dhms])/g, '$1 $2');
}

export function waitAdvice({retryAfterMs = 0}: WireFailure, otherwise: string): string {
	return retryAfterMs > 0 ? t`The exchange asked us to wait ${durationInWords(retryAfterMs)}.` : otherwise;
}

export function quotedMessage({message}: WireFailure): string {
	return message === undefined || message === '' ? '.' : `: “${message}”.`;
}

/**
 * The first IP address in a message of the exchange: 50110 names the one it saw, and may also name the API key
 * (docs/okx-api.md §4.3). `::` is skipped, since no call comes from it.
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
