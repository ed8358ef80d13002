import ipaddr from 'ipaddr.js';
import {canonicalIp} from './address.ts';

type Network = {readonly base: ipaddr.IPv4 | ipaddr.IPv6; readonly bits: number};

function networkOf(entry: string): Network | undefined {
	const [base = '', prefix] = entry.split('/');
	if (!ipaddr.isValid(base)) return undefined;
	const parsed = ipaddr.process(base);
	return {base: parsed, bits: prefix === undefined ? (parsed.kind() === 'ipv4' ? 32 : 128) : Number(prefix)};
}

function covers(outer: Network, inner: Network): boolean {
	const isWider = outer.base.kind() === inner.base.kind() && outer.bits <= inner.bits;
	return isWider && inner.base.match(outer.base, outer.bits);
}

/** Unlike on the exchange, an empty list covers nothing. */
export function isListed(entry: string, list: readonly string[]): boolean {
	const wanted = networkOf(entry);
	return (
		wanted !== undefined &&
		list.some(one => {
			const network = networkOf(one);
			return network !== undefined && covers(network, wanted);
		})
	);
}

export function withAddresses(list: readonly string[], added: readonly string[]): readonly string[] {
	const result = [...list];
	for (const entry of added) if (!isListed(entry, result)) result.push(entry);
	return result;
}

type Shortened = {readonly list: readonly string[]; readonly missing: readonly string[]};

/** Compares entries in any spelling; `missing` holds entries that the list does not contain as such. */
export function withoutAddresses(list: readonly string[], removed: readonly string[]): Shortened {
	const known = new Set(list.map(entry => canonicalIp(entry)));
	const gone = new Set(removed.map(entry => canonicalIp(entry)));
	return {
		list: list.filter(entry => !gone.has(canonicalIp(entry))),
		missing: removed.filter(entry => !known.has(canonicalIp(entry))),
	};
}

export type Replacement = {readonly from: string; readonly to: string};

/** Puts an address in the place of another; `missing` as in `withoutAddresses`. */
export function withReplaced(list: readonly string[], replacements: readonly Replacement[]): Shortened {
	const {missing} = withoutAddresses(
		list,
		replacements.map(({from}) => from),
	);
	const replaced = list.map(
		entry => replacements.find(({from}) => canonicalIp(from) === canonicalIp(entry))?.to ?? entry,
	);
	const unique = new Map(replaced.map(entry => [canonicalIp(entry), entry]));
	return {list: [...unique.values()], missing};
}
