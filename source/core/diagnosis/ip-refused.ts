import {addressIn, type DiagnosisRow} from './row.ts';
import type {Measured} from './types.ts';
import type {WireFailure} from '../failures/wire-failure.ts';
import {ipAllowed} from '../ip/address.ts';
import {sentences, t} from '../../language/translate.ts';

type Family = 'IPv4' | 'IPv6';

function familyOf(address: string): Family {
	return address.includes(':') ? 'IPv6' : 'IPv4';
}

type RefusedAddress = {
	readonly address: string;
	readonly family: Family;
	readonly list: 'unknown' | 'none' | 'covers' | 'other-family' | 'lacks';
};

function seenIn({message}: WireFailure, {ip}: Measured): RefusedAddress | undefined {
	const address = addressIn(message);
	if (address === undefined) return undefined;
	const family = familyOf(address);
	if (ip === undefined || ip.length === 0) return {address, family, list: ip ? 'none' : 'unknown'};
	if (ipAllowed(address, ip)) return {address, family, list: 'covers'};
	return {address, family, list: ip.some(entry => familyOf(entry) === family) ? 'lacks' : 'other-family'};
}

const otherOf = {IPv4: 'IPv6', IPv6: 'IPv4'} as const;

const causes: Readonly<Record<RefusedAddress['list'], (seen: RefusedAddress) => string>> = {
	unknown: ({address, family}) =>
		t`This machine calls from ${address} (${family}), which is not on the allow-list of the key.`,
	none: ({address, family}) =>
		t`This machine calls from ${address} (${family}), which is not on the allow-list that the key has on the exchange;
			none is declared here.`,
	covers: ({address, family}) =>
		t`This machine calls from ${address} (${family}). The allow-list declared here covers that, so the one on the
			exchange must be another, or it is not in force yet.`,
	'other-family': ({address, family}) =>
		t`The call left over ${family}, from ${address}, and the allow-list declared here has ${otherOf[family]} addresses
			only.`,
	lacks: ({address, family}) =>
		t`This machine calls from ${address} (${family}), which is not on the allow-list of the key.`,
};

function fixOf({address, family, list}: RefusedAddress): string {
	if (list === 'covers')
		return t`If the list was saved a moment ago, wait a minute and test again. Otherwise look at it on the page of the
			exchange, and add ${address} there.`;
	if (list === 'other-family' && family === 'IPv6')
		return t`Add ${address} to the allow-list, or let calls leave over IPv4: NODE_OPTIONS=--dns-result-order=ipv4first
			does that for a bot on Node.`;
	if (family === 'IPv6')
		return t`Add ${address} to the allow-list (it is the IPv6 address of this machine), or let calls leave over IPv4.`;
	return list === 'other-family'
		? t`Add ${address} to the allow-list, or let calls leave over IPv6.`
		: t`Add ${address} to the allow-list.`;
}

/** 50110 is the only refusal that names the address it saw (docs/okx-api.md §4.3). */
export const refusedAddress: DiagnosisRow = {
	exit: 'ipNotAllowed',
	cause(failure, measured) {
		const seen = seenIn(failure, measured);
		return seen ? causes[seen.list](seen) : t`The address of this machine is not on the allow-list of the key.`;
	},
	fix(failure, measured) {
		const seen = seenIn(failure, measured);
		return sentences(
			seen ? fixOf(seen) : t`Add the address of this machine to the allow-list.`,
			seen?.list === 'covers' ? '' : t`A list that was just saved may take a minute.`,
		);
	},
	offer(failure, measured) {
		const seen = seenIn(failure, measured);
		// The declared list already covers the address, so adding it here changes nothing.
		return seen && seen.list !== 'covers' ? {act: 'add-ip', address: seen.address} : undefined;
	},
};
