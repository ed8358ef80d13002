import {canonicalIp} from './address.ts';
import type {Problem} from '../problem.ts';
import {limits} from '../limits.ts';
import ipaddr from 'ipaddr.js';
import {sanitize} from '../text/sanitize.ts';
import {t} from '../../language/translate.ts';

/** Accepts IPv4, IPv6 or CIDR (docs/okx-api.md §4.3); rejects a network that contains every address. */
export function ipProblem(entry: string): Problem | undefined {
	const shown = sanitize(entry);
	const example = t`Use an IPv4 or IPv6 address or a network, such as 203.0.113.7 or 2001:db8::/32.`;
	const [address, prefix, ...rest] = entry.split('/');
	const isFour = ipaddr.IPv4.isValidFourPartDecimal(address!);
	if (!isFour && (!ipaddr.IPv6.isValid(address!) || address!.includes('%')))
		return {problem: t`${shown} is not an IP address.`, fix: example};
	if (prefix !== undefined) {
		const most = isFour ? 32 : 128;
		if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > most)
			return {
				problem: t`${shown} is not a network: the part after / must be a number from 1 to ${most}.`,
				fix: example,
			};
		if (Number(prefix) === 0)
			return {
				problem: t`${shown} lets every address in, so it protects nothing.`,
				fix: t`Name the addresses of your servers.`,
			};
	}

	const parsed = ipaddr.parse(address!);
	if (prefix !== undefined && parsed.range() === 'ipv4Mapped')
		return {problem: t`${shown} is a network of IPv4 addresses written as IPv6.`, fix: t`Write it as IPv4.`};
	if (prefix === undefined && parsed.range() === 'unspecified')
		return {
			problem: t`${shown} means any address, so it protects nothing.`,
			fix: t`Name the addresses of your servers.`,
		};
	return undefined;
}

/** At most 20 entries, each valid and none twice. */
export function ipListProblem(entries: readonly string[]): Problem | undefined {
	if (entries.length > limits.ipAddresses)
		return {
			problem: t`${entries.length} addresses are too many: the exchange allows ${limits.ipAddresses} a key.`,
			fix: t`Join neighbours into networks, such as 203.0.113.0/24.`,
		};
	const seen = new Set<string>();
	for (const entry of entries) {
		const problem = ipProblem(entry);
		if (problem) return problem;
		const canonical = canonicalIp(entry);
		if (seen.has(canonical)) return {problem: t`${sanitize(entry)} is in the list twice.`, fix: t`Remove one of them.`};
		seen.add(canonical);
	}

	return undefined;
}
