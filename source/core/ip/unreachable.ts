import ipaddr from 'ipaddr.js';
import type {StoredKey} from '../key/key.ts';
import type {Problem} from '../problem.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

type Parsed = ipaddr.IPv4 | ipaddr.IPv6;

/** Problems by range name of ipaddr.js: no call over the internet comes from these ranges. */
const kinds: Readonly<Record<string, Translatable>> = {
	private: msg`lies inside a private network`,
	uniqueLocal: msg`lies inside a private network`,
	loopback: msg`is a loopback address`,
	linkLocal: msg`is a link-local address`,
	carrierGradeNat: msg`lies inside the network of a provider or a VPN (100.64.0.0/10)`,
	reserved: msg`is reserved, or meant for documentation`,
	benchmarking: msg`is reserved for benchmarks of networks`,
	multicast: msg`is a multicast address`,
	broadcast: msg`is a multicast address`,
};

function kindOf(entry: string): string | undefined {
	const range = rangeOf(entry);
	return range === undefined ? undefined : kinds[range]?.();
}

function rangeOf(entry: string): string | undefined {
	const [base = '', prefix] = entry.split('/');
	if (!ipaddr.isValid(base)) return undefined;
	const [first, last] = prefix === undefined ? [ipaddr.process(base), ipaddr.process(base)] : endsOf(entry);
	const range = first?.range();
	return range === last?.range() ? range : undefined;
}

export function isForDocumentation(entry: string): boolean {
	return rangeOf(entry) === 'reserved';
}

function endsOf(network: string): readonly [Parsed?, Parsed?] {
	if (!ipaddr.isValidCIDR(network)) return [];
	const family = network.includes(':') ? ipaddr.IPv6 : ipaddr.IPv4;
	return [family.networkAddressFromCIDR(network), lastOf(network)];
}

function lastOf(network: string): Parsed {
	const [address, prefix] = ipaddr.parseCIDR(network);
	const bytes = address
		.toByteArray()
		.map((byte, index) => byte | (0xff >> Math.min(8, Math.max(0, prefix - index * 8))));
	return ipaddr.fromByteArray(bytes);
}

/**
 * The entries from which no call can reach the exchange: private, loopback, link-local, shared, reserved or
 * documentation.
 */
export function unreachableAddresses(ips: readonly string[]): readonly string[] {
	return ips.filter(entry => kindOf(entry) !== undefined);
}

/** Calls to the sandbox or a loopback URL stay on this machine. */
function leavesMachine(site: string): boolean {
	return site !== 'sandbox' && !site.includes('://');
}

export function unreachableProblem({ip, site}: Pick<StoredKey, 'ip' | 'site'>): Problem | undefined {
	const [first, ...others] = leavesMachine(site) ? unreachableAddresses(ip) : [];
	if (first === undefined) return undefined;
	const isWhole = others.length + 1 === ip.length;
	const entries = others.length === 0 ? first : t`${first} (and ${others.length} more like it)`;
	return {
		problem: isWhole
			? t`${entries} in the allow-list ${kindOf(first)!}: no call reaches the exchange from there, so the list lets
				nothing in.`
			: t`${entries} in the allow-list ${kindOf(first)!}: no call reaches the exchange from there.`,
		fix: t`Declare the public address that calls leave from; a test shows it where the exchange refuses it.`,
	};
}
